/* Notices: who writes them where, who reads them when, and that nothing is lost. */
#include "app/notice/notice.h"

#include "lib/arena.h"

#include "test/test.h"
#include "test/world.h"

#define WORDS(...) str_z(w->arena, str_fmt(w->arena, __VA_ARGS__))

#define SHUTTLE "words_fi=Linja+7+ajaa%0AKulman+kautta&starts=24.11.2026&ends=26.11.2026&version=0"

enum { DAY_S = 86400 };

TEST(a_notice_is_read_by_everyone_from_its_first_day_to_its_last)
{
	struct world *w = world(t);

	CHECK_INT(world_post(w, "ilmari", "/fi/pohja/notices/new", SHUTTLE).status, 303);
	CHECK_LACKS(world_get(w, NULL, "/fi/pohja"), "Linja 7");
	/* until then only those who write see it coming */
	CHECK_LACKS(world_get(w, NULL, "/fi/pohja/notices"), "Linja 7");
	CHECK_HOLDS(world_part(world_get(w, "ilmari", "/fi/pohja/notices"), "Tulossa", "</ul>"), "Linja 7");
	world_pass(DAY_S);
	CHECK_HOLDS(world_get(w, NULL, "/fi/pohja"), "Linja 7 ajaa\nKulman kautta");
	CHECK_HOLDS(world_get(w, NULL, "/sv/pohja"), "lang=\"fi\">Linja 7 ajaa");
	CHECK_LACKS(world_get(w, NULL, "/fi/ranta"), "Linja 7");
	CHECK_LACKS(world_get(w, NULL, "/fi"), "Linja 7");
	world_pass(2 * DAY_S);
	CHECK_HOLDS(world_get(w, NULL, "/fi/pohja"), "Linja 7");
	world_pass(DAY_S);
	CHECK_LACKS(world_get(w, NULL, "/fi/pohja"), "Linja 7");
	CHECK_HOLDS(world_part(world_get(w, "ilmari", "/fi/pohja/notices"), "Päättyneet", "</ul>"), "Linja 7");
	world_end(w);
}

TEST(what_is_for_all_is_written_by_whoever_coordinates_all)
{
	struct world *w = world(t);
	const char *words = "words_sv=Alla+campus+har+glassdag&starts=23.11.2026&ends=23.11.2026&version=0";

	CHECK_INT(world_post(w, "ilmari", "/fi/notices/new", words).status, 403);
	CHECK_INT(world_post(w, "ilmari", "/fi/ranta/notices/new", SHUTTLE).status, 403);
	CHECK_INT(world_post(w, "joel", "/fi/pohja/notices/new", SHUTTLE).status, 403);
	CHECK_INT(world_post(w, "aino", "/fi/notices/new", words).status, 303);
	CHECK_HOLDS(world_get(w, NULL, "/sv"), "glassdag");
	CHECK_HOLDS(world_get(w, NULL, "/fi/asema"), "glassdag");
	/* those of one campus read it there and change it where it was written */
	CHECK_HOLDS(world_get(w, "aino", "/fi/asema/notices"), "Kaikille kampuksille");
	CHECK_LACKS(world_get(w, "aino", "/fi/asema/notices"), "/edit\"");
	CHECK_HOLDS(world_get(w, "aino", "/fi/notices"), "/edit\"");
	world_end(w);
}

