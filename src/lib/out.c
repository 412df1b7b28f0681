#include "lib/out.h"

#include <stdbool.h>
#include <stdio.h>

#include "lib/arena.h"
#include "lib/need.h"

enum { FIRST_BYTES = 128 }; /* most are a line of words */

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

void
out_char(struct out *o, char c)
{
	out_bytes(o, &c, 1);
}
#endif

char *
out_digits(char *p, uint64_t n)
{
	unsigned last = (unsigned)(n < 1000 ? n : n % 1000);

	if (n >= 1000)
		p = out_digits(p, n / 1000);
	if (n >= 100)
		*p++ = (char)('0' + last / 100);
	if (n >= 10)
		*p++ = (char)('0' + last / 10 % 10);
	*p++ = (char)('0' + last % 10);
	return p;
}

void
out_int(struct out *o, int64_t n)
{
	char *p;

	if (o->cap - o->n < OUT_DIGITS_MAX)
		out_reserve(o, OUT_DIGITS_MAX);
	p = o->p + o->n;
	if (n < 0)
		*p++ = '-';
	p = out_digits(p, n < 0 ? 0 - (uint64_t)n : (uint64_t)n);
	o->n = (size_t)(p - o->p);
}

/* %.*s ends at a NUL, as in printf; a negative length is none. */
static void
write_part(struct out *o, int most, const char *p)
{
	out_bytes(o, p, most < 0 ? strlen(p) : strnlen(p, (size_t)most));
}

/* The directives of nearly all formats. False: the format has another, or a NULL; something may be written by then. */
static bool
write_usual(struct out *o, const char *format, va_list args)
{
	for (;;) {
		const char *directive = strchrnul(format, '%');

		out_bytes(o, format, (size_t)(directive - format));
		if (!*directive)
			return true;
		format = directive + 2;
		switch (directive[1]) {
		case 's': {
			const char *z = va_arg(args, const char *);

			if (!z)
				return false;
			out_bytes(o, z, strlen(z));
			continue;
		}
		case 'd': out_int(o, va_arg(args, int)); continue;
		case 'c': out_char(o, (char)va_arg(args, int)); continue;
		case '%': out_char(o, '%'); continue;
		case '.': {
			const char *p;
			int most;

			if (format[0] != '*' || format[1] != 's')
				return false;
			most = va_arg(args, int);
			p = va_arg(args, const char *);
			if (!p && most != 0)
				return false;
			if (most != 0)
				write_part(o, most, p);
			format += 2;
			continue;
		}
		case '0': { /* %02d, of what is not negative */
			int n;

			if (format[0] != '2' || format[1] != 'd')
				return false;
			n = va_arg(args, int);
			if (n < 0)
				return false;
			if (n < 10)
				out_char(o, '0');
			out_int(o, n);
			format += 2;
			continue;
		}
		case 'l':
			if (format[0] != 'l' || format[1] != 'd')
				return false;
			out_int(o, va_arg(args, long long));
			format += 2;
			continue;
		default: return false;
		}
	}
}

static void
write_any(struct out *o, const char *format, va_list args)
{
	va_list again;
	int n;

	va_copy(again, args);
	n = vsnprintf(NULL, 0, format, args);
	need(n >= 0);
	out_reserve(o, (size_t)n + 1);
	vsnprintf(o->p + o->n, (size_t)n + 1, format, again);
	va_end(again);
	o->n += (size_t)n;
}

/* Without the library's printf where possible: it would have to run twice, and took a quarter of a page's time. */
void
out_vfmt(struct out *o, const char *format, va_list args)
{
	size_t before = o->n;
	va_list again;

	va_copy(again, args);
	if (!write_usual(o, format, args)) {
		o->n = before;
		write_any(o, format, again);
	}
	va_end(again);
}

void
out_fmt(struct out *o, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	out_vfmt(o, format, args);
	va_end(args);
}

struct str
out_text(const struct out *o)
{
	return (struct str){o->p, o->n};
}
