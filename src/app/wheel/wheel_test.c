#include "app/wheel/wheel.h"

#include <stdlib.h>
#include <string.h>

#include "app/campus/campus.h"
#include "app/people/people.h"
#include "app/wheel/wheel.sql.h" /* generated */
#include "core/db/db.h"
#include "lib/arena.h"
#include "test/world.h"

/* --- what a reader sees --------------------------------------------------------------------------------- */

TEST(an_item_waits_two_weeks_after_its_last_day_and_only_for_those_signed_in)
{
	struct school_year y = {.state = SCHOOL_YEAR_STATE_PUBLISHED};
	struct date ends = date_of(2026, 11, 1);

	CHECK_INT(wheel_sight(&y, ends, NULL, date_of(2026, 11, 15), true), WHEEL_NO_ANSWER);
	CHECK_INT(wheel_sight(&y, ends, NULL, date_of(2026, 11, 16), true), WHEEL_WAITING);
	CHECK_INT(wheel_sight(&y, ends, NULL, date_of(2027, 6, 1), false), WHEEL_NO_ANSWER);
	y.state = SCHOOL_YEAR_STATE_CLOSED;
	CHECK_INT(wheel_sight(&y, ends, NULL, date_of(2026, 11, 16), true), WHEEL_NO_INFORMATION);
}

TEST(an_answer_that_was_taken_back_is_no_answer)
{
	struct school_year y = {.state = SCHOOL_YEAR_STATE_PUBLISHED};
	struct wheel_answer a = {.state = WHEEL_ANSWER_STATE_NONE_YET};

	CHECK_INT(wheel_sight(&y, date_of(2026, 11, 23), &a, date_of(2026, 11, 23), true), WHEEL_NO_ANSWER);
	a.state = WHEEL_ANSWER_STATE_OUR_WAY;
	CHECK_INT(wheel_sight(&y, date_of(2026, 11, 23), &a, date_of(2026, 11, 23), false), WHEEL_OUR_WAY);
}

/* --- answering ------------------------------------------------------------------------------------------ */

static struct answered
answer(struct world *w, const char *who, const char *item, const char *fields)
{
	return world_post(w, who, str_z(w->arena, str_fmt(w->arena, "%s/answer", item)), fields);
}

TEST(staff_answer_for_their_campus_and_everyone_reads_it)
{
	struct world *w = world(t);
	const char *item = world_item(w, "pohja", "mental_week");

	CHECK_INT(answer(w, "ilmari", item, "state=done&words=mets%C3%A4k%C3%A4vely&version=0").status, 303);
	CHECK_HOLDS(world_get(w, NULL, item), "metsäkävely");
	CHECK_HOLDS(world_get(w, "siv", world_item(w, "metsa", "mental_week")), "metsäkävely");
	world_end(w);
}

/* Two people answer from the same page; the first one's words stay, the second is shown both. */
TEST(answering_twice_keeps_the_first_words)
{
	struct world *w = world(t);
	const char *item = world_item(w, "pohja", "mental_week");
	struct answered second;

	CHECK_INT(answer(w, "ilmari", item, "state=done&words=first&version=0").status, 303);
	second = answer(w, "aino", item, "state=our_way&words=second&version=0");
	CHECK_INT(second.status, 409);
	CHECK_HOLDS(second, "first");
	CHECK_HOLDS(second, "second");
	CHECK_LACKS(world_get(w, NULL, item), "second");
	world_end(w);
}

TEST(a_change_of_mind_keeps_the_history_and_can_be_undone)
{
	struct world *w = world(t);
	const char *item = world_item(w, "pohja", "mental_week");
	const char *undo = str_z(w->arena, str_fmt(w->arena, "%s/undo", item));

	CHECK_INT(answer(w, "ilmari", item, "state=done&words=first&version=0").status, 303);
	CHECK_INT(answer(w, "ilmari", item, "state=our_way&words=second&version=1").status, 303);
	CHECK_HOLDS(world_get(w, "ilmari", item), "first"); /* said earlier */
	CHECK_LACKS(world_get(w, NULL, item), "first");
	CHECK_INT(world_post(w, "ilmari", undo, "version=2").status, 303);
	CHECK_HOLDS(world_get(w, NULL, item), "first");
	CHECK_INT(world_post(w, "ilmari", undo, "version=2").status, 409); /* someone wrote since */
	world_end(w);
}

