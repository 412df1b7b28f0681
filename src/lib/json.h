/* JSON. What arrives is parsed whole into an arena, then read by functions that name every mistake by its path
 * ("campuses[2].slug: missing"), so that whoever wrote the file can mend it. Parsing is jansson's.
 * tidy: because a file is read with all of it at hand. */
#ifndef LIB_JSON_H
#define LIB_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lib/date.h"
#include "lib/out.h"
#include "lib/str.h"
#include "lib/text.h"

struct arena;

enum json_kind { IS_ABSENT, IS_NULL, IS_BOOL, IS_INT, IS_REAL, IS_TEXT, IS_LIST, IS_OBJECT };

struct json {
	enum json_kind kind;
	struct str name;           /* its key in an object */
	const struct json *parent; /* NULL for the whole */
	size_t index;              /* in a list */
	union {
		bool truth;
		int64_t n;
		double real;
		struct str text;
		struct {
			struct json *at;
			size_t n;
		} items; /* of a list, or the members of an object in the order of the file */
	};
};

/* A reading of one file: the arena of everything read, and what was wrong, a line a mistake. */
struct json_in {
	struct arena *arena;
	struct out problems;
	size_t count;
};

struct json_in json_in_new(struct arena *a);

/* Parses; duplicate keys, trailing text and depth over 32 are mistakes. NULL after a mistake, which is
 * noted with its line. */
const struct json *json_parse(struct json_in *in, struct str text);

/* Notes a mistake at j. */
void json_problem(struct json_in *in, const struct json *j, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The member `name`; never NULL: a missing one has kind IS_ABSENT. */
const struct json *json_member(struct json_in *in, const struct json *object, const char *name);

/* Members by type. A missing or wrong one is noted and reads as empty, 0, none. */
struct str json_text(struct json_in *in, const struct json *object, const char *name);
int64_t json_int(struct json_in *in, const struct json *object, const char *name, int64_t min, int64_t max);
struct date json_date(struct json_in *in, const struct json *object, const char *name);
/* {"fi": …, "sv": …, "en": …}: at least one. */
struct texts json_texts(struct json_in *in, const struct json *object, const char *name);
/* One of `n` words; the place of the word. Wrong: 0. */
size_t json_word(struct json_in *in, const struct json *object, const char *name,
    const char *const *words, size_t n);

/* The same, silent when the member is missing. */
struct str json_text_or(struct json_in *in, const struct json *object, const char *name, struct str otherwise);
int64_t json_int_or(struct json_in *in, const struct json *object, const char *name, int64_t otherwise);
bool json_bool_or(struct json_in *in, const struct json *object, const char *name, bool otherwise);
struct date json_date_or(struct json_in *in, const struct json *object, const char *name);
struct texts json_texts_or(struct json_in *in, const struct json *object, const char *name);

/* The items of a list member; a missing one is an empty list, another type is noted. */
struct json_items {
	const struct json *at;
	size_t n;
};
struct json_items json_list(struct json_in *in, const struct json *object, const char *name);

/* A text that leaves, in its quotation marks. It must be valid UTF-8. */
void json_write_text(struct out *o, struct str text);

#endif
