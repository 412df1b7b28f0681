/* The journal: what happened, who did it, what it was before and what it became. Append-only, sealed so that
 * a later change shows, and erasable without breaking the seal. It knows persons and places as numbers. */
#ifndef APP_JOURNAL_H
#define APP_JOURNAL_H

#include <stdbool.h>
#include <stdint.h>

#include "lib/str.h"
#include "lib/text.h"

#include "app/journal/journal.rows.h" /* generated */

/* tidy: because writing, sealing and erasing promise something to each other and are read together. */

struct actor;
struct out;
struct room;
struct tx;

extern const struct room journal_room;

/* A kind of thing that happens, declared by the room it belongs to. */
struct event {
	const char *name;         /* "wheel.answered": kept in the database */
	const struct text *words; /* for people */
};

extern const struct event journal_erased;

struct journal_entry {
	const struct event *event;
	int64_t place;   /* the campus, 0 for the whole provider */
	int64_t subject; /* the row it is about */
	struct str was, becomes;
};

/* Appends in the running write transaction. */
void journal_add(struct tx *tx, const struct actor *who, struct journal_entry entry);

/* For `was` and `becomes` of several fields: adds the line "name: value", or nothing for an empty value. */
void journal_line(struct out *payload, const char *name, struct str value);
/* The same for each language it has: "title_fi: …". */
void journal_texts(struct out *payload, const char *name, struct texts value);

/* The mark of the newest entry, in letters and digits: while it is the same, nothing has happened. Empty before the
 * first. */
struct str journal_newest(struct tx *tx);

/* Seals all rows that no seal covers yet; how many. A job does it every second. */
int64_t journal_seal(struct tx *tx);

/* The newest head of the chain, empty before the first seal. A job writes it into the log daily. */
struct str journal_head(struct tx *tx);

/* Forgets what an entry said; that it was made, when and by whom stays, and the chain holds. The journal notes
 * who erased it. False if there is no such entry, or it was erased before. */
bool journal_erase(struct tx *tx, const struct actor *who, journal_id id);

/* The whole of it, for a person to search: an entry a line, with tabs between number, time, event, person, place,
 * subject, was and becomes. */
void journal_print(struct tx *tx, struct out *lines);

/* What journal_verify found. */
struct journal_verdict {
	int64_t rows, seals;
	journal_id broken_row; /* the first that says what its digest does not vouch for; 0 if none */
	int64_t broken_seal;   /* the first whose head does not follow; 0 if none */
	bool since_found;      /* the head given as `since` stands in the chain */
};

/* Recomputes every digest and the whole chain. `since` may be empty. */
struct journal_verdict journal_verify(struct tx *tx, struct str since);

/* What happened to a subject, oldest first. */
struct journal_list journal_history(struct tx *tx, const struct event *event, int64_t subject);

#endif
