#include "core/log.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "test/test.h"

/* What was written, with the time of each line cut off. */
static struct str
written(struct test *t, int from)
{
	char *bytes = ARENA_ARRAY(t->arena, char, 8192), *out = bytes;
	ssize_t n = read(from, bytes, 8191);
	struct str all = {bytes, n > 0 ? (size_t)n : 0};

	while (all.n) {
		struct str line = str_cut(&all, '\n');
		/* 2026-11-23T16:00:00.000Z */
		CHECK(line.n > 25 && line.p[10] == 'T' && line.p[23] == 'Z' && line.p[24] == ' ');
		line = str_sub(line, 25, line.n);
		memmove(out, line.p, line.n);
		out += line.n;
		*out++ = '|';
	}
	return (struct str){bytes, (size_t)(out - bytes)};
}

TEST(one_event_is_one_line)
{
	int pipes[2];

	CHECK(pipe2(pipes, O_NONBLOCK) == 0);
	log_to(pipes[1]);
	log_level_set(LEVEL_INFO);
	log_line(LEVEL_WARN, "disk %s\nfull", "nearly");
	CHECK_STR(written(t, pipes[0]), "warn disk nearly full|");
	log_line(LEVEL_DEBUG, "not wanted");
	log_line(LEVEL_INFO, "started on port %d", 80);
	CHECK_STR(written(t, pipes[0]), ""); /* waits for a flush */
	log_request(&(struct log_request){.id = "abcdefghijkl",
	    .method = "GET",
	    .pattern = "/{lang}",
	    .status = 200,
	    .bytes = 12345,
	    .us = 4567});
	log_flush();
	CHECK_STR(written(t, pipes[0]),
	    "info started on port 80|abcdefghijkl GET /{lang} 200 12345 4.567ms|");
	log_level_set(LEVEL_ERROR);
	log_request(
	    &(struct log_request){.id = "x", .method = "GET", .pattern = "/", .status = 200});
	log_line(LEVEL_WARN, "not wanted");
	log_line(LEVEL_ERROR, "last");
	log_flush_dying();
	CHECK_STR(written(t, pipes[0]), "error last|");
	log_to(2);
	close(pipes[0]);
	close(pipes[1]);
}

TEST(long_lines_are_cut)
{
	char many[3000];
	int pipes[2];
	struct str line;

	memset(many, 'x', sizeof many - 1);
	many[sizeof many - 1] = 0;
	CHECK(pipe2(pipes, O_NONBLOCK) == 0);
	log_to(pipes[1]);
	log_level_set(LEVEL_INFO);
	for (int i = 0; i < 200; i++)
		log_line(LEVEL_INFO, "%s", many); /* more than the buffer holds */
	log_to(2);
	line = written(t, pipes[0]);
	CHECK(line.n > 600 && line.n < 8192);
	CHECK_INT(str_find(line, '|'), 638);
	close(pipes[0]);
	close(pipes[1]);
}

TEST(levels_have_words)
{
	enum log_level level = LEVEL_INFO;

	CHECK(log_level_of("error", &level) && level == LEVEL_ERROR);
	CHECK(log_level_of("debug", &level) && level == LEVEL_DEBUG);
	CHECK(!log_level_of("loud", &level) && level == LEVEL_DEBUG);
}
