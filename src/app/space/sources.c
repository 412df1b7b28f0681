/* The calendars of others: adding one, looking through what it brings, and the job that fetches them. */
#include "app/space/pages.h"

#include <stddef.h>

#include "lib/arena.h"
#include "lib/zone.h"

#include "core/db/tx.h"
#include "core/fetch.h"
#include "core/http/form.h"
#include "core/job/job.h"

#include "app/journal/journal.h"
#include "app/page/page.h"
#include "app/rights.h" /* generated */
#include "app/space/import.h"
#include "app/space/space.html.h"  /* generated */
#include "app/space/space.sql.h"   /* generated */
#include "app/space/space.texts.h" /* generated */

enum { EVENTS_SHOWN = 100, READ_EVERY_S = 3600, SOURCES_MAX = 200 };

const struct event space_source_changed = {"space.source_changed", T_SPACE_EVENT_SOURCE};

/* --- the form ------------------------------------------------------------------------------------------ */

struct source_form {
	int64_t kind, campus, space;
	struct str name, url;
};

#define AT(field) offsetof(struct source_form, field)

static const struct choice kinds[] = {
	{SPACE_SOURCE_KIND_TIMETABLE, "timetable", T_SPACE_SOURCE_TIMETABLE, T_SPACE_SOURCE_TIMETABLE_HINT},
	{SPACE_SOURCE_KIND_EVENTS, "events", T_SPACE_SOURCE_EVENTS, T_SPACE_SOURCE_EVENTS_HINT},
};

static const struct form_field source_fields[] = {
	{"kind", FORM_CHOICE, AT(kind), .required = true, .label = T_SPACE_SOURCE_KIND, .choices = {kinds, 2}},
	{"campus", FORM_SELECT, AT(campus), .required = true, .label = T_SPACE_SOURCE_CAMPUS},
	{"space", FORM_SELECT, AT(space), .label = T_SPACE_SOURCE_SPACE, .hint = T_SPACE_SOURCE_SPACE_HINT},
	{"name", FORM_TEXT, AT(name), .required = true, .max = 100, .label = T_SPACE_SOURCE_NAME},
	{"url", FORM_TEXT, AT(url), .required = true, .min = 8, .max = 500, .label = T_SPACE_SOURCE_URL,
	    .hint = T_SPACE_SOURCE_URL_HINT},
};

static void
check_source(struct req *r, void *form, struct form_state *state)
{
	const struct source_form *f = form;

	(void)r;
	if (f->kind == SPACE_SOURCE_KIND_TIMETABLE && f->space == 0)
		form_problem(state, "space", said(T_SPACE_SOURCE_SPACE_MISSING));
}

static const struct form_spec source_spec =
    FORM_SPEC("source", struct source_form, source_fields, .check = check_source);

static struct choices
campuses_to_choose(struct req *r)
{
	struct campus_list all = campus_all(r->tx);
	struct choice *at = ARENA_ARRAY(r->arena, struct choice, all.n);

	for (size_t i = 0; i < all.n; i++)
		at[i] = (struct choice){all.at[i].id.n, .plain = texts_in(all.at[i].name, r->lang).text};
	return (struct choices){at, all.n};
}

static struct choices
spaces_to_choose(struct req *r)
{
	struct space_list all = spaces_everywhere(r->tx);
	struct choice *at = ARENA_ARRAY(r->arena, struct choice, all.n + 1);

	at[0] = (struct choice){0, .plain = page_words(r, T_SPACE_SOURCE_NO_SPACE)};
	for (size_t i = 0; i < all.n; i++)
		at[i + 1] = (struct choice){all.at[i].id.n, .plain = texts_in(all.at[i].name, r->lang).text};
	return (struct choices){at, all.n + 1};
}

/* --- the page ------------------------------------------------------------------------------------------ */

/* How the last reading went. */
static struct said
state_words(const struct space_source *s)
{
	if (s->trouble != SPACE_SOURCE_TROUBLE_NO)
		return t_space_source_trouble(s->trouble, s->status);
	if (s->checked_at.s == 0)
		return said(T_SPACE_SOURCE_SOON);
	return s->left_out ? t_space_source_left_out(s->left_out) : said(T_SPACE_SOURCE_WELL);
}

