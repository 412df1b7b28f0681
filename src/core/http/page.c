#include "core/http/page.h"

#include "core/actor.h"
#include "core/http/app.h"
#include "core/http/form.h"
#include "core/http/http.h"
#include "core/http/once.h"
#include "lib/html.h"
#include "lib/i18n.h"
#include "lib/need.h"
#include "lib/text_form.h"

/* --- text ------------------------------------------------------------------------------------- */

void
page_value_str(struct req *r, struct str s)
{
	html_text(&r->out, s);
}

void
page_value_z(struct req *r, const char *z)
{
	html_text(&r->out, str_of(z));
}

void
page_value_int(struct req *r, int64_t n)
{
	out_int(&r->out, n);
}

void
page_value_size(struct req *r, size_t n)
{
	need(n <= INT64_MAX);
	out_int(&r->out, (int64_t)n);
}

/* Screen readers change their voice by lang. */
void
page_value_texts(struct req *r, struct texts t)
{
	struct found found = texts_in(t, r->lang);

	if (found.lang == r->lang) {
		html_text(&r->out, found.text);
		return;
	}
	out_fmt(&r->out, "<span lang=\"%s\">", lang_code(found.lang));
	html_text(&r->out, found.text);
	out_lit(&r->out, "</span>");
}

void
page_value_date(struct req *r, struct date date)
{
	page_format_date(r, date);
}

void
page_value_instant(struct req *r, struct instant at)
{
	page_format_instant(r, at);
}

void
page_value_said(struct req *r, struct said s)
{
	for (const struct text_part *part = said_parts(s, r->lang); part->kind != TEXT_END; part++)
		page_said_part(r, &s, part);
}

void
page_raw(struct req *r, struct markup m)
{
	out_str(&r->out, m.html);
}

/* --- attributes and addresses ----------------------------------------------------------------- */

void
page_attr_str(struct req *r, struct str s)
{
	html_attr(&r->out, s);
}

void
page_attr_z(struct req *r, const char *z)
{
	html_attr(&r->out, str_of(z));
}

void
page_attr_texts(struct req *r, struct texts t)
{
	html_attr(&r->out, texts_in(t, r->lang).text);
}

void
page_attr_said(struct req *r, struct said s)
{
	html_attr(&r->out, said_plain(r->arena, r->lang, s));
}

void
page_url_str(struct req *r, struct str s)
{
	html_url(&r->out, s);
}

void
page_url_z(struct req *r, const char *z)
{
	html_url(&r->out, str_of(z));
}

void
page_href_str(struct req *r, struct str s)
{
	html_href(&r->out, s);
}

void
page_href_z(struct req *r, const char *z)
{
	html_href(&r->out, str_of(z));
}

/* --- plain text ------------------------------------------------------------------------------- */

struct str
page_text_str(struct req *r, struct str s)
{
	(void)r;
	return s;
}

struct str
page_text_z(struct req *r, const char *z)
{
	(void)r;
	return str_of(z);
}

struct str
page_text_texts(struct req *r, struct texts t)
{
	return texts_in(t, r->lang).text;
}

struct str
page_text_said(struct req *r, struct said s)
{
	return said_plain(r->arena, r->lang, s);
}

/* --- conditions ------------------------------------------------------------------------------- */

bool
page_is_scalar(bool is)
{
	return is;
}

bool
page_is_str(struct str s)
{
	return s.n > 0;
}

bool
page_is_texts(struct texts t)
{
	return texts_in(t, LANG_FI).text.n > 0;
}

bool
page_is_date(struct date date)
{
	return date.day != 0;
}

bool
page_is_instant(struct instant at)
{
	return at.s != 0;
}

bool
page_is_said(struct said s)
{
	return s.text != NULL;
}

bool
page_is_markup(struct markup m)
{
	return m.html.n > 0;
}

bool
page_is_span(struct span span)
{
	return span.first.day != 0 || span.last.day != 0;
}

bool
page_same_z(const char *z, struct str s)
{
	return str_eq(str_of(z), s);
}

/* --- formats ---------------------------------------------------------------------------------- */

/* They consist of digits, letters and .,– and need no escaping; page_test holds them to it. */

void
page_format_date(struct req *r, struct date date)
{
	i18n_date(&r->out, r->lang, date);
}

void
page_format_short(struct req *r, struct date date)
{
	i18n_date_short(&r->out, r->lang, date);
}

void
page_format_full(struct req *r, struct date date)
{
	i18n_date_full(&r->out, r->lang, date);
}

void
page_format_day(struct req *r, struct date date)
{
	i18n_day(&r->out, r->lang, date);
}

