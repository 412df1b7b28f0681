/* A room: one subject of the college's work, described once. main.c lists them; leaving one out switches it off. */
#ifndef APP_ROOM_H
#define APP_ROOM_H

#include <stdbool.h>

struct route;
struct text;

/* A line of the navigation; `address` begins after the language and, if `of_campus`, after the campus. Those with a
 * `lead` stand on the page of administration instead, with that sentence below. */
struct nav {
	const struct text *title; /* NULL ends the list */
	const char *address;
	int right; /* shown to those who hold it somewhere */
	bool of_campus;
	const struct text *lead;
};

struct room {
	const char *name;
	const struct route *const *routes; /* tables, each ended by an empty route; the list by NULL */
	const struct nav *nav;
};

#endif
