/* Calendars from anywhere. Whatever comes, the list keeps its promises, and what was read can be written and read
 * again. */
#include "lib/ical_read.h"

#include "lib/ical.h"
#include "lib/out.h"
#include "lib/typed.h"
#include "lib/zone.h"

#include "test/fuzz/fuzz.h"

static void
is_clean(struct arena *a, struct str s, bool lines, size_t most)
{
	need(str_is_utf8(s) && str_chars(s) <= most);
	need(str_eq(typed_text(a, s, lines), s));
}

static void
is_occurrence(struct arena *a, const struct ical_occurrence *o, struct span days, const struct zone *zone)
{
	is_clean(a, o->uid, false, ICAL_TITLE_CHARS_MAX);
	is_clean(a, o->title, false, ICAL_TITLE_CHARS_MAX);
	is_clean(a, o->place, false, ICAL_TITLE_CHARS_MAX);
	is_clean(a, o->description, true, ICAL_TEXT_CHARS_MAX);
	need(o->line > 0);
	if (o->days.first.day) {
		need(o->starts.s == 0 && o->ends.s == 0 && o->days.last.day >= o->days.first.day);
		need(o->days.first.day <= days.last.day && o->days.last.day >= days.first.day);
	} else {
		need(o->ends.s >= o->starts.s && o->starts.s < instant_of_local(zone, date_add_days(days.last, 1),
		    0).s);
		need(o->ends.s >= instant_of_local(zone, days.first, 0).s);
	}
}

/* Each as an event of its own, which is what a room would keep. */
static void
is_written_and_read(struct arena *a, const struct ical_reading *r, struct span days, const struct zone *zone)
{
	struct ical calendar = {.method = ICAL_PUBLISH, .name = r->name, .zone = zone, .n = r->n};
	struct ical_event *e = ARENA_ARRAY(a, struct ical_event, r->n);
	struct ical_reading again;
	struct out o = out_new(a);

	for (size_t i = 0; i < r->n; i++)
		e[i] = (struct ical_event){
			.uid = str_fmt(a, "%06zu", i),
			.changed = {1},
			.title = r->at[i].title.n ? r->at[i].title : STR("-"),
			.description = r->at[i].description,
			.place = r->at[i].place,
			.starts = r->at[i].starts,
			.ends = r->at[i].ends,
			.days = r->at[i].days,
			.instead_of_day = r->at[i].starts.s ? (struct date){0} : r->at[i].of_day,
			.status = r->at[i].cancelled ? ICAL_CANCELLED : ICAL_CONFIRMED,
		};
	calendar.at = e;
	ical_write(&o, &calendar);
	if (o.n > ICAL_BYTES_MAX || r->n > ICAL_EVENTS_MAX)
		return;
	again = ical_read(a, out_text(&o), days, zone);
	need(again.n == r->n && again.problems_in_all == 0 && str_eq(again.name, r->name));
	for (size_t i = 0; i < r->n; i++) {
		const struct ical_occurrence *x = &r->at[i], *y = &again.at[i];

		need(x->starts.s == y->starts.s && x->ends.s == y->ends.s && x->cancelled == y->cancelled);
		need(x->days.first.day == y->days.first.day && x->days.last.day == y->days.last.day);
		need(x->title.n == 0 || str_eq(x->title, y->title));
		need(str_eq(x->place, y->place) && str_eq(x->description, y->description));
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	const struct zone *zone = zone_find(STR("Europe/Helsinki"));
	struct span days = {date_of(2026, 8, 1), date_of(2027, 7, 31)};
	struct arena *a = fuzz_arena();
	struct ical_reading r = ical_read(a, (struct str){(const char *)data, n}, days, zone);

	need(arena_used(a) <= ICAL_ARENA_BYTES_MAX);
	need(r.n <= ICAL_OCCURRENCES_MAX && r.problems <= ICAL_PROBLEMS_MAX && r.problems <= r.problems_in_all);
	for (size_t i = 0; i < r.problems; i++)
		is_clean(a, r.problem[i].what, false, ICAL_TITLE_CHARS_MAX);
	for (size_t i = 0; i < r.n; i++)
		is_occurrence(a, &r.at[i], days, zone);
	is_written_and_read(a, &r, days, zone);
	return 0;
}
