/* A room: one subject of the college's work, described once. main.c lists the rooms from left to right; leaving one
 * out of the list switches it off. What a room gives to all the others, it gives here.
 * tidy: because a room is described with all of it in view. */
#ifndef APP_ROOM_H
#define APP_ROOM_H

/* tidy: because a room is described once, and its description is read together. */

#include <stdbool.h>
#include <stddef.h>

#include "lib/date.h"
#include "lib/text.h"

struct actor;
struct arena;
struct calendar_asked;
struct calendar_list;
struct event;
struct job;
struct json;
struct json_in;
struct mail_list;
struct out;
struct person;
struct req;
struct route;
struct text;
struct tx;

/* A line of the navigation; `address` begins after the language and, if `of_campus`, after the campus. Those with a
 * `lead` stand on the page of administration instead, with that sentence below. Those under /me/ stand on one's own
 * page too, or with `own` only there. What few open often stands above every page as `rare` for those who administer
 * nothing; the others find it on the page of administration, and their line above stays one line. */
struct nav {
	const struct text *title; /* NULL ends the list */
	const char *address;
	int right; /* shown to those who hold it somewhere, or with `whole` for the whole provider */
	bool of_campus;
	const struct text *lead;
	int at; /* its place among the lines of all rooms: small ones first */
	bool whole;
	bool own;
	bool rare;
	int64_t (*count)(struct req *r); /* how much waits there; NULL: nothing is counted */
	const char *ends; /* pages whose address ends so are of this line alone; NULL: those that begin as it does */
};

/* What has a page on which other rooms tell what they know of it. */
enum subject { SUBJECT_PERSON, SUBJECT_ORGANISATION };

/* Something that waits for a person. `address` begins after the language. */
struct todo {
	struct said words;
	struct str address;
	struct date due;         /* by when; none: it has time */
	const struct text *kind; /* what it is, in a word or two */
};

struct todo_list {
	struct todo *at;
	size_t n, cap;
};

/* A text that people wrote, for those who translate. By `id` the room knows it again: WORDING_ID of a row and of which
 * of its texts it is. */
struct wording {
	int64_t id;
	struct texts text;
	struct texts of;       /* the name of what it belongs to */
	struct said part;      /* what it is of that: "Otsikko" */
	struct str when;       /* of which year that is; empty: of all */
	int64_t place;         /* a campus's own; 0: the provider's */
	struct str address;    /* where it is edited; begins after the language */
	int64_t most;          /* characters */
	bool lines;            /* it may have several */
};

enum { WORDING_PARTS = 16 };
#define WORDING_ID(row, part) ((row) * WORDING_PARTS + (part))

struct wording_list {
	struct wording *at;
	size_t n, cap;
};

/* What a room gives to those who translate. */
struct wordings {
	const struct text *title; /* whose texts they are */
	/* Those that `who` may fill in and that lack a language: see wording_add. */
	void (*lacking)(struct tx *tx, const struct actor *who, struct date today, struct wording_list *list);
	/* One of them as it is now. False: it is gone, or `who` may not fill it in. */
	bool (*find)(struct tx *tx, const struct actor *who, int64_t id, struct wording *wording);
	/* Fills in one that was found, in a language in which there was none. False: somebody was faster. */
	bool (*fill)(struct tx *tx, const struct actor *who, int64_t id, enum lang lang, struct str text);
};

struct room {
	const char *name;
	const struct route *const *routes; /* tables, each ended by an empty route; the list by NULL */
	const struct nav *nav;
	/* Draws the room's part of a front page: that of the campus of the request or, without one, of the provider. */
	void (*front)(struct req *r);
	/* The same for the screen in the hall of the campus, which nobody touches: a few lines that anyone may read. */
	void (*screen)(struct req *r);
	/* The same for the page that tells guardians of students what is for them. */
	void (*guardians)(struct req *r);
	/* Draws what the room knows of somebody or something, on their page: as much as the reader may know. */
	void (*about)(struct req *r, enum subject subject, int64_t id);
	const struct event *const *events; /* what the journal may hold of it; ended by NULL */
	/* What an entry of one of these events is about, by the name that it has now; none when it is gone. */
	struct texts (*named)(struct tx *tx, const struct event *event, int64_t subject);
	const struct job *jobs;            /* ended by an empty one */
	/* What an empty database begins with, and the room's part of a college's file. Repeatable. Mistakes are noted
	 * in `in`, and then nothing may be committed. Rooms to the left have been read. */
	void (*seed)(struct tx *tx, struct json_in *in, const struct json *college, struct date today);
	/* The demo's past and present, on top of that. */
	void (*seed_demo)(struct tx *tx, struct json_in *in, const struct json *world, struct date today);
	/* What stands in a calendar that somebody has taken into their own: see app/calendar/calendar.h. */
	void (*calendar)(struct tx *tx, const struct calendar_asked *asked, struct calendar_list *list);
	/* What waits for a person: said on their own page and in letters. */
	void (*todo)(struct tx *tx, const struct actor *who, struct todo_list *list);
	/* A letter of each kind that the room writes, as that reader would get it, with invented things in it: for
	 * whoever wants to see what people are sent. */
	void (*letters)(struct tx *tx, const struct person *to, struct mail_list *list);
	const struct wordings *wordings; /* what is translated of it; NULL: nothing */
	/* For `nuotio check`: writes a line or more of how things stand. False: something is wrong. `since` is what
	 * the person gave with --since. */
	bool (*check)(struct tx *tx, struct str since, struct out *lines);
};

/* All rooms, from left to right, ended by NULL. main.c sets them once, before threads start; the list must live on. */
void rooms_set(const struct room *const *rooms);
const struct room *const *rooms_all(void);

/* For struct room: one more thing. And all that waits for a person, what has the least time first. */
void todo_add(struct arena *a, struct todo_list *to, struct todo todo);
struct todo_list rooms_todo(struct tx *tx, const struct actor *who);

/* For struct wordings: one more, if it is there in some language and lacks another. */
void wording_add(struct arena *a, struct wording_list *to, struct wording wording);

/* For the page of a subject: what each room tells of it, from left to right. */
void rooms_about(struct req *r, enum subject subject, int64_t id);

#endif