static struct space_source_line_list
source_lines(struct req *r, struct space_source_list all, struct space_incoming_list incoming)
{
	struct space_source_line_list list = {ARENA_ARRAY(r->arena, struct space_source_line, all.n), all.n};
	struct campus_list campuses = campus_all(r->tx);

	for (size_t i = 0; i < all.n; i++) {
		const struct space_source *s = &all.at[i];
		const struct campus *campus = campus_in(campuses, s->campus);
		struct space space = {0};

		list.at[i] = (struct space_source_line){.id = s->id.n, .name = s->name, .url = s->url,
		    .kind = said(s->kind == SPACE_SOURCE_KIND_TIMETABLE ? T_SPACE_SOURCE_TIMETABLE
			: T_SPACE_SOURCE_EVENTS),
		    .state = state_words(s), .well = s->trouble == SPACE_SOURCE_TROUBLE_NO, .worked = s->worked_at};
		if (campus) {
			list.at[i].campus = campus->name;
			list.at[i].color = campus->color;
		}
		if (s->space.n && space_by_id(r->tx, s->space, &space)) {
			list.at[i].space = space.name;
			list.at[i].has_space = true;
		}
		for (size_t k = 0; k < incoming.n; k++)
			list.at[i].waiting += incoming.at[k].source.n == s->id.n;
	}
	return list;
}

static struct space_incoming_line_list
incoming_lines(struct req *r, struct space_incoming_list all, struct space_source_list sources)
{
	struct space_incoming_line_list list = {ARENA_ARRAY(r->arena, struct space_incoming_line, all.n), 0};
	struct campus_list campuses = campus_all(r->tx);

	for (size_t i = 0; i < all.n; i++)
		for (size_t k = 0; k < sources.n; k++) {
			const struct campus *campus = campus_in(campuses, sources.at[k].campus);
			const struct space_incoming *e = &all.at[i];

			if (sources.at[k].id.n == e->source.n && campus)
				list.at[list.n++] = (struct space_incoming_line){e->id.n, e->title, e->place,
				    space_incoming_words(r->zone, e), campus->name, sources.at[k].name, false};
		}
	return list;
}

struct said
space_incoming_words(const struct zone *zone, const struct space_incoming *e)
{
	struct local from = local_of(zone, e->starts), to = local_of(zone, (struct instant){e->ends.s - 1});

	if (e->whole_days)
		return t_space_whole_days(from.date, to.date);
	if (from.date.day != to.date.day)
		return t_space_slot_over(e->starts, e->ends);
	return space_slot_words(zone, (struct space_slot){e->starts, e->ends, false, 1});
}

static void
show_sources(struct req *r)
{
	struct space_source_list sources = space_sources(r->tx);
	struct space_incoming_list incoming = space_incoming_new(r->tx, r->now, EVENTS_SHOWN);
	struct form_state *form = form_show(r, &source_spec, NULL);

	form_choices(form, "campus", campuses_to_choose(r));
	form_choices(form, "space", spaces_to_choose(r));
	space_sources_html(r, &(struct space_sources_page){
		.sources = source_lines(r, sources, incoming),
		.incoming = incoming_lines(r, incoming, sources),
	});
}

/* --- what one can do ------------------------------------------------------------------------------------- */

static struct outcome
back(struct req *r, struct said flash)
{
	return see_other(r, "/{lang}/admin/calendars", flash);
}

static enum space_source_trouble
trouble_of(enum fetch_verdict verdict)
{
	switch (verdict) {
	case FETCH_OK:
	case FETCH_NOT_MODIFIED: return SPACE_SOURCE_TROUBLE_NO;
	case FETCH_NO_ADDRESS: return SPACE_SOURCE_TROUBLE_ADDRESS;
	case FETCH_WITH_PASSWORD: return SPACE_SOURCE_TROUBLE_PASSWORD;
	case FETCH_OTHER_PORT: return SPACE_SOURCE_TROUBLE_PORT;
	case FETCH_PRIVATE: return SPACE_SOURCE_TROUBLE_INSIDE;
	case FETCH_UNKNOWN_HOST: return SPACE_SOURCE_TROUBLE_HOST;
	case FETCH_TOO_MANY_REDIRECTS: return SPACE_SOURCE_TROUBLE_REDIRECTS;
	case FETCH_UNREACHABLE: return SPACE_SOURCE_TROUBLE_UNREACHABLE;
	case FETCH_UNTRUSTED: return SPACE_SOURCE_TROUBLE_UNTRUSTED;
	case FETCH_TOO_SLOW:
	case FETCH_STOPPED: return SPACE_SOURCE_TROUBLE_SLOW;
	case FETCH_BROKEN: return SPACE_SOURCE_TROUBLE_BROKEN;
	case FETCH_STATUS: return SPACE_SOURCE_TROUBLE_STATUS;
	case FETCH_TOO_BIG: return SPACE_SOURCE_TROUBLE_BIG;
	}
	return SPACE_SOURCE_TROUBLE_BROKEN;
}