void
page_format_range(struct req *r, struct span span)
{
	i18n_range(&r->out, r->lang, span);
}

void
page_format_instant(struct req *r, struct instant at)
{
	i18n_instant(&r->out, r->lang, at);
}

void
page_format_number(struct req *r, int64_t n)
{
	i18n_int(&r->out, r->lang, n);
}

void
page_format_percent(struct req *r, double share)
{
	i18n_percent(&r->out, r->lang, share, 0);
}

void
page_format_decimal(struct req *r, double x)
{
	i18n_decimal(&r->out, r->lang, x, 1);
}

void
page_format_month_date(struct req *r, struct date date)
{
	struct date_parts parts = date_parts(date);

	if (date.day)
		i18n_month_of(&r->out, r->lang, parts.year, parts.month);
}

void
page_format_month_int(struct req *r, int64_t month)
{
	need(month >= 1 && month <= 12);
	out_str(&r->out, i18n_month(r->lang, (int)month));
}

void
page_format_week_date(struct req *r, struct date date)
{
	if (date.day)
		i18n_week(&r->out, r->lang, week_of(date).week);
}

void
page_format_week_int(struct req *r, int64_t week)
{
	i18n_week(&r->out, r->lang, week);
}

void
page_format_time(struct req *r, int64_t minutes)
{
	i18n_time(&r->out, r->lang, minutes);
}

void
page_format_clock(struct req *r, int64_t minutes)
{
	i18n_clock(&r->out, r->lang, minutes);
}

void
page_format_iso_date(struct req *r, struct date date)
{
	char iso[11];

	out_str(&r->out, str_of(date_iso(date, iso)));
}

void
page_format_iso_instant(struct req *r, struct instant at)
{
	char iso[21];

	if (at.s)
		out_str(&r->out, str_of(instant_iso(at, iso)));
}

/* --- texts with slots ------------------------------------------------------------------------- */

void
page_said_part(struct req *r, const struct said *s, const struct text_part *part)
{
	if (part->kind == TEXT_LITERAL) {
		html_text(&r->out, (struct str){part->p, part->n});
	} else if (part->kind == TEXT_PARAM) {
		need(s->text && part->arg < s->text->params);
		if (s->text->param[part->arg].type == TEXT_TEXTS) {
			page_value_texts(r, s->arg[part->arg].t);
		} else {
			struct out o = out_new(r->arena);

			said_part_plain(&o, r->lang, *s, part);
			html_text(&r->out, out_text(&o));
		}
	}
}

void
page_said_inner(struct req *r, const struct said *s, const struct text_part *open)
{
	for (const struct text_part *part = open + 1;
	     part->kind != TEXT_SLOT_CLOSE && part->kind != TEXT_END; part++)
		page_said_part(r, s, part);
}

const struct text_part *
page_said_close(const struct text_part *open)
{
	need(open->kind == TEXT_SLOT_OPEN);
	while (open->kind != TEXT_SLOT_CLOSE) {
		need(open->kind != TEXT_END);
		open++;
	}
	return open;
}

/* --- rights and forms ------------------------------------------------------------------------- */

bool
page_may(const struct req *r, int right)
{
	return actor_may(&r->actor, right, route_place(r));
}

void
page_form_open(struct req *r, struct str action)
{
	size_t end = 0;
	struct form_way way;

	/* The hidden field is signed for a path of ours, and must not be sent elsewhere. */
	need(action.n && action.p[0] == '/' &&
	    !(action.n > 1 && (action.p[1] == '/' || action.p[1] == '\\')));
	while (end < action.n && action.p[end] != '?' && action.p[end] != '#')
		end++;
	out_lit(&r->out, "<form method=\"post\" action=\"");
	html_href(&r->out, action);
	out_char(&r->out, '"');
	way = form_way_to(r, str_sub(action, 0, end));
	if (way.file)
		out_lit(&r->out, " enctype=\"multipart/form-data\"");
	out_char(&r->out, '>');
	if (way.plain)
		return;
	out_lit(&r->out, "<input type=\"hidden\" name=\"once\" value=\"");
	html_attr(&r->out, once_new(r, str_sub(action, 0, end)));
	out_lit(&r->out, "\">");
}

void
page_form_close(struct req *r)
{
	out_lit(&r->out, "</form>");
}

void
page_field(struct req *r, const char *form, const char *field)
{
	const struct form_state *state = form_find(r, form);

	need(state); /* the handler calls form_show first */
	r->app->field(r, state, form_field_index(state->spec, field));
}
