/* Deadlines for connections: the library only knows inactivity, so who sends a byte a second
 * would stay for ever. */
#ifndef CORE_GUARD_REAPER_H
#define CORE_GUARD_REAPER_H

#include <stddef.h>
#include <stdint.h>

/* What a connection is doing. */
enum stage { STAGE_IDLE, STAGE_HEAD, STAGE_BODY, STAGE_WORK, STAGE_SEND };

struct guard_deadlines {
	int32_t head_ms, body_ms, send_ms; /* for each part of a request */
};

struct guard_table;
struct guard_place; /* of one connection */

struct guard_table *guard_table_new(size_t connections_max, struct guard_deadlines deadlines);
/* After the reaper was stopped and the last connection has left. */
void guard_table_free(struct guard_table *table);

/* NULL: there is no place left. */
struct guard_place *guard_arrived(struct guard_table *table, int fd);
/* Before the descriptor is closed. NULL is allowed. */
void guard_left(struct guard_table *table, struct guard_place *place);
/* NULL is allowed. */
void guard_stage(struct guard_place *place, enum stage stage);

/* Shuts down the sockets of those who are too late, and, when places get scarce, of those who
 * only wait; returns how many. Call it about twice a second. */
size_t guard_reap(struct guard_table *table);
/* How many connections there are now. */
size_t guard_connections(struct guard_table *table);
/* Shuts down those that wait between two requests, for an orderly end. */
void guard_close_idle(struct guard_table *table);

/* Milliseconds that only go forward. */
int64_t guard_now_ms(void);

#endif
