/* Forms: one table says what a form holds. It reads the body into a struct, names what is wrong in the reader's
 * language, keeps what was typed, and is drawn from the same table.
 * tidy: because a form is written with all of it in view. */
#ifndef CORE_HTTP_FORM_H
#define CORE_HTTP_FORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/ids.h"
#include "lib/maybe.h"
#include "lib/str.h"
#include "lib/text.h"

struct form_state;
struct req;

enum form_type {
	FORM_TEXT,     /* struct str, one line; min and max count characters */
	FORM_LONG,     /* struct str, several lines, CRLF read as LF */
	FORM_EMAIL,    /* struct str, lower case */
	FORM_PASSWORD, /* struct str; never drawn again */
	FORM_CODE,     /* struct str of digits, spaces taken away */
	FORM_INT,      /* int64_t between min and max */
	FORM_DATE,     /* struct date: ISO, or as people write it (23.11.2026, 23.11.) */
	FORM_TIME,     /* struct maybe_int: minutes of the day up to 1440, as people write them (16, 16.30) */
	FORM_CHOICE,   /* int64_t: the value of one of `choices` (radio buttons) */
	FORM_SELECT,   /* the same as a drop-down list */
	/* struct form_picks: of each of many things one of `choices`, sent as name-12; its page draws it */
	FORM_EACH,
	/* struct form_words: of each of many things a text, sent as name-12; min and max are of each. Empty ones are
	 * none. Its page draws it */
	FORM_EACH_TEXT,
	FORM_CHECK,    /* bool */
	FORM_CHECKS,   /* int64_t: a bit for each of `choices`, in their order (at most 62) */
	FORM_ANY,      /* struct ids: however many of `choices`, by their values, which are ids */
	FORM_TEXTS,    /* struct texts: name_fi, name_sv, name_en; required: one of them */
	FORM_TEXTS_LONG,
	FORM_HIDDEN, /* int64_t, kept as it is */
	FORM_HIDDEN_TEXT, /* struct str, kept as it is */
	FORM_FILE,        /* struct form_file; whoever sends the form again has to choose it again */
};

/* A file that somebody sent. What the browser tells of it is for people to read; only the bytes say what it is. They
 * are where the body is, and go with the request. */
struct form_file {
	struct str name; /* without the folders it lay in */
	struct str type;
	struct str bytes;
};

/* One of the things a person can choose. `text` names it; or `plain` does, for names from the database. */
struct choice {
	int64_t value;
	const char *word; /* what stands in the HTML; NULL: the number */
	const struct text *text;
	const struct text *hint;
	struct str plain;
};

struct choices {
	const struct choice *at;
	size_t n;
};

/* What was chosen for the things of a FORM_EACH, by their numbers. */
struct form_pick {
	int64_t id, value;
};

struct form_picks {
	struct form_pick *at;
	size_t n;
};

/* What was written for the things of a FORM_EACH_TEXT, by their numbers, and what is wrong with it. */
struct form_word {
	int64_t id;
	struct str text;
	struct said problem; /* text NULL: none */
};

struct form_words {
	struct form_word *at;
	size_t n;
};

struct form_field {
	const char *name;
	enum form_type type;
	uint16_t offset; /* offsetof in the form's struct */
	bool required;
	bool depends; /* other fields decide whether it is needed, so it is not called optional */
	int32_t min, max; /* characters or numbers; max 0: 200 characters, or any number */
	const struct text *label;
	const struct text *hint;     /* under the label; NULL for none */
	const struct text *missing;  /* what to say when it is empty; NULL: the common sentence */
	struct choices choices;      /* fixed ones; others are given by form_choices */
	const char *autocomplete;    /* HTML's word; NULL for none */
	const char *accept;          /* of FORM_FILE: the types it is for, "image/jpeg,image/png" */
};

struct form_spec {
	const char *name;
	size_t size; /* sizeof the struct */
	const struct form_field *field;
	size_t fields;
	/* Rules between fields; NULL for none. May add problems. */
	void (*check)(struct req *r, void *form, struct form_state *state);
};

#define FORM_SPEC(spec_name, type, table, ...) \
	{ .name = spec_name, .size = sizeof(type), .field = table, \
	  .fields = sizeof(table) / sizeof(*(table)), __VA_ARGS__ }

enum { FORM_FIELDS_MAX = 32 };

/* A form on the page that is being drawn. */
struct form_state {
	const struct form_spec *spec;
	struct form_state *next;
	struct texts value[FORM_FIELDS_MAX]; /* as typed; at[0] unless the field is TEXTS */
	int64_t bits[FORM_FIELDS_MAX];       /* of FORM_CHECKS and FORM_CHECK */
	struct said problem[FORM_FIELDS_MAX]; /* text NULL: none */
	struct choices choices[FORM_FIELDS_MAX];
	struct form_picks picks[FORM_FIELDS_MAX]; /* of FORM_EACH */
	struct ids ids[FORM_FIELDS_MAX];          /* of FORM_ANY */
	struct form_words words[FORM_FIELDS_MAX]; /* of FORM_EACH_TEXT */
	struct said whole; /* a problem of the form as a whole; text NULL: none */
	size_t problems;
	bool typed;    /* filled by a person, not by form_show */
	/* Someone else wrote since it was drawn: form_show draws its hidden fields anew and puts into `stored` what is
	 * there now, so that the page shows the words of both. */
	bool outdated;
	struct form_state *stored;
};

/* Puts a form on the page with the values of `from` (a struct of the spec, may be NULL for empty). After a
 * refusal what was typed stays instead. Returns it, for form_choices. */
struct form_state *form_show(struct req *r, const struct form_spec *spec, const void *from);

/* Choices that come from the database; for a POST they are given by the handler's own check. */
void form_choices(struct form_state *state, const char *field, struct choices choices);

/* Names a problem of a field; the first one of a field stays. "" is the form as a whole. */
void form_problem(struct form_state *state, const char *field, struct said what);

/* What was chosen for one thing of a FORM_EACH; 0: nothing. */
int64_t form_picked(const struct form_state *state, const char *field, int64_t id);

/* What was written for one thing of a FORM_EACH_TEXT; NULL: nothing. */
struct form_word *form_word(const struct form_state *state, const char *field, int64_t id);

/* Names a problem of it; the first one stays, and where nothing was written there is none to name. */
void form_word_problem(struct form_state *state, const char *field, int64_t id, struct said what);

/* For things whose texts differ in how long they may be: names the problem of one that is longer. */
void form_word_most(struct form_state *state, const char *field, int64_t id, int64_t max);

/* Form of that spec on the page, NULL if none was put there. */
struct form_state *form_find(const struct req *r, const char *spec);

/* The state of the form that the running POST was sent with: where its handler adds problems. */
struct form_state *form_posted(struct req *r);

/* Whether a field of it takes a file; such forms are sent in another encoding. */
bool form_has_file(const struct form_spec *spec);
/* How the form of a path of ours is sent. */
struct form_way {
	bool file;  /* as form_has_file */
	bool plain; /* without the hidden field: see struct route */
};
struct form_way form_way_to(const struct req *r, struct str path);

/* The place of a field in its spec; a name it has not is a programmer's error. */
size_t form_field_index(const struct form_spec *spec, const char *name);

#endif