static struct outcome
add(struct req *r)
{
	const struct source_form *f = r->form;
	struct space space = {0};
	bool lessons = f->kind == SPACE_SOURCE_KIND_TIMETABLE;
	enum fetch_verdict address = fetch_address(r->arena, f->url);
	space_source_id id;

	/* Before it is kept: a password would stand where everyone reads it who may. */
	if (address != FETCH_OK) {
		form_problem(form_posted(r), "url", t_space_source_trouble(trouble_of(address), 0));
		return refused(r, VERDICT_INVALID, (struct said){0});
	}
	if (!campus_in(campus_all(r->tx), (campus_id){f->campus}) ||
	    (lessons && (!space_by_id(r->tx, (space_id){f->space}, &space) || space.campus.n != f->campus))) {
		form_problem(form_posted(r), lessons ? "space" : "campus", said(T_SPACE_SOURCE_SPACE_ELSEWHERE));
		return refused(r, VERDICT_INVALID, (struct said){0});
	}
	id = space_source_add(r->tx, (campus_id){f->campus}, lessons ? space.id : (space_id){0},
	    (enum space_source_kind)f->kind, f->name, f->url);
	journal_add(r->tx, &r->actor, (struct journal_entry){&space_source_changed, f->campus, id.n, STR(""), f->url});
	return back(r, said(T_SPACE_SOURCE_ADDED));
}

struct source_id_form {
	int64_t source;
};

static const struct form_field source_id_fields[] = {
	{"source", FORM_HIDDEN, offsetof(struct source_id_form, source)},
};

static const struct form_spec source_id_spec = FORM_SPEC("source-id", struct source_id_form, source_id_fields);

static struct outcome
end_source(struct req *r)
{
	const struct source_id_form *f = r->form;
	struct space_source s;

	if (!space_source_by_id(r->tx, (space_source_id){f->source}, &s) ||
	    space_source_end(r->tx, s.id, r->now) == 0)
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	/* What it brought goes with it, bookings too. */
	import_finish(r->tx, &s, (struct instant){r->now.s + 1});
	journal_add(r->tx, &r->actor, (struct journal_entry){&space_source_changed, s.campus.n, s.id.n, s.url,
	    STR("")});
	return back(r, said(T_SPACE_SOURCE_ENDED));
}

static struct outcome
read_source(struct req *r)
{
	const struct source_id_form *f = r->form;

	return space_source_hurry(r->tx, (space_source_id){f->source}) ? back(r, said(T_SPACE_SOURCE_SOON))
	    : refused(r, VERDICT_NOT_FOUND, (struct said){0});
}

static struct outcome
show_all(struct req *r)
{
	const struct source_id_form *f = r->form;

	space_incoming_show_all(r->tx, (space_source_id){f->source}, r->now);
	return back(r, said(T_SPACE_INCOMING_SHOWN));
}

struct event_form {
	int64_t event, shown;
};

static const struct form_field event_fields[] = {
	{"event", FORM_HIDDEN, offsetof(struct event_form, event)},
	{"shown", FORM_HIDDEN, offsetof(struct event_form, shown)},
};

static const struct form_spec event_spec = FORM_SPEC("event", struct event_form, event_fields);

static struct outcome
settle_event(struct req *r)
{
	const struct event_form *f = r->form;
	struct space_incoming e;

	if (!space_incoming_by_id(r->tx, (space_incoming_id){f->event}, &e) || e.booking.n ||
	    e.state == SPACE_INCOMING_STATE_GONE)
		return refused(r, VERDICT_NOT_FOUND, (struct said){0});
	space_incoming_set(r->tx, e.id, f->shown == 1 ? SPACE_INCOMING_STATE_SHOWN : SPACE_INCOMING_STATE_HIDDEN);
	return back(r, said(f->shown == 1 ? T_SPACE_INCOMING_SHOWN : T_SPACE_INCOMING_HIDDEN));
}