TEST(nobody_answers_for_a_campus_they_have_no_role_on)
{
	struct world *w = world(t);

	CHECK_INT(answer(w, "ilmari", world_item(w, "ranta", "mental_week"), "state=done&version=0").status, 403);
	CHECK_INT(answer(w, "mira", world_item(w, "asema", "mental_week"), "state=done&version=0").status, 403);
	CHECK_INT(answer(w, "oona", world_item(w, "ranta", "mental_week"), "state=done&version=0").status, 403);
	CHECK_INT(answer(w, "tapani", world_item(w, "pohja", "mental_week"), "state=done&version=0").status, 403);
	CHECK_INT(answer(w, "aino", world_item(w, "metsa", "mental_week"), "state=done&version=0").status, 303);
	world_end(w);
}

/* The student body's board answers its own items, on every campus, and no others. */
TEST(the_student_body_answers_its_own)
{
	struct world *w = world(t);

	CHECK_INT(answer(w, "joel", world_item(w, "asema", "friends_week"), "state=done&version=0").status, 303);
	CHECK_INT(answer(w, "joel", world_item(w, "asema", "mental_week"), "state=done&version=0").status, 403);
	world_end(w);
}

TEST(what_is_missing_in_an_answer_is_said_and_nothing_is_lost)
{
	struct world *w = world(t);
	const char *item = world_item(w, "pohja", "mental_week");
	struct answered a = answer(w, "ilmari", item, "words=jotain&version=0");

	CHECK_INT(a.status, 422);
	CHECK_HOLDS(a, "Valitse, miten kävi");
	CHECK_HOLDS(a, "jotain");
	a = answer(w, "ilmari", item, "state=not_here&words=x&version=0");
	CHECK_INT(a.status, 422);
	CHECK_HOLDS(a, "Valitse syy");
	CHECK_INT(answer(w, "ilmari", item, "state=our_way&version=0").status, 422);
	a = answer(w, "ilmari", item, "state=done&starts=24.12.2026&ends=1.12.2026&version=0");
	CHECK_INT(a.status, 422);
	a = answer(w, "ilmari", item, "state=done&starts=1.1.2031&version=0");
	CHECK_INT(a.status, 422);
	CHECK_HOLDS(a, "1.8.2026");
	CHECK_INT(answer(w, "ilmari", item, "state=not_here&reason=does_not_fit&version=0").status, 303);
	world_end(w);
}

TEST(the_public_never_reads_waiting_or_a_name)
{
	struct world *w = world(t);

	CHECK_LACKS(world_get(w, NULL, "/fi/wheel/2026/campuses"), "odottaa");
	CHECK_HOLDS(world_get(w, "ilmari", "/fi/wheel/2026/campuses"), "odottaa vastausta");
	CHECK_LACKS(world_get(w, NULL, world_item(w, "pohja", "orientation")), "Ilmari");
	CHECK_HOLDS(world_get(w, "aino", world_item(w, "pohja", "orientation")), "Ilmari");
	CHECK_LACKS(world_get(w, "aino", "/fi/wheel/2026/campuses"), "Ilmari");
	CHECK_LACKS(world_get(w, "aino", "/fi/wheel/2026/campuses"), "%");
	CHECK_LACKS(world_get(w, "aino", "/fi/wheel/2026/campuses"), "myöhässä");
	world_end(w);
}

/* The provider's answer has no campus and there is one of it. */
TEST(the_provider_answers_once)
{
	struct world *w = world(t);
	const char *item = world_item(w, NULL, "plan_review");

	CHECK_INT(answer(w, "ilmari", item, "state=done&version=0").status, 403);
	CHECK_INT(answer(w, "tapani", item, "state=done&words=julki&version=0").status, 303);
	CHECK_INT(answer(w, "aino", item, "state=done&version=0").status, 409);
	CHECK_HOLDS(world_get(w, NULL, item), "julki");
	CHECK_LACKS(world_get(w, NULL, "/fi/wheel/2026/campuses"), "Opiskeluhuoltosuunnitelman vuosiarviointi");
	world_end(w);
}

