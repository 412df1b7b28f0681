/* The year as a file: a table, JSON, or a calendar. What it holds an import takes in again; see import.c. */
#include "app/wheel/pages.h"

#include "lib/arena.h"
#include "lib/json.h"
#include "lib/need.h"

#include "core/db/tx.h"
#include "core/mail/mail.h"

#include "app/calendar/calendar.h"
#include "app/page/page.h"
#include "app/rights.h" /* generated */
#include "app/wheel/columns.h"
#include "app/wheel/import.texts.h" /* generated */
#include "app/wheel/wheel.sql.h"    /* generated */

static struct str
years_words(struct req *r, const struct school_year *y)
{
	return str_fmt(r->arena, "%lld–%lld", (long long)y->year, (long long)y->year + 1);
}

/* "vuosikello-2026-2027-pohja.csv" */
static struct str
file_name(struct req *r, struct said name, struct str ending)
{
	const struct campus *campus = r->campus;
	struct str slug = str_slug(r->arena, said_plain(r->arena, r->lang, name), 60);

	return str_fmt(r->arena, "%.*s%s%.*s.%.*s", STR_ARG(slug), campus ? "-" : "",
	    STR_ARG(campus ? campus->slug : STR("")), STR_ARG(ending));
}

/* --- JSON ------------------------------------------------------------------------------------------------ */

static void
json_field(struct out *o, const char *name, struct str value)
{
	if (value.n == 0)
		return;
	out_fmt(o, ",\"%s\":", name);
	json_write_text(o, value);
}

static void
json_texts_field(struct out *o, const char *name, struct texts value)
{
	const char *between = "";

	if (texts_in(value, LANG_FI).text.n == 0)
		return;
	out_fmt(o, ",\"%s\":{", name);
	for (enum lang l = 0; l < LANG_COUNT; l++)
		if (value.at[l].n) {
			out_fmt(o, "%s\"%s\":", between, lang_code(l));
			json_write_text(o, value.at[l]);
			between = ",";
		}
	out_char(o, '}');
}

static void
json_day(struct out *o, const char *name, struct date day)
{
	char iso[11];

	out_fmt(o, ",\"%s\":\"%s\"", name, date_iso(day, iso));
}

static void
json_measures(struct out *o, const struct wheel_names *names, int64_t bits)
{
	const char *between = ",\"measures\":[";

	for (size_t i = 0; i < names->measures.n && i < WHEEL_BITS_MAX; i++)
		if (bits & INT64_C(1) << i) {
			out_fmt(o, "%s", between);
			json_write_text(o, names->measures.at[i].key);
			between = ",";
		}
	if (bits)
		out_char(o, ']');
}

static void
json_campuses(struct out *o, const struct wheel_names *names, struct ids campuses)
{
	const char *between = ",\"campuses\":[";

	for (size_t i = 0; i < names->campuses.n; i++)
		if (ids_has(campuses, names->campuses.at[i].id.n)) {
			out_fmt(o, "%s", between);
			json_write_text(o, names->campuses.at[i].slug);
			between = ",";
		}
	if (campuses.n)
		out_char(o, ']');
}

