#include "lib/text.h"

#include "lib/i18n.h"
#include "lib/out.h"
#include "lib/text_form.h"
#include "test/test.h"

/* As textgen writes them: one text with plural forms and a slot, one chosen by a word. */
#define VISITS \
	{TEXT_PARAM, 0, 0, 0}, {TEXT_LITERAL, 0, 2, ": "}, {TEXT_SLOT_OPEN, 0, 3, "map"}, \
	    {TEXT_PARAM, 1, 0, 0}, {TEXT_SLOT_CLOSE, 0, 3, "map"}

static const struct text visits = {
	.key = "hut.visits", .params = 2, .slots = 1, .choice = TEXT_BY_COUNT, .chooser = 1,
	.param = (const struct text_param[]){{"place", TEXT_TEXTS}, {"n", TEXT_INT}},
	.slot = (const char *const[]){"map"},
	.in[LANG_FI] = {(const struct text_form[]){
		{TEXT_FORM_ONE, (const struct text_part[]){
			VISITS, {TEXT_LITERAL, 0, 8, " k\303\244ynti"}, {TEXT_END, 0, 0, 0}}},
		{TEXT_FORM_OTHER, (const struct text_part[]){
			VISITS, {TEXT_LITERAL, 0, 10, " k\303\244ynti\303\244"},
			{TEXT_END, 0, 0, 0}}}}, 2},
	.in[LANG_SV] = {(const struct text_form[]){
		{TEXT_FORM_OTHER, (const struct text_part[]){{TEXT_PARAM, 1, 0, 0},
			{TEXT_END, 0, 0, 0}}}}, 1},
	.in[LANG_EN] = {(const struct text_form[]){
		{TEXT_FORM_OTHER, (const struct text_part[]){{TEXT_PARAM, 1, 0, 0},
			{TEXT_END, 0, 0, 0}}}}, 1},
};

#define WORDS(a, b) {(const struct text_form[]){ \
	{3, (const struct text_part[]){{TEXT_LITERAL, 0, sizeof(a) - 1, a}, {TEXT_END, 0, 0, 0}}}, \
	{TEXT_FORM_OTHER, (const struct text_part[]){{TEXT_LITERAL, 0, sizeof(b) - 1, b}, \
	    {TEXT_END, 0, 0, 0}}}}, 2}

static const struct text state = {
	.key = "hut.state", .params = 1, .choice = TEXT_BY_WORD, .chooser = 0,
	.param = (const struct text_param[]){{"state", TEXT_WORD}},
	.in[LANG_FI] = WORDS("auki", "kiinni"),
	.in[LANG_SV] = WORDS("\303\266ppen", "st\303\244ngd"),
	.in[LANG_EN] = WORDS("open", "closed"),
};

static struct said
visits_of(struct texts place, int64_t n)
{
	return (struct said){.text = &visits, .arg[0] = {.t = place}, .arg[1] = {.n = n}};
}

TEST(a_language_and_its_code)
{
	enum lang lang = LANG_SV;

	for (int i = 0; i < LANG_COUNT; i++) {
		CHECK(lang_of(str_of(lang_code((enum lang)i)), &lang));
		CHECK_INT(lang, i);
	}
	CHECK(!lang_of(STR("de"), &lang) && !lang_of(STR(""), &lang) && !lang_of(STR("FI"), &lang));
	CHECK_INT(lang, LANG_EN);
}

TEST(texts_in_another_language_when_the_wanted_one_is_empty)
{
	struct texts title = {{STR(""), STR("Skog"), STR("Forest")}};

	CHECK_STR(texts_in(title, LANG_EN).text, "Forest");
	CHECK_INT(texts_in(title, LANG_EN).lang, LANG_EN);
	CHECK_STR(texts_in(title, LANG_FI).text, "Skog");
	CHECK_INT(texts_in(title, LANG_FI).lang, LANG_SV);
	title.at[LANG_SV].n = 0;
	CHECK_INT(texts_in(title, LANG_SV).lang, LANG_EN);
	title.at[LANG_EN].n = 0;
	CHECK_INT(texts_in(title, LANG_SV).lang, LANG_SV);
	CHECK_INT(texts_in(title, LANG_SV).text.n, 0);
}