const struct route space_source_routes[] = {
	{GET, "/{lang}/admin/calendars", MAY_EDIT_SPACES, show_sources, .whole = true},
	{POST, "/{lang}/admin/calendars", MAY_EDIT_SPACES, show_sources, add, &source_spec, .whole = true},
	{POST, "/{lang}/admin/calendars/end", MAY_EDIT_SPACES, show_sources, end_source, &source_id_spec,
	    .whole = true},
	{POST, "/{lang}/admin/calendars/read", MAY_EDIT_SPACES, show_sources, read_source, &source_id_spec,
	    .whole = true},
	{POST, "/{lang}/admin/calendars/all", MAY_EDIT_SPACES, show_sources, show_all, &source_id_spec, .whole = true},
	{POST, "/{lang}/admin/calendars/event", MAY_EDIT_SPACES, show_sources, settle_event, &event_spec,
	    .whole = true},
	{0},
};

/* --- the job --------------------------------------------------------------------------------------------- */

/* A reading that comes to nothing as a whole. */
static bool
is_no_calendar(const struct ical_reading *reading)
{
	for (size_t i = 0; i < reading->problems; i++)
		if (reading->problem[i].trouble <= ICAL_IS_NO_CALENDAR)
			return true;
	return false;
}

struct due {
	struct instant now;
	struct space_source_list list;
	const struct zone *zone;
};

static void
find_due(struct tx *tx, void *arg)
{
	struct due *d = arg;

	d->list = space_sources_due(tx, (struct instant){d->now.s - READ_EVERY_S});
	d->zone = space_zone(tx);
}

/* A part of a reading at a time, so that people who book meanwhile do not wait. */
struct part {
	const struct space_source *source;
	const struct ical_occurrence *at;
	size_t n;
	struct instant seen_at;
	bool last;
	const struct fetched *fetched;
	enum space_source_trouble trouble;
	int64_t left_out;
};

static void
take_part(struct tx *tx, void *arg)
{
	const struct part *p = arg;

	import_take(tx, p->source, p->at, p->n, p->seen_at);
	if (p->last)
		import_finish(tx, p->source, p->seen_at);
}

static void
note_checked(struct tx *tx, void *arg)
{
	const struct part *p = arg;
	bool good = p->trouble == SPACE_SOURCE_TROUBLE_NO, fresh = p->fetched->verdict == FETCH_OK && good;

	space_source_checked(tx, p->source->id, p->seen_at, good ? p->seen_at : p->source->worked_at,
	    fresh ? p->fetched->etag : p->source->etag, fresh ? p->fetched->date : p->source->modified, p->trouble,
	    p->fetched->status, fresh ? p->left_out : p->source->left_out);
}

static void
read_one(struct job_context *job, const struct space_source *source, const struct zone *zone)
{
	struct fetched fetched = fetch_from(job->arena,
	    &(struct fetch){.url = source->url, .accept = STR("text/calendar"), .etag = source->etag,
		.date = source->modified, .bytes_max = ICAL_BYTES_MAX, .seconds_max = 30, .job = job});
	struct instant now = job_now(job);
	struct date today = local_of(zone, now).date;
	struct part p = {.source = source, .seen_at = now, .fetched = &fetched, .trouble = trouble_of(fetched.verdict)};
	struct ical_reading reading = {0};
	bool good = true;

	if (fetched.verdict == FETCH_STOPPED)
		return;
	if (fetched.verdict == FETCH_OK) {
		reading = ical_read(job->arena, fetched.body,
		    (struct span){today, date_add_days(today, IMPORT_AHEAD_DAYS)}, zone);
		if (is_no_calendar(&reading))
			p.trouble = SPACE_SOURCE_TROUBLE_CALENDAR;
	}
	if (fetched.verdict == FETCH_OK && p.trouble == SPACE_SOURCE_TROUBLE_NO) {
		size_t most = reading.n < IMPORT_EVENTS_MAX ? reading.n : IMPORT_EVENTS_MAX, from = 0;

		p.left_out = (int64_t)(reading.problems_in_all + reading.n - most);
		do {
			p.at = reading.at + from;
			p.n = most - from < IMPORT_CHUNK ? most - from : IMPORT_CHUNK;
			p.last = from + p.n == most;
			good = job_write(job, take_part, &p) && job_continues(job);
			from += p.n;
		} while (good && !p.last);
	}
	if (good)
		job_write(job, note_checked, &p);
}

bool
import_due(struct tx *tx)
{
	return space_sources_due(tx, (struct instant){tx->now.s - READ_EVERY_S}).n > 0;
}

void
import_read(struct job_context *job)
{
	struct due due = {.now = job->now};

	if (!job_read(job, find_due, &due))
		return;
	for (size_t i = 0; i < due.list.n && i < SOURCES_MAX && job_continues(job); i++)
		read_one(job, &due.list.at[i], due.zone);
}