/* Materials come by item, and items by day. */
static size_t
first_of(struct wheel_material_list all, wheel_item_id item)
{
	size_t low = 0, high = all.n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (all.at[middle].item.n < item.n)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void
json_material(struct out *o, struct wheel_material_list all, wheel_item_id item)
{
	const char *between = ",\"material\":[";
	size_t first = first_of(all, item), i;

	for (i = first; i < all.n && all.at[i].item.n == item.n; i++) {
		out_fmt(o, "%s{\"kind\":\"%s\"", between, wheel_material_kind_words[all.at[i].kind]);
		json_texts_field(o, "title", all.at[i].title);
		json_texts_field(o, "body", all.at[i].body);
		json_field(o, "url", all.at[i].url);
		out_char(o, '}');
		between = ",";
	}
	if (i > first)
		out_char(o, ']');
}

static void
json_item(struct out *o, const struct wheel_names *names, const struct wheel_whole *w,
    struct wheel_material_list material, bool with_people)
{
	const struct wheel_item *i = w->item;
	const struct duty *duty = duty_in(names->duties, i->duty);
	const struct campus *own = campus_in(names->campuses, i->campus);
	const struct person *person = with_people ? person_in(names->people, i->person) : NULL;

	out_lit(o, "{\"key\":");
	json_write_text(o, wheel_item_key(o->arena, i));
	json_texts_field(o, "title", i->title);
	json_texts_field(o, "sentence", i->sentence);
	json_texts_field(o, "description", i->description);
	for (size_t k = 0; k < names->rings.n; k++)
		if (names->rings.at[k].id.n == i->ring.n)
			json_field(o, "ring", names->rings.at[k].key);
	if (i->timing == WHEEL_ITEM_TIMING_WEEK)
		out_fmt(o, ",\"week\":%lld", (long long)i->week);
	json_field(o, "holds", i->anchor);
	json_day(o, "starts", i->starts);
	json_day(o, "ends", i->ends);
	if (i->repeats > WHEEL_ITEM_REPEATS_NO)
		json_field(o, "repeats", str_of(wheel_item_repeats_words[i->repeats]));
	if (i->repeats_until.day)
		json_day(o, "repeats_until", i->repeats_until);
	json_field(o, "every", str_of(wheel_series_every_words[w->every]));
	json_field(o, "duty", duty ? duty->key : STR(""));
	json_field(o, "person", person ? person->name : STR(""));
	json_field(o, "answers", str_of(wheel_item_answers_words[i->answers]));
	out_fmt(o, ",\"core\":%s", i->core ? "true" : "false");
	if (i->guardians)
		out_str(o, STR(",\"guardians\":true"));
	json_measures(o, names, w->measures);
	json_campuses(o, names, w->campuses);
	json_field(o, "own", own ? own->slug : STR(""));
	json_material(o, material, i->id);
	out_char(o, '}');
}

static void
write_json(struct req *r, const struct wheel_names *names, struct wheel_whole_list items, bool with_people)
{
	struct wheel_material_list material = wheel_materials_of_year(r->tx, names->year.id);
	struct out *o = &r->out;

	out_fmt(o, "{\"wheel\":%lld", (long long)names->year.year);
	json_day(o, "starts", names->year.starts);
	json_day(o, "ends", names->year.ends);
	out_lit(o, ",\"items\":[\n");
	for (size_t i = 0; i < items.n; i++) {
		if (i)
			out_lit(o, ",\n");
		json_item(o, names, &items.at[i], material, with_people);
	}
	out_lit(o, "\n]}\n");
	r->type = STR("application/json");
}

/* --- a calendar ------------------------------------------------------------------------------------------ */

static void
write_ics(struct req *r, const struct wheel_names *names, struct wheel_whole_list items, struct said name)
{
	struct calendar_list list = {0};

	for (size_t k = 0; k < items.n; k++) {
		const struct wheel_item *i = items.at[k].item;
		const struct campus *own = campus_in(names->campuses, i->campus);
		struct str *ring = ARENA_NEW(r->arena, struct str);
		struct ical_event e;

		for (size_t n = 0; n < names->rings.n; n++)
			if (names->rings.at[n].id.n == i->ring.n)
				*ring = texts_in(names->rings.at[n].name, r->lang).text;
		e = (struct ical_event){
			.uid = wheel_item_key(r->arena, i),
			.sequence = i->version - 1,
			.changed = i->changed_at,
			.days = {i->starts, i->ends},
			.title = texts_in(i->title, r->lang).text,
			.description = texts_in(i->description, r->lang).text,
			.place = own ? texts_in(own->name, r->lang).text : STR(""),
			.url = mail_link(r->arena, wheel_item_address(r, &names->year, own, i->id)),
			.category = ring,
			.categories = ring->n > 0,
		};
		if (i->repeats > WHEEL_ITEM_REPEATS_NO)
			wheel_event_repeat(r->arena, &e, i, &names->year,
			    wheel_off_of(r->tx, i->campus, wheel_year_span(&names->year)));
		calendar_add(r->arena, &list, e);
	}
	calendar_answer(r, said_plain(r->arena, r->lang, name), list);
}

/* --- the year --------------------------------------------------------------------------------------------- */

static void
show_export(struct req *r)
{
	struct school_year y = wheel_year_or_404(r);
	const struct campus *campus = r->campus;
	struct str word = path_text(r, "form");
	struct said name = t_wheel_export_name(years_words(r, &y));
	bool with_people = actor_may(&r->actor, MAY_EDIT_WHEEL, r->place);
	struct wheel_names names = wheel_names_read(r->tx, &y, r->lang);
	struct wheel_whole_list items = wheel_wholes(r->tx, &names, campus
	    ? wheel_items_of_campus(r->tx, y.id, campus->id) : wheel_items_of_year(r->tx, y.id));
	enum page_sheet_form form;

	if (page_sheet_form(word, &form)) {
		struct str plain = said_plain(r->arena, r->lang, name);

		page_sheet(r, wheel_sheet(r->arena, &names, items, plain, with_people), form,
		    file_name(r, name, word));
		return;
	}
	if (str_is(word, "json"))
		write_json(r, &names, items, with_people);
	else if (str_is(word, "ics"))
		write_ics(r, &names, items, name);
	else
		page_not_found(r);
	r->filename = file_name(r, name, word);
}

static void
show_side_export(struct req *r)
{
	struct school_year y = wheel_year_or_404(r);
	struct str word = path_text(r, "form");
	struct said name = t_wheel_export_side_name(years_words(r, &y));
	enum page_sheet_form form;

	if (!page_sheet_form(word, &form))
		page_not_found(r);
	page_sheet(r, wheel_side_sheet(r, &y, said_plain(r->arena, r->lang, name)), form, file_name(r, name, word));
}

const struct route wheel_export_routes[] = {
	{GET, "/{lang}/wheel/{year}/export/{form}", MAY_ANYONE, show_export, .speed = SLOW},
	{GET, "/{lang}/{campus}/wheel/{year}/export/{form}", MAY_ANYONE, show_export, .speed = SLOW},
	{GET, "/{lang}/wheel/{year}/campuses/{form}", MAY_ANYONE, show_side_export, .speed = SLOW},
	{0},
};
