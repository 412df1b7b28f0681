#include "lib/out.h"

#include <stdarg.h>
#include <stdio.h>

#include "lib/arena.h"
#include "lib/need.h"

enum { FIRST_BYTES = 1024 };

struct out
out_new(struct arena *a)
{
	return (struct out){.arena = a};
}

void
out_reserve(struct out *o, size_t n)
{
	size_t cap = o->cap ? o->cap : FIRST_BYTES;
	char *p;

	if (o->cap - o->n >= n)
		return;
	while (cap - o->n < n)
		cap *= 2;
	p = arena_bytes(o->arena, cap);
	if (o->n)
		memcpy(p, o->p, o->n);
	o->p = p;
	o->cap = cap;
}

#ifdef NUOTIO_SANITIZE
void
out_bytes(struct out *o, const char *p, size_t n)
{
	if (o->cap - o->n < n)
		out_reserve(o, n);
	if (n)
		memcpy(o->p + o->n, p, n);
	o->n += n;
}
#endif

void
out_char(struct out *o, char c)
{
	out_bytes(o, &c, 1);
}

void
out_int(struct out *o, int64_t n)
{
	char digits[20];
	size_t at = sizeof digits;
	uint64_t v = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;

	do {
		digits[--at] = (char)('0' + v % 10);
		v /= 10;
	} while (v);
	if (n < 0)
		digits[--at] = '-';
	out_bytes(o, digits + at, sizeof digits - at);
}

void
out_fmt(struct out *o, const char *format, ...)
{
	va_list args, again;
	int n;

	va_start(args, format);
	va_copy(again, args);
	n = vsnprintf(NULL, 0, format, args);
	va_end(args);
	need(n >= 0);
	out_reserve(o, (size_t)n + 1);
	vsnprintf(o->p + o->n, (size_t)n + 1, format, again);
	va_end(again);
	o->n += (size_t)n;
}

struct str
out_text(const struct out *o)
{
	return (struct str){o->p, o->n};
}
