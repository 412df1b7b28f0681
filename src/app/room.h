/* A room: one subject of the college's work, described once. main.c lists them. */
#ifndef APP_ROOM_H
#define APP_ROOM_H

#include <stddef.h>
#include <stdint.h>

#include "lib/date.h"
#include "lib/text.h"

struct actor;
struct event;
struct job;
struct route;
struct tx;

/* Something a room gives to others: a date for the wheel, a task for a person. */
struct dated {
	struct texts title;
	struct date first, last;
	struct str address; /* without the language prefix */
};

struct dated_list {
	struct dated *at;
	size_t n;
};

/* A line of the navigation; `address` begins after the language and, if `of_campus`, after the campus. */
struct nav {
	const struct text *title; /* NULL ends the list */
	const char *address;
	int right; /* shown to those who hold it somewhere */
	bool of_campus;
};

struct room {
	const char *name;
	const struct route *const *routes; /* tables, each ended by an empty route; the list by NULL */
	const struct nav *nav;
	const struct event *const *events;
	const struct job *jobs;

	/* What waits for a person and what comes, for my tasks. */
	struct dated_list (*todo)(struct tx *tx, const struct actor *who, struct date today);

	/* Fills an empty database with what every college starts from. Repeatable. */
	void (*seed)(struct tx *tx);

	/* Says what is wrong with the room's data, a line each; returns how many lines. */
	size_t (*check)(struct tx *tx);
};

#endif
