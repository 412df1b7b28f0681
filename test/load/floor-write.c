/* How fast answers could be written: the same statements that answering runs, through the bare sqlite3 API, 64 answers
 * a commit, synchronous=FULL. floor-write DATABASE JOBS prints answers, seconds. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "replay.h"

enum { BATCH = 64, JOBS_MAX = 65536 };

static struct script jobs[JOBS_MAX];

static double
seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int
main(int argc, char **argv)
{
	struct replay *replay;
	struct reader r;
	size_t n = 0;
	double begun;
	char *line;

	if (argc != 3)
		fail("use", "floor-write DATABASE JOBS");
	r = reader_open(argv[2]);
	while ((line = reader_line(&r)) && n < JOBS_MAX)
		jobs[n++] = reader_script(&r, strtoull(line + 4, NULL, 10));
	replay_setup();
	replay = replay_open(argv[1], 1);
	begun = seconds();
	for (size_t i = 0; i < n; i++) {
		if (i % BATCH == 0)
			replay_exec(replay, "BEGIN IMMEDIATE");
		replay_run(replay, &jobs[i]);
		if (i % BATCH == BATCH - 1 || i == n - 1)
			replay_exec(replay, "COMMIT");
	}
	printf("%zu %.6f\n", n, seconds() - begun);
	return 0;
}
