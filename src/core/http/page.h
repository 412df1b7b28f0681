/* What generated pages call. A value is written by its type, so a template need not say what it is;
 * the compiler of the templates chooses the place: text, attribute, or part of an address. See
 * doc/pages.md.
 * tidy: because generated pages call all of it, and people seldom read it. */
#ifndef CORE_HTTP_PAGE_H
#define CORE_HTTP_PAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "lib/date.h"
#include "lib/str.h"
#include "lib/text_form.h"

struct req;

/* HTML that our own code has made and answers for: a drawing, a rendered text. Written as it is. */
struct markup {
	struct str html;
};

/* An enum is an unsigned int and has no words: it is left out of these lists, so that the compiler
 * stops a template that would print its number. Numbers are written plain, 2026; {n:number} groups
 * them. */

#define PAGE_NUMBERS \
	int: page_value_int, long: page_value_int, long long: page_value_int, \
	short: page_value_int, unsigned short: page_value_int, unsigned char: page_value_int, \
	unsigned long: page_value_size

/* Text between tags. A text in another language than the page's stands in <span lang>. */
#define page_value(r, x) \
	_Generic((x), \
	    PAGE_NUMBERS, \
	    struct str: page_value_str, \
	    const char *: page_value_z, \
	    char *: page_value_z, \
	    struct texts: page_value_texts, \
	    struct date: page_value_date, \
	    struct instant: page_value_instant, \
	    struct said: page_value_said, \
	    struct markup: page_raw)((r), (x))

/* An attribute's value, and text where no element may stand: <title>, <option>, <textarea>. */
#define page_attr(r, x) \
	_Generic((x), \
	    PAGE_NUMBERS, \
	    struct str: page_attr_str, \
	    const char *: page_attr_z, \
	    char *: page_attr_z, \
	    struct texts: page_attr_texts, \
	    struct date: page_value_date, \
	    struct instant: page_value_instant, \
	    struct said: page_attr_said)((r), (x))

/* One component of an address. A date is written as 2026-11-23. */
#define page_url(r, x) \
	_Generic((x), \
	    PAGE_NUMBERS, \
	    struct str: page_url_str, \
	    const char *: page_url_z, \
	    char *: page_url_z, \
	    struct date: page_format_iso_date)((r), (x))

/* A whole address, or its beginning. */
#define page_href(r, x) \
	_Generic((x), \
	    struct str: page_href_str, \
	    const char *: page_href_z, \
	    char *: page_href_z)((r), (x))

/* As plain text in the reader's language. */
#define page_text(r, x) \
	_Generic((x), \
	    struct str: page_text_str, \
	    const char *: page_text_z, \
	    char *: page_text_z, \
	    struct texts: page_text_texts, \
	    struct said: page_text_said)((r), (x))

/* Whether there is something: a scalar that is not 0, a text or date that is not empty. */
#define page_is(x) \
	_Generic((x), \
	    struct str: page_is_str, \
	    struct texts: page_is_texts, \
	    struct date: page_is_date, \
	    struct span: page_is_span, \
	    struct instant: page_is_instant, \
	    struct said: page_is_said, \
	    struct markup: page_is_markup, \
	    default: page_is_scalar)(x)

#define page_same(x, s) \
	_Generic((x), struct str: str_eq, const char *: page_same_z, char *: page_same_z)((x), (s))

void page_value_str(struct req *r, struct str s);
void page_value_z(struct req *r, const char *z);
void page_value_int(struct req *r, int64_t n);
void page_value_size(struct req *r, size_t n);
void page_value_texts(struct req *r, struct texts t);
void page_value_date(struct req *r, struct date date);
void page_value_instant(struct req *r, struct instant at);
void page_value_said(struct req *r, struct said s);
void page_raw(struct req *r, struct markup m);
void page_attr_str(struct req *r, struct str s);
void page_attr_z(struct req *r, const char *z);
void page_attr_texts(struct req *r, struct texts t);
void page_attr_said(struct req *r, struct said s);
void page_url_str(struct req *r, struct str s);
void page_url_z(struct req *r, const char *z);
void page_href_str(struct req *r, struct str s);
void page_href_z(struct req *r, const char *z);
struct str page_text_str(struct req *r, struct str s);
struct str page_text_z(struct req *r, const char *z);
struct str page_text_texts(struct req *r, struct texts t);
struct str page_text_said(struct req *r, struct said s);
bool page_is_scalar(bool is);
bool page_is_str(struct str s);
bool page_is_texts(struct texts t);
bool page_is_date(struct date date);
bool page_is_instant(struct instant at);
bool page_is_said(struct said s);
bool page_is_markup(struct markup m);
bool page_is_span(struct span span);
bool page_same_z(const char *z, struct str s);

/* --- formats: {value:day}; the plain text of each stands in lib/i18n.h ------------------------ */

void page_format_date(struct req *r, struct date date);
void page_format_short(struct req *r, struct date date);
void page_format_full(struct req *r, struct date date);
void page_format_day(struct req *r, struct date date);
void page_format_range(struct req *r, struct span span);
void page_format_instant(struct req *r, struct instant at);
void page_format_number(struct req *r, int64_t n);
void page_format_percent(struct req *r, double share);     /* 0.125: 13 % */
void page_format_decimal(struct req *r, double x);         /* with one decimal */
void page_format_time(struct req *r, int64_t minutes);  /* of the day: klo 16.00 */
void page_format_clock(struct req *r, int64_t minutes); /* 16.00 */
/* Of a date, or the number itself. */
#define page_format_month(r, x) \
	_Generic((x), \
	    struct date: page_format_month_date, \
	    default: page_format_month_int)((r), (x))
#define page_format_week(r, x) \
	_Generic((x), \
	    struct date: page_format_week_date, \
	    default: page_format_week_int)((r), (x))
#define page_format_iso(r, x) \
	_Generic((x), \
	    struct date: page_format_iso_date, \
	    struct instant: page_format_iso_instant)((r), (x))

void page_format_month_date(struct req *r, struct date date);
void page_format_month_int(struct req *r, int64_t month);
void page_format_week_date(struct req *r, struct date date);
void page_format_week_int(struct req *r, int64_t week);
void page_format_iso_date(struct req *r, struct date date);
void page_format_iso_instant(struct req *r, struct instant at);

/* --- texts with slots ------------------------------------------------------------------------- */

/* Writes a literal or a parameter. */
void page_said_part(struct req *r, const struct said *s, const struct text_part *part);
/* Writes what stands behind `open` up to the end of the slot. */
void page_said_inner(struct req *r, const struct said *s, const struct text_part *open);
/* The part that ends the slot which begins at `open`. */
const struct text_part *page_said_close(const struct text_part *open);

/* --- rights and forms ------------------------------------------------------------------------- */

/* Whether the reader has a right at the place of the path; on a path without campus, anywhere. */
bool page_may(const struct req *r, int right);

/* <form method="post">, to a path of our own, with the hidden field that makes it ours. */
void page_form_open(struct req *r, struct str action);
void page_form_close(struct req *r);

/* Draws a field of a form that the handler put on the page with form_show. */
void page_field(struct req *r, const char *form, const char *field);

#endif
