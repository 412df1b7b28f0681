/* One press answers: a link of Monday's letter leads to a page with one button. Mail programs follow links, so only the
 * button changes anything. The link says one thing of one item for one person, for four weeks, and as long as that
 * person may say it. */
#include "app/letter/inside.h"

#include "lib/arena.h"

#include "core/db/tx.h"
#include "core/secret.h"

#include "app/campus/campus.h"
#include "app/letter/letter.html.h"  /* generated */
#include "app/letter/letter.texts.h" /* generated */
#include "app/page/page.h"
#include "app/rights.h" /* generated */

#define PRESS "letter done"

enum { GOOD_DAYS = 28, NUMBERS = 4 };

struct str
letter_press_address(struct tx *tx, person_id person, const struct wheel_due *due, struct date today, enum lang lang)
{
	struct str plain = str_fmt(tx->arena, "%lld-%lld-%lld-%d", (long long)person.n, (long long)due->item.n,
	    (long long)due->campus.n, (int)today.day + GOOD_DAYS);

	return mail_link(tx->arena, str_fmt(tx->arena, "/%s/letter/done/%.*s-%.*s", lang_code(lang), STR_ARG(plain),
	    STR_ARG(secret_sign(tx->arena, PRESS, plain))));
}

/* What the link of the path is about. */
struct press {
	struct actor who;
	struct wheel_due due;
};

/* False: we did not write it, it is older than four weeks, or its person may not answer this any more. */
static bool
find(struct req *r, struct press *p)
{
	struct str key = path_text(r, "key"), rest = key;
	int64_t n[NUMBERS];

	for (size_t i = 0; i < NUMBERS; i++)
		if (!str_int(str_cut(&rest, '-'), &n[i]))
			return false;
	if (rest.n + 1 > key.n || !secret_signed(PRESS, str_sub(key, 0, key.n - rest.n - 1), rest) ||
	    n[3] < r->today.day)
		return false;
	p->who = person_actor(r->tx, (person_id){n[0]}, r->today);
	return actor_signed_in(&p->who) &&
	    wheel_due_find(r->tx, &p->who, r->today, (wheel_item_id){n[1]}, (campus_id){n[2]}, &p->due);
}

static void
show_press(struct req *r)
{
	struct press p;
	const struct campus *campus;

	if (!find(r, &p)) {
		letter_gone_html(r, &(struct letter_gone_page){said(T_LETTER_GONE_DONE)});
		return;
	}
	campus = campus_in(campus_all(r->tx), p.due.campus);
	letter_press_html(r, &(struct letter_press_page){
		.title = p.due.title,
		.place = campus ? campus->name : provider_of(r->tx).name,
		.name = p.who.name,
		.open = p.due.open,
		.item = str_fmt(r->arena, "/%s%s%.*s/wheel/%lld/%lld", lang_code(r->lang), campus ? "/" : "",
		    STR_ARG(campus ? campus->slug : STR("")), (long long)p.due.year, (long long)p.due.item.n),
	});
}

/* A second press finds it answered, and says thanks as well. */
static struct outcome
press(struct req *r)
{
	struct press p;
	struct wheel_answer_form answer = {.state = WHEEL_ANSWER_STATE_DONE, .reason = WHEEL_ANSWER_REASON_NO};
	enum verdict v = VERDICT_OK;

	if (!find(r, &p))
		return refused(r, VERDICT_NOT_FOUND, said(T_LETTER_GONE_DONE));
	answer.version = p.due.answer.version;
	if (p.due.open)
		v = wheel_answer(r->tx, &p.who, p.due.item, p.due.campus, &answer, p.who.lang);
	return v == VERDICT_OK ? see_other(r, "/{lang}/letter/done/{key}", said(T_LETTER_THANKS))
	    : refused(r, v, (struct said){0});
}

const struct route letter_press_routes[] = {
	{GET, "/{lang}/letter/done/{key}", MAY_ANYONE, show_press},
	{POST, "/{lang}/letter/done/{key}", MAY_ANYONE, show_press, press},
	{0},
};
