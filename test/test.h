/* The test harness: TEST(name) { … } registers itself; CHECK says what did not hold and goes on. */
#ifndef TEST_TEST_H
#define TEST_TEST_H

#include <stdbool.h>
#include <stdint.h>

#include "lib/arena.h"
#include "lib/str.h"

struct test {
	const char *file, *name;
	void (*run)(struct test *t);
	struct arena *arena; /* fresh for each test */
	int checks, failures;
	bool on_each_engine; /* it asked for a world: once more with `postgres`, when NUOTIO_TEST_PG names a server */
	bool postgres;
	struct test *next;
};

void test_register(struct test *t);

/* Notes a failure with its place; the test goes on. */
void test_fail(struct test *t, const char *file, int line, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

void test_check_str(struct test *t, const char *file, int line, const char *what, struct str is,
    struct str wanted);
void test_check_int(struct test *t, const char *file, int line, const char *what, int64_t is,
    int64_t wanted);

#define TEST(test_name) \
	static void test_##test_name(struct test *t); \
	static struct test test_of_##test_name = { \
	    .file = __FILE__, .name = #test_name, .run = test_##test_name}; \
	__attribute__((constructor)) static void register_##test_name(void) \
	{ \
		test_register(&test_of_##test_name); \
	} \
	static void test_##test_name(struct test *t)

#define CHECK(fact) \
	do { \
		t->checks++; \
		if (!(fact)) \
			test_fail(t, __FILE__, __LINE__, "%s", #fact); \
	} while (0)
#define CHECK_INT(is, wanted) \
	test_check_int(t, __FILE__, __LINE__, #is, (int64_t)(is), (int64_t)(wanted))
/* `wanted` is a C string. */
#define CHECK_STR(is, wanted) test_check_str(t, __FILE__, __LINE__, #is, (is), str_of(wanted))

#endif
