/* Runs the tests: `tests [word…]` runs those whose file or name contains one of the words. Each file
 * runs in a process of its own, two at a time, so that an abort is one failure and not the end. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test/test.h"

enum { ARENA_LIMIT = 512 << 20, FILES_MAX = 256 };

struct tally {
	int passed, failed;
};

static struct test *all_tests;

void
test_register(struct test *t)
{
	struct test **at = &all_tests;

	while (*at && strcmp((*at)->file, t->file) <= 0)
		at = &(*at)->next;
	t->next = *at;
	*at = t;
}

void
test_fail(struct test *t, const char *file, int line, const char *format, ...)
{
	va_list args;

	t->failures++;
	fprintf(stderr, "%s:%d: %s%s: ", file, line, t->name, t->postgres ? " (PostgreSQL)" : "");
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
}

void
test_check_str(struct test *t, const char *file, int line, const char *what, struct str is,
    struct str wanted)
{
	t->checks++;
	if (!str_eq(is, wanted))
		test_fail(t, file, line, "%s is\n  \"%.*s\", wanted\n  \"%.*s\"", what, STR_ARG(is),
		    STR_ARG(wanted));
}

void
test_check_int(struct test *t, const char *file, int line, const char *what, int64_t is, int64_t wanted)
{
	t->checks++;
	if (is != wanted)
		test_fail(t, file, line, "%s is %lld, wanted %lld", what, (long long)is,
		    (long long)wanted);
}

static bool
chosen(const struct test *t, int words, char **word)
{
	for (int i = 0; i < words; i++)
		if (strstr(t->file, word[i]) || strstr(t->name, word[i]))
			return true;
	return words == 0;
}

static void
run_once(struct test *t, int to)
{
	struct tally one = {0};

	t->checks = t->failures = 0;
	t->arena = arena_new(ARENA_LIMIT);
	t->run(t);
	if (t->checks == 0)
		test_fail(t, t->file, 0, "checks nothing");
	arena_free(t->arena);
	if (t->failures)
		fprintf(stderr, "  again: %s./dev quick %s\n", t->postgres ? "./dev pg " : "", t->name);
	one.failed = t->failures > 0;
	one.passed = !one.failed;
	if (write(to, &one, sizeof one) != sizeof one)
		_exit(2);
}

/* The tests of one file, in a child; the tally goes back through the pipe after each. */
static void
run_file(const char *file, int words, char **word, int to)
{
	const char *server = getenv("NUOTIO_TEST_PG");

	for (struct test *t = all_tests; t; t = t->next) {
		if (strcmp(t->file, file) != 0 || !chosen(t, words, word))
			continue;
		run_once(t, to);
		t->postgres = t->on_each_engine && server && *server;
		if (t->postgres)
			run_once(t, to);
	}
}

static struct tally
collect(int from, pid_t child, const char *file, int wanted)
{
	struct tally sum = {0}, one;
	int status = 0;

	while (read(from, &one, sizeof one) == sizeof one) {
		sum.passed += one.passed;
		sum.failed += one.failed;
	}
	close(from);
	waitpid(child, &status, 0);
	if (sum.passed + sum.failed < wanted || status != 0) {
		fprintf(stderr, "%s: ended early after %d of %d tests (status %d)\n", file,
		    sum.passed + sum.failed, wanted, status);
		sum.failed += sum.passed + sum.failed < wanted ? wanted - sum.passed - sum.failed : 1;
	}
	return sum;
}

int
main(int argc, char **argv)
{
	const char *file[FILES_MAX];
	int wanted[FILES_MAX] = {0}, files = 0;
	struct tally total = {0};

	for (struct test *t = all_tests; t; t = t->next) {
		if (!chosen(t, argc - 1, argv + 1))
			continue;
		if (files == 0 || strcmp(file[files - 1], t->file) != 0) {
			if (files == FILES_MAX)
				return 2;
			file[files++] = t->file;
		}
		wanted[files - 1]++;
	}
	/* Two at a time: the machines we test on have two cores. */
	for (int i = 0; i < files; i += 2) {
		int pipes[2][2];
		pid_t child[2];
		int n = files - i < 2 ? 1 : 2;

		for (int k = 0; k < n; k++) {
			if (pipe(pipes[k]) != 0)
				return 2;
			fflush(NULL);
			child[k] = fork();
			if (child[k] == 0) {
				run_file(file[i + k], argc - 1, argv + 1, pipes[k][1]);
				fflush(NULL);
				exit(0);
			}
			close(pipes[k][1]);
		}
		for (int k = 0; k < n; k++) {
			struct tally one = collect(pipes[k][0], child[k], file[i + k], wanted[i + k]);

			total.passed += one.passed;
			total.failed += one.failed;
		}
	}
	printf("%d passed, %d failed\n", total.passed, total.failed);
	return total.failed > 0 || total.passed == 0;
}
