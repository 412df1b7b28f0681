#include "core/http/page.h"

#include "core/http/form.h"
#include "core/http/app.h"
#include "core/http/http.h"
#include "lib/arena.h"
#include "lib/text_form.h"
#include "test/test.h"

static struct req
request(struct test *t, enum lang lang)
{
	return (struct req){.arena = t->arena, .lang = lang, .out = out_new(t->arena)};
}

/* What was written since the last call. */
static struct str
written(struct req *r)
{
	struct str s = str_copy(r->arena, out_text(&r->out));

	r->out.n = 0;
	return s;
}

static const struct texts finnish = {{{"Metsä & <suo>", 14}, {NULL, 0}, {NULL, 0}}};

/* "Lue <guide>ohje, {who}</guide> & {place}" */
static const struct text_param params[] = {{"who", TEXT_STR}, {"place", TEXT_TEXTS}};
static const struct text_part parts[] = {
    {TEXT_LITERAL, 0, 4, "Lue "},
    {TEXT_SLOT_OPEN, 0, 5, "guide"},
    {TEXT_LITERAL, 0, 6, "ohje, "},
    {TEXT_PARAM, 0, 0, NULL},
    {TEXT_SLOT_CLOSE, 0, 5, "guide"},
    {TEXT_LITERAL, 0, 3, " & "},
    {TEXT_PARAM, 1, 0, NULL},
    {TEXT_END, 0, 0, NULL},
};
static const struct text_form form = {TEXT_FORM_OTHER, parts};
static const char *const slots[] = {"guide"};
static const struct text text = {
    .key = "x.read",
    .params = 2,
    .slots = 1,
    .param = params,
    .slot = slots,
    .in = {{&form, 1}, {&form, 1}, {&form, 1}},
};

static struct said
sentence(void)
{
	return (struct said){.text = &text, .arg = {{.s = STR("<Aino>")}, {.t = finnish}}};
}

TEST(page_values_are_written_by_type)
{
	struct req r = request(t, LANG_SV);
	const char *word = "a<b";

	page_value(&r, STR("<i>\"x\"</i>"));
	CHECK_STR(written(&r), "&lt;i&gt;\"x\"&lt;/i&gt;");
	page_value(&r, word);
	CHECK_STR(written(&r), "a&lt;b");
	page_value(&r, (int64_t)12345);
	CHECK_STR(written(&r), "12345");
	page_value(&r, -1);
	CHECK_STR(written(&r), "-1");
	page_value(&r, (size_t)7);
	CHECK_STR(written(&r), "7");
	page_value(&r, date_of(2026, 11, 23));
	CHECK_STR(written(&r), "23.11.2026");
	page_value(&r, (struct date){0});
	CHECK_STR(written(&r), "");
	page_value(&r, (struct markup){STR("<svg></svg>")});
	CHECK_STR(written(&r), "<svg></svg>");
	page_value(&r, instant_of_iso(STR("2026-11-23T14:00:00Z")));
	CHECK_STR(written(&r), "23.11.2026 kl. 16.00");
}

TEST(page_names_the_language_of_a_text_in_another_one)
{
	struct req sv = request(t, LANG_SV), fi = request(t, LANG_FI);

	page_value(&sv, finnish);
	CHECK_STR(written(&sv), "<span lang=\"fi\">Metsä &amp; &lt;suo&gt;</span>");
	page_value(&fi, finnish);
	CHECK_STR(written(&fi), "Metsä &amp; &lt;suo&gt;");
	page_attr(&sv, finnish); /* no element within an attribute */
	CHECK_STR(written(&sv), "Metsä &amp; &lt;suo&gt;");
	page_value(&sv, (struct texts){0});
	CHECK_STR(written(&sv), "");
}

TEST(page_attributes_and_addresses)
{
	struct req r = request(t, LANG_FI);

	page_attr(&r, STR("\"'"));
	CHECK_STR(written(&r), "&#34;&#39;");
	page_attr(&r, sentence());
	CHECK_STR(written(&r), "Lue ohje, &lt;Aino&gt; &amp; Metsä &amp; &lt;suo&gt;");
	page_url(&r, STR("a/b c"));
	CHECK_STR(written(&r), "a%2Fb%20c");
	page_url(&r, date_of(2026, 1, 2));
	CHECK_STR(written(&r), "2026-01-02");
	page_href(&r, STR("/a?b&c"));
	CHECK_STR(written(&r), "/a?b&amp;c");
	page_href(&r, STR("javascript:x"));
	CHECK_STR(written(&r), "#");
}

TEST(page_text_is_plain_and_in_the_readers_language)
{
	struct req r = request(t, LANG_EN);

	CHECK_STR(page_text(&r, finnish), "Metsä & <suo>");
	CHECK_STR(page_text(&r, sentence()), "Lue ohje, <Aino> & Metsä & <suo>");
	CHECK_STR(page_text(&r, STR("<")), "<");
	CHECK_STR(page_text(&r, "<"), "<");
}