TEST(a_colleague_says_thanks_once_and_takes_it_back)
{
	struct world *w = world(t);
	const char *item = world_item(w, "asema", "mental_week");
	const char *thanks = "/fi/wheel/thanks", *back = "/fi/wheel/thanks/end";
	const char *field;

	CHECK_INT(answer(w, "reino", item, "state=done&words=saunailta&version=0").status, 303);
	CHECK_LACKS(world_get(w, NULL, item), "/thanks");
	field = str_z(w->arena, str_fmt(w->arena, "answer=%lld",
	    (long long)world_hidden(world_get(w, "kerttu", item), "answer")));
	CHECK_INT(world_post(w, "kerttu", thanks, field).status, 303);
	CHECK_INT(world_post(w, "kerttu", thanks, field).status, 303);
	CHECK_HOLDS(world_get(w, "siv", item), "1 kiitos");
	CHECK_INT(world_post(w, "reino", thanks, field).status, 404); /* not oneself */
	CHECK_INT(world_post(w, "mira", thanks, field).status, 403);
	CHECK_INT(world_post(w, "kerttu", back, field).status, 303);
	CHECK_LACKS(world_get(w, "siv", item), "1 kiitos");
	world_end(w);
}

TEST(one_press_answers_a_task)
{
	struct world *w = world(t);
	struct answered tasks = world_get(w, "ilmari", "/fi/me/tasks");
	const char *item = world_item(w, "pohja", "attendance_autumn");
	int64_t id = strtoll(strrchr(item, '/') + 1, NULL, 10);

	CHECK_INT(tasks.status, 200);
	CHECK_HOLDS(tasks, "Merkitse tehdyksi");
	CHECK_INT(world_post(w, "ilmari", "/fi/me/tasks/done", str_z(w->arena, str_fmt(w->arena,
	    "item=%lld&campus=1&version=0", (long long)id))).status, 303);
	CHECK_HOLDS(world_get(w, "ilmari", "/fi/me/tasks"), "Kumoa");
	CHECK_INT(world_post(w, "ilmari", "/fi/me/tasks/done", str_z(w->arena, str_fmt(w->arena,
	    "item=%lld&campus=2&version=0", (long long)id))).status, 403);
	world_end(w);
}

/* --- items and years -------------------------------------------------------------------------------------- */

TEST(a_campus_adds_an_item_of_its_own)
{
	struct world *w = world(t);
	struct answered a = world_post(w, "siv", "/sv/metsa/wheel/2026/new",
	    "title_sv=Vedklyvning&timing=dates&starts=1.12.2026&every=year&ring=2&answers=campus&version=0");

	CHECK_INT(a.status, 303);
	CHECK_HOLDS(world_get(w, NULL, "/sv/metsa/wheel/2026"), "Vedklyvning");
	CHECK_LACKS(world_get(w, NULL, "/sv/pohja/wheel/2026"), "Vedklyvning");
	CHECK_LACKS(world_get(w, NULL, "/sv/wheel/2026"), "Vedklyvning");
	CHECK_HOLDS(world_get(w, NULL, "/fi/metsa/wheel/2026"), "<span lang=\"sv\">Vedklyvning</span>");
	CHECK_INT(world_post(w, "siv", "/sv/pohja/wheel/2026/new", "title_sv=x&timing=week&week=5&every=year&ring=2&"
	    "answers=campus&version=0").status, 403);
	world_end(w);
}

TEST(an_item_is_moved_cancelled_and_brought_back)
{
	struct world *w = world(t);
	const char *item = world_item(w, NULL, "mental_week");
	const char *edit = str_z(w->arena, str_fmt(w->arena, "%s/edit", item));
	const char *cancel = str_z(w->arena, str_fmt(w->arena, "%s/cancel", item));
	struct answered a;

	CHECK_INT(world_post(w, "ilmari", edit,
	    "title_fi=x&timing=week&week=5&every=year&ring=1&answers=campus&version=1")
	    .status, 403);
	a = world_post(w, "aino", edit,
	    "title_fi=Mielen+viikko&timing=week&week=53&every=year&ring=1&answers=campus&version=1");
	CHECK_INT(a.status, 303);
	CHECK_HOLDS(world_get(w, NULL, item), "28.12.2026");
	a = world_post(w, "aino", edit,
	    "title_fi=toinen&timing=week&week=5&every=year&ring=1&answers=campus&version=1");
	CHECK_INT(a.status, 409);
	CHECK_HOLDS(a, "toinen");
	a = world_post(w, "aino", edit, "title_fi=&timing=week&week=54&every=year&ring=1&answers=campus&version=2");
	CHECK_INT(a.status, 422);
	a = world_post(w, "aino", edit,
	    "title_fi=x&timing=dates&starts=1.1.2030&every=year&ring=1&answers=campus&version=2");
	CHECK_INT(a.status, 422);
	CHECK_INT(world_post(w, "aino", cancel, "version=2&cancelled=1").status, 303);
	CHECK_LACKS(world_get(w, NULL, "/fi/wheel/2026"), "Mielen viikko");
	CHECK_INT(world_post(w, "aino", cancel, "version=3&cancelled=0").status, 303);
	CHECK_HOLDS(world_get(w, NULL, "/fi/wheel/2026"), "Mielen viikko");
	world_end(w);
}

