#include "core/http/guard_reaper.h"

#include <poll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "lib/need.h"
#include "test/test.h"

/* Two ends of a connection; the server has the first. */
struct ends {
	int fd[2];
};

static struct ends
open_ends(void)
{
	struct ends ends;

	need(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.fd) == 0);
	return ends;
}

static bool
was_shut(struct ends ends)
{
	struct pollfd p = {.fd = ends.fd[1], .events = POLLIN};
	char c;

	return poll(&p, 1, 0) == 1 && read(ends.fd[1], &c, 1) == 0;
}

static void
close_ends(struct ends ends)
{
	close(ends.fd[0]);
	close(ends.fd[1]);
}

TEST(each_part_of_a_request_has_its_deadline)
{
	struct guard_table *table = guard_table_new(
	    8, (struct guard_deadlines){.head_ms = 20, .body_ms = 20, .send_ms = 20});
	struct timespec pause = {.tv_nsec = 60 * 1000000L};
	static const enum stage stages[] = {
	    STAGE_IDLE, STAGE_HEAD, STAGE_BODY, STAGE_WORK, STAGE_SEND};
	struct ends ends[5];
	struct guard_place *place[5];

	for (size_t i = 0; i < 5; i++) {
		ends[i] = open_ends();
		place[i] = guard_arrived(table, ends[i].fd[0]);
		CHECK(place[i] != NULL);
		guard_stage(place[i], stages[i]);
	}
	CHECK_INT(guard_connections(table), 5);
	CHECK_INT(guard_reap(table), 0);
	nanosleep(&pause, NULL);
	CHECK_INT(guard_reap(table), 3);
	CHECK_INT(guard_reap(table), 0); /* once is enough */
	CHECK(!was_shut(ends[0])); /* nothing came: it waits */
	CHECK(was_shut(ends[1]));
	CHECK(was_shut(ends[2]));
	CHECK(!was_shut(ends[3])); /* it is we who are slow */
	CHECK(was_shut(ends[4]));
	guard_close_idle(table);
	CHECK(!was_shut(ends[3]));
	for (size_t i = 0; i < 5; i++) {
		guard_left(table, place[i]);
		close_ends(ends[i]);
	}
	CHECK_INT(guard_connections(table), 0);
	guard_table_free(table);
}

TEST(places_are_bounded_and_used_again)
{
	struct guard_table *table = guard_table_new(2, (struct guard_deadlines){1, 1, 1});
	struct ends ends = open_ends();
	struct guard_place *a = guard_arrived(table, ends.fd[0]);
	struct guard_place *b = guard_arrived(table, ends.fd[0]);

	CHECK(a && b && a != b);
	CHECK(guard_arrived(table, ends.fd[0]) == NULL);
	guard_left(table, a);
	CHECK(guard_arrived(table, ends.fd[0]) == a);
	guard_left(table, NULL);
	guard_stage(NULL, STAGE_SEND);
	guard_left(table, a);
	guard_left(table, b);
	CHECK_INT(guard_reap(table), 0); /* who has left is not shut down */
	CHECK(!was_shut(ends));
	close_ends(ends);
	guard_table_free(table);
	guard_table_free(NULL);
}