TEST(plural_forms_by_count)
{
	struct texts place = {{STR("Ranta"), STR("Strand"), STR("")}};

	CHECK_STR(said_plain(t->arena, LANG_FI, visits_of(place, 1)), "Ranta: 1 käynti");
	CHECK_STR(said_plain(t->arena, LANG_FI, visits_of(place, 0)), "Ranta: 0 käyntiä");
	CHECK_STR(said_plain(t->arena, LANG_FI, visits_of(place, 2)), "Ranta: 2 käyntiä");
	CHECK_STR(said_plain(t->arena, LANG_FI, visits_of(place, -1)), "Ranta: −1 käynti");
	CHECK_STR(said_plain(t->arena, LANG_FI, visits_of(place, 12345)),
	    "Ranta: 12\302\240345 käyntiä");
	CHECK_STR(said_plain(t->arena, LANG_EN, visits_of(place, 1)), "1");
}

TEST(forms_by_word)
{
	struct said s = {.text = &state, .arg[0] = {.n = 3}};

	CHECK_STR(said_plain(t->arena, LANG_SV, s), "öppen");
	s.arg[0].n = 2;
	CHECK_STR(said_plain(t->arena, LANG_EN, s), "closed");
}

TEST(parts_for_pages)
{
	struct said s = visits_of((struct texts){0}, 5);
	const struct text_part *p = said_parts(s, LANG_FI);
	struct out o = out_new(t->arena);

	CHECK_INT(p[0].kind, TEXT_PARAM);
	CHECK_INT(p[2].kind, TEXT_SLOT_OPEN);
	said_part_plain(&o, LANG_FI, s, &p[2]);
	CHECK_INT(o.n, 0);
	said_part_plain(&o, LANG_FI, s, &p[3]);
	CHECK_STR(out_text(&o), "5");
	CHECK_INT(p[6].kind, TEXT_END);
}

TEST(nothing_said_is_empty)
{
	CHECK_INT(said_plain(t->arena, LANG_FI, (struct said){0}).n, 0);
	CHECK_INT(said_parts(said(NULL), LANG_EN)->kind, TEXT_END);
}

TEST(a_text_by_its_key)
{
	const struct text *const all[] = {&state, &visits};

	CHECK(!text_by_key(STR("hut.state")));
	text_table_set(all, 2);
	CHECK(text_by_key(STR("hut.state")) == &state);
	CHECK(text_by_key(STR("hut.visits")) == &visits);
	CHECK(!text_by_key(STR("hut.t")) && !text_by_key(STR("")));
	CHECK(!text_by_key(STR("hut.visits2")));
	text_table_set(NULL, 0);
	CHECK(!text_by_key(STR("hut.state")));
}

/* Each type of parameter is written by its own function. */
TEST(parameters_of_each_type)
{
	static const struct {
		enum text_type type;
		const char *fi;
	} all[] = {
	    {TEXT_YEAR, "960"},
	    {TEXT_INT, "960"},
	    {TEXT_WEEK, "viikko 960"},
	    {TEXT_TIME, "klo 16.00"},
	};
	struct text_param param = {"x", TEXT_INT};
	static const struct text_part parts[] = {{TEXT_PARAM, 0, 0, 0}, {TEXT_END, 0, 0, 0}};
	const struct text_form form = {TEXT_FORM_OTHER, parts};
	const struct text text = {
	    .key = "hut.x", .params = 1, .param = &param, .in[LANG_FI] = {&form, 1}};
	struct said s = {.text = &text, .arg[0] = {.n = 960}};

	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		param.type = all[i].type;
		CHECK_STR(said_plain(t->arena, LANG_FI, s), all[i].fi);
	}
	s.arg[0].date = date_of(2026, 11, 23);
	param.type = TEXT_DATE;
	CHECK_STR(said_plain(t->arena, LANG_FI, s), "23.11.2026");
	param.type = TEXT_DAY;
	CHECK_STR(said_plain(t->arena, LANG_FI, s), "maanantai 23.11.");
	s.arg[0].range.last = date_of(2026, 11, 27);
	param.type = TEXT_RANGE;
	CHECK_STR(said_plain(t->arena, LANG_FI, s), "23.–27.11.2026");
	s.arg[0].s = STR("Ilmari");
	param.type = TEXT_STR;
	CHECK_STR(said_plain(t->arena, LANG_FI, s), "Ilmari");
	s.arg[0].instant = instant_of_iso(STR("2026-11-23T14:00:00Z"));
	param.type = TEXT_INSTANT;
	CHECK_STR(said_plain(t->arena, LANG_FI, s), "23.11.2026 klo 16.00");
}

TEST(a_name_that_is_the_same_in_each_language)
{
	struct texts name = texts_same(STR("Aino"));

	for (enum lang l = 0; l < LANG_COUNT; l++) {
		CHECK_STR(texts_in(name, l).text, "Aino");
		CHECK_INT(texts_in(name, l).lang, l);
	}
}
