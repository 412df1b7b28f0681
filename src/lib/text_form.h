/* What textgen makes of a text, and its pieces for those who escape or mark up.
 * tidy: because textgen writes all of it, and whoever reads a piece needs the whole. */
#ifndef LIB_TEXT_FORM_H
#define LIB_TEXT_FORM_H

#include "lib/text.h"

/* What stands in a parameter; lib/i18n.h writes it. */
enum text_type {
	TEXT_STR,     /* s */
	TEXT_INT,     /* n: 12 345 */
	TEXT_YEAR,    /* n: 2026, without grouping; for years, numbers of pages and the like */
	TEXT_WEEK,    /* n: viikko 48 */
	TEXT_TIME,    /* n: minutes of the day: klo 16.00 */
	TEXT_CLOCK,   /* the same without the word before it: 16.00 */
	TEXT_TEXTS,   /* t: in the reader's language, or another that is there */
	TEXT_DATE,    /* date: 23.11.2026 */
	TEXT_DAY,     /* date: maanantai 23.11. */
	TEXT_RANGE,   /* range: 23.–27.11.2026 */
	TEXT_INSTANT, /* instant: 23.11.2026 klo 16.00, in the zone of i18n_zone_set */
	TEXT_WORD,    /* n: an enum; chooses a form and is never written */
};

enum text_part_kind { TEXT_END, TEXT_LITERAL, TEXT_PARAM, TEXT_SLOT_OPEN, TEXT_SLOT_CLOSE };

/* A piece of a sentence. LITERAL: n bytes at p. PARAM: the argument number arg. SLOT_OPEN and
 * SLOT_CLOSE: slot number arg, in the order of `struct text.slot`, named by n bytes at p; what
 * stands between them is put into the markup that the page gives. Slots do not nest. */
struct text_part {
	uint8_t kind, arg;
	uint16_t n;
	const char *p;
};

struct text_param {
	const char *name;
	enum text_type type;
};

/* A form of a text in one language. `value` is the enum's value, or TEXT_FORM_ONE or
 * TEXT_FORM_OTHER. */
struct text_form {
	int32_t value;
	const struct text_part *parts; /* ended by TEXT_END */
};

enum { TEXT_FORM_ONE = 1, TEXT_FORM_OTHER = -1 };

enum text_choice {
	TEXT_ONE_FORM,
	TEXT_BY_COUNT, /* one or other, by the argument `chooser` */
	TEXT_BY_WORD,  /* by the enum in the argument `chooser`; else OTHER, else nothing */
};

struct text {
	const char *key;
	uint8_t params, slots, choice, chooser;
	const struct text_param *param;
	const char *const *slot;
	struct text_forms {
		const struct text_form *at;
		size_t n;
	} in[LANG_COUNT];
};

/* The pieces of the sentence in a language, for those who escape or mark up; ended by TEXT_END. */
const struct text_part *said_parts(struct said s, enum lang lang);

/* Writes one LITERAL or PARAM as plain text; nothing for the other kinds. */
void said_part_plain(struct out *o, enum lang lang, struct said s, const struct text_part *part);

/* All texts of the program, sorted by key: textgen writes them as text_all and text_all_count, and
 * main hands them over here, so that what needs only lib links without generated code. */
void text_table_set(const struct text *const *all, size_t n);

/* The text with that key in the table, or NULL. */
const struct text *text_by_key(struct str key);

#endif
