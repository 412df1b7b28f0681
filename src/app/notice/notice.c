#include "app/notice/inside.h"

#include "lib/json.h"
#include "lib/out.h"

#include "core/db/tx.h"

#include "app/journal/journal.h"
#include "app/notice/notice.sql.h"   /* generated */
#include "app/notice/notice.texts.h" /* generated */
#include "app/people/people.h"
#include "app/room.h"

const struct event notice_saved = {"notice.saved", T_NOTICE_EVENT_SAVED};
const struct event notice_ended = {"notice.ended", T_NOTICE_EVENT_ENDED};
const struct event notice_returned = {"notice.returned", T_NOTICE_EVENT_RETURNED};

struct notice_list
notices_shown(struct tx *tx, campus_id campus, struct date today)
{
	return notices_on(tx, campus, today, NOTICES_SHOWN_MAX);
}

/* For the journal. */
static struct str
lines_of(struct tx *tx, notice_id id)
{
	struct out o = out_new(tx->arena);
	struct notice n;
	char iso[11];

	if (notice_by_id(tx, id, &n)) {
		journal_texts(&o, "words", n.words);
		journal_line(&o, "starts", str_of(date_iso(n.starts, iso)));
		journal_line(&o, "ends", str_of(date_iso(n.ends, iso)));
	}
	return out_text(&o);
}

enum verdict
notice_save(struct tx *tx, const struct actor *who, notice_id id, campus_id campus, const struct notice_form *form,
    struct date today)
{
	struct str was = STR("");

	if (id.n == 0) {
		if (notices_ahead(tx, campus, today) >= NOTICES_AHEAD_MAX)
			return VERDICT_TAKEN;
		id = notice_add(tx, campus, form->words, form->starts, form->ends, (person_id){who->person}, tx->now);
	} else {
		was = lines_of(tx, id);
		if (notice_change(tx, id, campus, form->words, form->starts, form->ends, form->version) == 0)
			return VERDICT_CONFLICT;
	}
	journal_add(tx, who, (struct journal_entry){&notice_saved, campus.n, id.n, was, lines_of(tx, id)});
	return VERDICT_OK;
}

enum verdict
notice_set_ended(struct tx *tx, const struct actor *who, const struct notice *notice, int64_t version, bool ended)
{
	struct str lines = lines_of(tx, notice->id);

	if ((ended ? notice_end(tx, notice->id, notice->campus, tx->now, version)
	    : notice_return(tx, notice->id, notice->campus, version)) == 0)
		return VERDICT_CONFLICT;
	journal_add(tx, who, (struct journal_entry){ended ? &notice_ended : &notice_returned, notice->campus.n,
	    notice->id.n, ended ? lines : STR(""), ended ? STR("") : lines});
	return VERDICT_OK;
}

/* --- the demo ------------------------------------------------------------------------------------ */

/* {"campus": "pohja", "by": "ilmari", "words": …, "from": -2, "until": 12}: days from today. */
void
notice_load_demo(struct tx *tx, struct json_in *in, const struct json *world, struct date today)
{
	struct json_items list = json_list(in, world, "notices");

	for (size_t i = 0; i < list.n; i++) {
		const struct json *j = &list.at[i];
		struct str slug = json_text_or(in, j, "campus", STR(""));
		struct campus campus = {0};
		struct person by;

		if ((slug.n && !campus_find(tx, slug, &campus)) || !person_with_key(tx, json_text(in, j, "by"), &by))
			json_problem(in, j, "names no campus or nobody");
		else
			notice_add(tx, campus.id, json_texts(in, j, "words"),
			    date_add_days(today, (int)json_int(in, j, "from", -400, 400)),
			    date_add_days(today, (int)json_int(in, j, "until", -400, 400)), by.id, tx->now);
	}
}

/* --- the room ------------------------------------------------------------------------------------ */

static const struct route *const tables[] = {notice_routes, NULL};

static const struct event *const events[] = {&notice_saved, &notice_ended, &notice_returned, NULL};

static struct texts
named(struct tx *tx, const struct event *event, int64_t subject)
{
	struct notice n;

	(void)event;
	return notice_by_id(tx, (notice_id){subject}, &n) ? n.words : (struct texts){0};
}

const struct room notice_room = {
	.name = "notice",
	.routes = tables,
	.front = notice_draw_front,
	.screen = notice_draw_screen,
	.events = events,
	.named = named,
	.seed_demo = notice_load_demo,
};
