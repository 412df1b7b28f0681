/* Texts in three languages at run time. textgen compiles the .texts files into `struct text`; a page or a mail makes a
 * `struct said` of it, and only whoever writes it out picks the language.
 * tidy: because names, texts and sentences are told apart here. */
#ifndef LIB_TEXT_H
#define LIB_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/date.h"
#include "lib/str.h"

struct arena;
struct out;
struct text; /* as lib/text_form.h has it; rooms only pass it on */

enum lang { LANG_FI = 0, LANG_SV = 1, LANG_EN = 2, LANG_COUNT = 3 };

/* "fi", "sv" or "en". */
const char *lang_code(enum lang lang);
/* The language of a code; false and *lang untouched for any other word. */
bool lang_of(struct str code, enum lang *lang);

/* One name or title as people wrote it, in each language they had time for. */
struct texts {
	struct str at[LANG_COUNT];
};

/* A name that is the same in each of them: of a person, a number, a year. Empty is none. */
struct texts texts_same(struct str name);

/* What a reader of one language gets, and which language that is (for lang="…" in HTML). */
struct found {
	struct str text;
	enum lang lang;
};

/* The wanted language, else the first of fi, sv, en that is not empty. All empty: empty, as wanted. */
struct found texts_in(struct texts t, enum lang wanted);

enum { TEXT_ARGS_MAX = 6 };

/* What stands in a parameter, by its text_type. */
struct text_arg {
	union {
		int64_t n;
		struct str s;
		struct texts t;
		struct date date;
		struct span range;
		struct instant instant;
	};
};

/* A sentence, not yet in a language. text NULL says nothing. */
struct said {
	const struct text *text;
	struct text_arg arg[TEXT_ARGS_MAX];
};

/* A text without parameters. For others textgen writes a function: t_wheel_answers(n). */
struct said said(const struct text *text);

/* The sentence as plain text; slots vanish, the words in them stay. */
struct str said_plain(struct arena *a, enum lang lang, struct said s);
/* The same into a buffer. */
void said_write(struct out *o, enum lang lang, struct said s);

#endif