TEST(a_year_is_begun_published_closed_and_reopened)
{
	struct world *w = world(t);

	CHECK_STATUS(w, NULL, "/fi/wheel/2027", 404);
	CHECK_INT(world_post(w, "aino", "/fi/admin/wheel/begin", "year=2027").status, 303);
	CHECK_INT(world_post(w, "aino", "/fi/admin/wheel/begin", "year=2027").status, 409);
	CHECK_STATUS(w, "ilmari", "/fi/wheel/2027", 404);
	CHECK_STATUS(w, "aino", "/fi/wheel/2027", 200);
	CHECK_HOLDS(world_get(w, "aino", "/fi/wheel/2027"), "Mielenterveysviikko");
	CHECK_INT(world_post(w, "aino", "/fi/admin/wheel/publish", "year=2027&version=1").status, 303);
	CHECK_STATUS(w, NULL, "/fi/wheel/2027", 200);
	CHECK_INT(world_post(w, "aino", "/fi/admin/wheel/publish", "year=2027&version=1").status, 409);
	CHECK_INT(world_post(w, "aino", "/fi/admin/wheel/close", "year=2026&version=2").status, 303);
	CHECK_HOLDS(world_get(w, NULL, "/fi/wheel/2026/campuses"), "ei tietoa");
	CHECK_INT(answer(w, "ilmari", world_item(w, "pohja", "mental_week"), "state=done&version=0").status, 403);
	CHECK_INT(world_post(w, "aino", "/fi/admin/wheel/reopen", "year=2026&version=3").status, 303);
	CHECK_INT(answer(w, "ilmari", world_item(w, "pohja", "mental_week"), "state=done&version=0").status, 303);
	world_end(w);
}

TEST(a_proposal_goes_to_the_coordinator_and_gets_a_reply)
{
	struct world *w = world(t);
	const char *item = world_item(w, "pohja", "mental_week");

	CHECK_INT(world_post(w, "joel", str_z(w->arena, str_fmt(w->arena, "%s/proposal", item)),
	    "words=Lis%C3%A4%C3%A4+ulkoilua").status, 303);
	CHECK_HOLDS(world_get(w, "aino", "/fi/admin/wheel"), "Lisää ulkoilua");
	CHECK_INT(world_post(w, "aino", "/fi/admin/wheel/proposal",
	    "proposal=2&verdict=accepted&reply=Hyv%C3%A4").status, 303);
	CHECK_HOLDS(world_get(w, "joel", item), "hyväksytty: Hyvä");
	world_end(w);
}

TEST(the_coordinator_adds_material_and_takes_it_away)
{
	struct world *w = world(t);
	const char *item = world_item(w, NULL, "mental_day");
	const char *material = str_z(w->arena, str_fmt(w->arena, "%s/material", item));
	const char *away = str_z(w->arena, str_fmt(w->arena, "%s/material/end", item));
	struct answered a;

	CHECK_INT(world_post(w, "ilmari", material, "kind=message&title_fi=x&body_fi=y").status, 403);
	CHECK_INT(world_post(w, "aino", material, "kind=link&title_fi=Ohje&url=javascript:alert(1)").status, 422);
	CHECK_INT(world_post(w, "aino", material, "kind=message&title_fi=Viesti").status, 422);
	CHECK_INT(world_post(w, "aino", material, "kind=message&title_fi=Uusi+viesti&body_fi=Tervetuloa").status, 303);
	a = world_get(w, NULL, item);
	CHECK_HOLDS(a, "Uusi viesti");
	CHECK_HOLDS(a, "Tervetuloa");
	a = world_get(w, "aino", str_z(w->arena, str_fmt(w->arena, "%s/edit", item)));
	CHECK_INT(world_post(w, "aino", away, str_z(w->arena, str_fmt(w->arena, "material=%lld",
	    (long long)world_hidden(a, "material")))).status, 303);
	CHECK_LACKS(world_get(w, NULL, item), "Uusi viesti");
	world_end(w);
}