TEST(page_conditions)
{
	enum method method = NO_METHOD;
	const struct req *none = NULL;
	struct span open = {.last = date_of(2026, 1, 1)};

	CHECK(!page_is(STR("")) && page_is(STR("x")));
	CHECK(!page_is((struct texts){0}) && page_is(finnish));
	CHECK(!page_is((struct date){0}) && page_is(date_of(1, 1, 1)));
	CHECK(!page_is((struct instant){0}) && page_is((struct instant){-1}));
	CHECK(!page_is((struct said){0}) && page_is(sentence()));
	CHECK(!page_is((struct markup){0}) && page_is((struct markup){STR("x")}));
	CHECK(!page_is((struct span){0}) && page_is(open));
	CHECK(!page_is((int64_t)0) && page_is(INT64_MIN));
	CHECK(!page_is(method) && page_is(GET));
	CHECK(!page_is(false) && page_is(true));
	CHECK(!page_is(none) && page_is(t));
	CHECK(page_same("a", STR("a")) && !page_same(STR("a"), STR("b")));
}

TEST(page_formats_need_no_escaping)
{
	for (int lang = 0; lang < LANG_COUNT; lang++) {
		struct req r = request(t, (enum lang)lang);

		for (int day = 0; day < 800; day += 7) {
			struct date date = date_add_days(date_of(2024, 8, 1), day);

			page_format_date(&r, date);
			page_format_short(&r, date);
			page_format_full(&r, date);
			page_format_day(&r, date);
			page_format_week(&r, date);
			page_format_month(&r, date);
			page_format_iso(&r, date);
			page_format_range(&r, (struct span){date, date_add_days(date, day)});
			page_format_number(&r, day * 1001 - 400000);
			page_format_percent(&r, day / 13.0 - 20);
			page_format_decimal(&r, day * 77.7 - 20000);
			page_format_time(&r, day);
			page_format_clock(&r, day);
			page_format_week(&r, (int64_t)day);
			page_format_instant(&r, (struct instant){day * 86399});
			page_format_iso(&r, (struct instant){day * 86399});
		}
		for (int64_t month = 1; month <= 12; month++)
			page_format_month(&r, month);
		CHECK(r.out.n > 10000);
		for (size_t i = 0; i < r.out.n; i++)
			CHECK(!strchr("<>&\"'\r", r.out.p[i]) && r.out.p[i]);
	}
}

TEST(page_formats_of_nothing_are_empty)
{
	struct req r = request(t, LANG_FI);

	page_format_week(&r, (struct date){0});
	page_format_month(&r, (struct date){0});
	page_format_iso(&r, (struct date){0});
	page_format_iso(&r, (struct instant){0});
	page_format_range(&r, (struct span){{0}, {0}});
	CHECK_STR(written(&r), "");
}

TEST(page_texts_with_slots)
{
	struct req r = request(t, LANG_FI);
	struct said s = sentence();

	page_said_part(&r, &s, &parts[0]);
	page_said_part(&r, &s, &parts[1]);
	CHECK_STR(written(&r), "Lue ");
	page_said_inner(&r, &s, &parts[1]);
	CHECK_STR(written(&r), "ohje, &lt;Aino&gt;");
	CHECK(page_said_close(&parts[1]) == &parts[4]);
	page_value(&r, s);
	CHECK_STR(written(&r), "Lue ohje, &lt;Aino&gt; &amp; Metsä &amp; &lt;suo&gt;");
}

static void
note_field(struct req *r, const struct form_state *state, size_t field)
{
	out_fmt(&r->out, "%s.%s", state->spec->name, state->spec->field[field].name);
}

TEST(page_draws_the_field_of_a_form)
{
	static const struct form_field fields[] = {{.name = "a"}, {.name = "b"}};
	static const struct form_spec spec = {
	    .name = "two", .size = 16, .field = fields, .fields = 2};
	static const struct http_app app = {.field = note_field};
	struct form_state state = {.spec = &spec};
	struct req r = request(t, LANG_FI);

	r.app = &app;
	r.forms = &state;
	page_field(&r, "two", "b");
	page_form_close(&r);
	CHECK_STR(written(&r), "two.b</form>");
}

TEST(page_may_asks_at_the_place_of_the_path)
{
	static const struct grant grants[] = {{.place = 3, .role = 1}};
	static const uint32_t rights[] = {0xFF, 2};
	struct req r = request(t, LANG_FI);

	actor_rights_set(rights, 2);
	r.actor = (struct actor){.person = 1, .grant = grants, .grants = 1};
	CHECK(page_may(&r, 0));
	CHECK(page_may(&r, 1)); /* without a campus in the path: anywhere */
	r.part[r.parts++] = (struct path_part){"campus", 6, STR("pohja")};
	r.place = 3;
	CHECK(page_may(&r, 1));
	r.place = 4;
	CHECK(!page_may(&r, 1));
}