TEST(two_lines_in_the_language_of_the_campus)
{
	struct world *w = world(t);
	struct answered a = world_post(w, "siv", "/sv/metsa/notices/new",
	    "words_fi=Suomeksi&starts=23.11.2026&ends=24.11.2026&version=0");

	CHECK_INT(a.status, 422);
	CHECK_HOLDS(a, "åtminstone på svenska");
	a = world_post(w, "ilmari", "/fi/pohja/notices/new",
	    "words_fi=a%0Ab%0Ac&starts=23.11.2026&ends=24.11.2026&version=0");
	CHECK_INT(a.status, 422);
	CHECK_HOLDS(a, "Kaksi riviä riittää");
	a = world_post(w, "ilmari", "/fi/pohja/notices/new",
	    WORDS("words_fi=%0161d&starts=23.11.2026&ends=24.11.2026&version=0", 1));
	CHECK_INT(a.status, 422);
	a = world_post(w, "ilmari", "/fi/pohja/notices/new", "words_fi=a&starts=25.11.2026&ends=24.11.2026&version=0");
	CHECK_HOLDS(a, "ennen ensimmäistä");
	a = world_post(w, "ilmari", "/fi/pohja/notices/new", "words_fi=a&starts=20.11.2026&ends=22.11.2026&version=0");
	CHECK_HOLDS(a, "jo ohi");
	a = world_post(w, "ilmari", "/fi/pohja/notices/new", "words_fi=a&starts=23.11.2026&ends=22.12.2027&version=0");
	CHECK_HOLDS(a, "enintään vuoden");
	world_end(w);
}

/* "/fi/pohja/notices/N", for what one may do with it. */
static const char *
under(struct world *w, const char *campus, int64_t id, const char *what)
{
	return WORDS("/fi/%s/notices/%lld/%s", campus, (long long)id, what);
}

TEST(the_later_of_two_writers_sees_the_words_of_both)
{
	struct world *w = world(t);
	const char *edit = under(w, "pohja", 1, "edit");
	struct answered a;

	CHECK_INT(world_post(w, "ilmari", edit, "words_fi=Puuro&starts=23.11.2026&ends=24.11.2026&version=1").status,
	    303);
	a = world_post(w, "aino", edit, "words_fi=Velli&starts=23.11.2026&ends=24.11.2026&version=1");
	CHECK_INT(a.status, 409);
	CHECK_HOLDS(a, "Velli");
	CHECK_HOLDS(a, "Puuro");
	CHECK_INT(world_post(w, "siv", under(w, "metsa", 1, "edit"),
	    "words_sv=Min&starts=23.11.2026&ends=24.11.2026&version=2").status, 404);
	CHECK_STATUS(w, "siv", "/fi/metsa/notices/1/edit", 404);
	world_end(w);
}

TEST(what_was_ended_is_brought_back)
{
	struct world *w = world(t);

	CHECK_HOLDS(world_get(w, NULL, "/fi/pohja"), "aamupuuro");
	CHECK_INT(world_post(w, "siv", under(w, "pohja", 1, "end"), "version=1").status, 403);
	CHECK_INT(world_post(w, "ilmari", under(w, "pohja", 1, "end"), "version=1").status, 303);
	CHECK_LACKS(world_get(w, NULL, "/fi/pohja"), "aamupuuro");
	CHECK_INT(world_post(w, "ilmari", under(w, "pohja", 1, "end"), "version=1").status, 409);
	CHECK_INT(world_post(w, "ilmari", under(w, "pohja", 1, "return"), "version=2").status, 303);
	CHECK_HOLDS(world_get(w, NULL, "/fi/pohja"), "aamupuuro");
	CHECK_HOLDS(world_get(w, "aino", "/fi/admin/journal"), "tiedote lopetettiin");
	world_end(w);
}

TEST(nobody_writes_more_notices_than_one_reads)
{
	struct world *w = world_in_memory(t);
	struct answered a = {0};

	for (int i = 0; i < NOTICES_AHEAD_MAX; i++)
		a = world_post(w, "kerttu", "/fi/ranta/notices/new",
		    WORDS("words_fi=Numero+%d&starts=23.11.2026&ends=24.11.2026&version=0", i));
	CHECK_INT(a.status, 303);
	CHECK_INT(world_count(world_get(w, NULL, "/fi/ranta"), "class=\"notice words\""), NOTICES_SHOWN_MAX);
	a = world_post(w, "kerttu", "/fi/ranta/notices/new",
	    "words_fi=Liikaa&starts=23.11.2026&ends=24.11.2026&version=0");
	CHECK_INT(a.status, 409);
	CHECK_HOLDS(a, "Lopeta jokin niistä ensin");
	world_end(w);
}
