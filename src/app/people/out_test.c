/* Out until a day: what the deputy sees, what they may not, and how it ends. */
#include "lib/arena.h"

#include "test/test.h"
#include "test/world.h"

#define WORDS(...) str_z(w->arena, str_fmt(w->arena, __VA_ARGS__))

enum { DAY_S = 86400 };

static const char *
out_until(struct world *w, const char *day, const char *deputy)
{
	return WORDS("until=%s&deputy=%lld", day, (long long)world_person(w, deputy));
}

TEST(a_deputy_sees_the_tasks_of_somebody_who_is_out_until_the_day_is_over)
{
	struct world *w = world(t);
	struct answered tasks;

	CHECK_LACKS(world_get(w, "aino", "/fi/me/tasks"), "sijaistat: Ilmari");
	CHECK_INT(world_post(w, "ilmari", "/fi/me/settings/out", out_until(w, "25.11.2026", "aino")).status, 303);
	CHECK_HOLDS(world_get(w, "ilmari", "/fi/me"), "Olet poissa 25.11.2026 asti. Sijainen: Aino Tuohimaa");
	CHECK_HOLDS(world_get(w, "aino", "/fi/me"), "Sijaistat 25.11.2026 asti: Ilmari Kivisuvanto");
	tasks = world_get(w, "aino", "/fi/me/tasks");
	CHECK_HOLDS(tasks, "sijaistat: Ilmari Kivisuvanto");
	CHECK_HOLDS(tasks, "Huoltajien ilta");
	CHECK_HOLDS(world_get(w, "aino", "/fi/admin/journal"), "deputy: Aino Tuohimaa");
	world_pass(2 * DAY_S);
	CHECK_HOLDS(world_get(w, "aino", "/fi/me/tasks"), "sijaistat: Ilmari");
	/* it ends by itself */
	world_pass(DAY_S);
	CHECK_LACKS(world_get(w, "aino", "/fi/me/tasks"), "sijaistat: Ilmari");
	CHECK_LACKS(world_get(w, "aino", "/fi/me"), "Sijaistat");
	CHECK_LACKS(world_get(w, "ilmari", "/fi/me"), "Olet poissa");
	world_end(w);
}

TEST(a_deputy_gets_no_rights)
{
	struct world *w = world(t);

	/* Kerttu works on Ranta, Ilmari on Pohja */
	CHECK_HOLDS(world_get(w, "ilmari", "/fi/me/settings"), "Sijainen ei saa oikeuksiasi");
	CHECK_INT(world_post(w, "ilmari", "/fi/me/settings/out", out_until(w, "4.12.2026", "kerttu")).status, 303);
	CHECK_HOLDS(world_get(w, "ilmari", "/fi/me/settings"), "näiden kampusten puolesta: Pohja");
	CHECK_LACKS(world_get(w, "kerttu", "/fi/me/tasks"), "sijaisena");
	/* nor does one name somebody who answers nothing, or oneself */
	CHECK_INT(world_post(w, "ilmari", "/fi/me/settings/out", out_until(w, "4.12.2026", "mira")).status, 422);
	CHECK_INT(world_post(w, "ilmari", "/fi/me/settings/out", out_until(w, "4.12.2026", "ilmari")).status, 422);
	CHECK_INT(world_post(w, "ilmari", "/fi/me/settings/out", out_until(w, "22.11.2026", "aino")).status, 422);
	CHECK_INT(world_post(w, "mira", "/fi/me/settings/out", out_until(w, "4.12.2026", "aino")).status, 403);
	CHECK_LACKS(world_get(w, "mira", "/fi/me/settings"), "Sijainen");
	world_end(w);
}

TEST(whoever_is_back_early_says_so_and_takes_it_back)
{
	struct world *w = world(t);

	CHECK_INT(world_post(w, "ilmari", "/fi/me/settings/out", out_until(w, "4.12.2026", "aino")).status, 303);
	CHECK_INT(world_post(w, "ilmari", "/fi/me/settings/out/end", "").status, 303);
	CHECK_LACKS(world_get(w, "aino", "/fi/me"), "Sijaistat");
	CHECK_HOLDS(world_get(w, "ilmari", "/fi/me/settings"), "Olenkin vielä poissa");
	CHECK_INT(world_post(w, "ilmari", "/fi/me/settings/out/undo", "").status, 303);
	CHECK_HOLDS(world_get(w, "aino", "/fi/me"), "Sijaistat");
	CHECK_INT(world_post(w, "ilmari", "/fi/me/settings/out/undo", "").status, 404);
	/* a deputy who leaves is nobody's deputy */
	CHECK_INT(world_post(w, "ilmari", "/fi/me/settings/out", out_until(w, "4.12.2026", "kerttu")).status, 303);
	CHECK_INT(world_post(w, "aino", WORDS("/fi/admin/people/%lld/end", (long long)world_person(w, "kerttu")),
	    "sure=1").status, 303);
	CHECK_LACKS(world_get(w, "ilmari", "/fi/me"), "Olet poissa");
	CHECK_INT(world_post(w, "ilmari", "/fi/me/settings/out/undo", "").status, 404);
	world_end(w);
}

TEST(letters_come_in_the_language_one_chose)
{
	struct world *w = world(t);

	CHECK_INT(world_post(w, "siv", "/sv/me/settings/language", "language=fi").status, 303);
	CHECK_INT(world_post(w, "siv", "/sv/me/settings/language", "language=de").status, 422);
	CHECK_INT(world_post(w, NULL, "/fi/sign-in/mail", "email=siv%40nuotio.example").status, 303);
	CHECK_HOLDS(world_get(w, "aino", "/fi/admin/outbox"), "Kirjautumislinkki");
	world_end(w);
}
