/* Text as pointer and length. Never NULL-terminated by promise; empty is {NULL or any, 0}.
 * tidy: because one looks for what can be done with a text in one list. */
#ifndef LIB_STR_H
#define LIB_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct arena;

struct str {
	const char *p;
	size_t n;
};

#define STR(literal) ((struct str){"" literal, sizeof(literal) - 1})
/* For printf: printf("%.*s", STR_ARG(s)) */
#define STR_ARG(s) (int)(s).n, (s).n ? (s).p : ""

/* The text of a C string; NULL is empty. */
static inline struct str
str_of(const char *z)
{
	return (struct str){z, z ? strlen(z) : 0};
}

/* Written out here, so that comparing with a literal costs what its few bytes do. */
static inline bool
str_eq(struct str a, struct str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

static inline bool
str_is(struct str a, const char *z)
{
	return str_eq(a, str_of(z));
}

bool str_starts(struct str s, struct str with);
bool str_ends(struct str s, struct str with);

/* Byte order, as memcmp; not for people. */
int str_compare(struct str a, struct str b);

/* From `start`, at most n bytes; both are cut to what there is. */
struct str str_sub(struct str s, size_t start, size_t n);

/* Where c stands first, or s.n. */
size_t str_find(struct str s, char c);

/* Whether `part` stands in s; an empty part does. */
bool str_contains(struct str s, struct str part);

/* Cuts the text before the first c off *rest and returns it; without c, all of it. */
struct str str_cut(struct str *rest, char c);

/* Without ASCII white space at both ends. */
struct str str_trim(struct str s);

/* A decimal number with optional minus, nothing else around it. False and *n untouched if it is not one
 * or does not fit. */
bool str_int(struct str s, int64_t *n);

/* Well-formed UTF-8 without NUL and without surrogates. */
bool str_is_utf8(struct str s);

/* Code points in valid UTF-8. */
size_t str_chars(struct str s);

/* The longest prefix of at most n code points. */
struct str str_prefix_chars(struct str s, size_t n);

/* A copy in the arena; str_z ends it with NUL. */
struct str str_copy(struct arena *a, struct str s);
char *str_z(struct arena *a, struct str s);

/* printf into the arena. */
struct str str_fmt(struct arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The parts one after another. */
struct str str_join(struct arena *a, struct str between, const struct str *part, size_t n);

/* ASCII letters in lower case; other bytes as they are. */
struct str str_lower_ascii(struct arena *a, struct str s);

/* A name as part of an address: a to z, 0 to 9 and inner dashes, at most n of them. Letters of our languages lose their
 * dots and accents; a name in other letters leaves nothing. */
struct str str_slug(struct arena *a, struct str name, size_t n);

#endif
