/* A growing buffer of bytes in an arena: pages, mails and generated files are written into one.
 * tidy: because half of it is inlined. */
#ifndef LIB_OUT_H
#define LIB_OUT_H

#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include "lib/str.h"

struct arena;

struct out {
	char *p;
	size_t n, cap;
	struct arena *arena;
};

/* An empty buffer; nothing is taken from the arena before the first byte. */
struct out out_new(struct arena *a);

/* Makes room for n more bytes. */
void out_reserve(struct out *o, size_t n);

/* Not inlined under sanitizers: hundreds of inlined copies make UBSan builds minutes long. */
#ifdef NUOTIO_SANITIZE
void out_bytes(struct out *o, const char *p, size_t n);
void out_char(struct out *o, char c);
#else
static inline void
out_bytes(struct out *o, const char *p, size_t n)
{
	if (o->cap - o->n < n)
		out_reserve(o, n);
	if (n)
		memcpy(o->p + o->n, p, n);
	o->n += n;
}

static inline void
out_char(struct out *o, char c)
{
	if (o->n == o->cap)
		out_reserve(o, 1);
	o->p[o->n++] = c;
}
#endif

#define out_lit(o, literal) out_bytes((o), "" literal, sizeof(literal) - 1)

static inline void
out_str(struct out *o, struct str s)
{
	out_bytes(o, s.p, s.n);
}

void out_int(struct out *o, int64_t n);
/* Writes the digits of n where there is room for as many as there can be; returns their end. */
enum { OUT_DIGITS_MAX = 20 };
char *out_digits(char *p, uint64_t n);
void out_fmt(struct out *o, const char *format, ...) __attribute__((format(printf, 2, 3)));
void out_vfmt(struct out *o, const char *format, va_list args) __attribute__((format(printf, 2, 0)));

/* What was written so far; valid until the next write. */
struct str out_text(const struct out *o);

#endif
