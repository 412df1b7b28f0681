#include "core/http/form.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "core/http/form_read.h"
#include "core/http/http.h"
#include "core/http/http.texts.h" /* generated */
#include "test/test.h"
#include "lib/text_form.h"

/* --- a form with a field of each type -------------------------------------------------------- */

struct every {
	struct str text, words, email, password, code;
	int64_t number, choice, select, checks, hidden, campus;
	struct date day;
	struct maybe_int at;
	struct form_picks fates;
	struct ids some, many;
	struct form_words notes;
	bool check;
	struct texts title, story;
};

enum { OWN = 7 };

static const struct choice ways[] = {{.value = 1, .word = "done"}, {.value = 2, .word = "our_way"},
    {.value = 3, .word = "not_here"}};
static const struct choice hours[] = {{.value = 8}, {.value = 9}, {.value = 10}};

#define WAYS ((struct choices){ways, 3})
#define AT(name) offsetof(struct every, name)

static const struct form_field fields[] = {
    {"text", FORM_TEXT, AT(text), .max = 20, .min = 2},
    {"words", FORM_LONG, AT(words), .max = 1000},
    {"email", FORM_EMAIL, AT(email)},
    {"password", FORM_PASSWORD, AT(password), .min = 12},
    {"code", FORM_CODE, AT(code), .min = 6, .max = 6},
    {"number", FORM_INT, AT(number), .min = 1, .max = 53},
    {"choice", FORM_CHOICE, AT(choice), .choices = WAYS},
    {"select", FORM_SELECT, AT(select), .choices = {hours, 3}},
    {"checks", FORM_CHECKS, AT(checks), .choices = WAYS},
    {"some", FORM_ANY, AT(some), .choices = {hours, 3}},
    {"many", FORM_ANY, AT(many)},
    {"hidden", FORM_HIDDEN, AT(hidden)},
    {"campus", FORM_SELECT, AT(campus)},
    {"day", FORM_DATE, AT(day)},
    {"at", FORM_TIME, AT(at)},
    {"fate", FORM_EACH, AT(fates), .choices = WAYS},
    {"note", FORM_EACH_TEXT, AT(notes), .max = 10},
    {"check", FORM_CHECK, AT(check)},
    {"title", FORM_TEXTS, AT(title), .max = 10},
    {"story", FORM_TEXTS_LONG, AT(story)},
};

static const struct form_spec spec = FORM_SPEC("every", struct every, fields);

static struct req
request(struct test *t)
{
	return (struct req){.arena = t->arena, .today = date_of(2026, 11, 23)};
}

enum { TEXT_MAX = 256 * 1024 };

static int
body_of(struct test *t, const struct form_spec *of, const char *type, const char *body, struct pairs *pairs)
{
	return form_body(t->arena, of, str_of(type), str_of(body), TEXT_MAX, pairs);
}

/* The form read from a body; problems are in r->forms. */
static const struct every *
filled(struct test *t, struct req *r, const struct form_spec *of, const char *body)
{
	struct pairs pairs;
	bool good;

	CHECK_INT(body_of(t, NULL, "application/x-www-form-urlencoded", body, &pairs), 0);
	r->forms = NULL;
	good = form_read(r, of, &pairs);
	CHECK_INT(good, r->forms->problems == 0);
	return r->form;
}

/* The key of a field's problem. */
static struct str
wrong(const struct req *r, const char *field)
{
	struct said what = r->forms->problem[form_field_index(r->forms->spec, field)];

	return str_of(what.text ? what.text->key : "");
}

static struct str
typed(const struct req *r, const char *field)
{
	return r->forms->value[form_field_index(r->forms->spec, field)].at[0];
}

TEST(a_form_of_every_type_is_read)
{
	struct req r = request(t);
	const struct every *f = filled(t, &r, &spec,
	    "text=+Mets%C3%A4retki%0d%0a&words=a%0D%0Ab&email=Aino%40Kolmijoki.EXAMPLE"
	    "&password=+kissa+istuu+katolla+&code=123+456&number=+48&choice=our_way&select=9"
	    "&checks=0&checks=2&checks=2&many=170&some=10&some=8&many=3&many=170"
	    "&fate-12=done&fate-7=not_here&fate-12=our_way&fate-x=done&fate=done&fates-3=done"
	    "&hidden=-5&campus=3&day=24.12.&at=klo+16.30&check=&title_sv=Utflykt&title_en=Trip"
	    "&story_fi=yksi%0Akaksi"
	    "&text=later&unknown=x&once=y");

	CHECK_INT(r.forms->problems, 0);
	CHECK_STR(f->text, "Metsäretki");
	CHECK_STR(f->words, "a\nb");
	CHECK_STR(f->email, "aino@kolmijoki.example");
	CHECK_STR(f->password, " kissa istuu katolla ");
	CHECK_STR(f->code, "123456");
	CHECK_INT(f->number, 48);
	CHECK_INT(f->choice, 2);
	CHECK_INT(f->select, 9);
	CHECK_INT(f->checks, 5);
	CHECK_INT(f->some.n, 2);
	CHECK(ids_has(f->some, 8) && ids_has(f->some, 10));
	CHECK_INT(f->many.n, 2);
	CHECK(ids_has(f->many, 3) && ids_has(f->many, 170));
	CHECK_INT(f->hidden, -5);
	CHECK_INT(f->campus, 3);
	CHECK_INT(f->day.day, date_of(2026, 12, 24).day);
	CHECK(f->at.has);
	CHECK_INT(f->at.n, 990);
	CHECK_INT(form_picked(r.forms, "fate", 12), 1); /* the first choice for a thing */
	CHECK_INT(form_picked(r.forms, "fate", 7), 3);
	CHECK_INT(form_picked(r.forms, "fate", 3), 0);
	CHECK_INT(f->fates.at[1].id, 7);
	CHECK(f->check);
	CHECK_STR(f->title.at[LANG_FI], "");
	CHECK_STR(f->title.at[LANG_SV], "Utflykt");
	CHECK_STR(f->title.at[LANG_EN], "Trip");
	CHECK_STR(f->story.at[LANG_FI], "yksi\nkaksi");
	/* the password goes nowhere but into the struct */
	CHECK_STR(typed(&r, "password"), "");
	CHECK(form_posted(&r) == r.forms);
}

TEST(an_empty_form_is_zero)
{
	static const struct every zero;
	struct req r = request(t);
	const struct every *f = filled(t, &r, &spec, "");

	CHECK_INT(r.forms->problems, 0);
	CHECK(memcmp(f, &zero, offsetof(struct every, title)) == 0);
	CHECK_INT(f->title.at[0].n + f->title.at[1].n + f->title.at[2].n, 0);
	f = filled(t, &r, &spec,
	    "text=+&words=%0d%0a&email=&password=&code=+&number=+&choice=&select=&hidden=&campus="
	    "&day=+&at="
	    "&title_fi=+&story_sv=%c2%a0");
	CHECK_INT(r.forms->problems, 0);
	CHECK_INT(f->text.n + f->words.n + f->story.at[LANG_SV].n, 0);
}

TEST(each_rule_says_what_is_wrong)
{
	static const struct {
		const char *body, *field, *key;
	} cases[] = {
	    {"text=a", "text", "http.too_short"},
	    {"text=%C3%A4%C3%A4%C3%A4%C3%A4%C3%A4%C3%A4%C3%A4%C3%A4%C3%A4%C3%A4"
	     "%C3%A4%C3%A4%C3%A4%C3%A4%C3%A4%C3%A4%C3%A4"
	     "%C3%A4%C3%A4%C3%A4",
		"text", ""},
	    {"text=123456789012345678901", "text", "http.too_long"},
	    {"email=aino", "email", "http.no_email"},
	    {"password=short", "password", "http.too_short"},
	    {"password=kissa%09istuu+katolla", "password", "http.controls"},
	    {"code=12345", "code", "http.too_short"},
	    {"code=1234567", "code", "http.too_long"},
	    {"code=abcdef", "code", "http.no_code"},
	    {"number=x", "number", "http.no_number"},
	    {"number=1.5", "number", "http.no_number"},
	    {"number=54", "number", "http.between"},
	    {"number=-1", "number", "http.between"},
	    {"number=0", "number", "http.between"},
	    {"choice=4", "choice", "http.no_choice"},
	    {"choice=1", "choice", "http.no_choice"},
	    {"choice=done+done", "choice", "http.no_choice"},
	    {"select=11", "select", "http.no_choice"},
	    {"campus=x", "campus", "http.no_choice"},
	    {"day=31.11.2026", "day", "http.no_date"},
	    {"day=huomenna", "day", "http.no_date"},
	    {"fate-2=nothing", "fate", "http.no_choice"},
	    {"fate-2=1", "fate", "http.no_choice"},
	    {"at=24.30", "at", "http.no_time"},
	    {"at=illalla", "at", "http.no_time"},
	    {"title_en=12345678901", "title", "http.too_long_in"},
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct req r = request(t);

		filled(t, &r, &spec, cases[i].body);
		if (!str_is(wrong(&r, cases[i].field), cases[i].key))
			test_fail(t, __FILE__, __LINE__, "%s: %.*s", cases[i].body,
			    STR_ARG(wrong(&r, cases[i].field)));
		CHECK_INT(r.forms->problems, *cases[i].key != 0);
	}
}

TEST(sentences_name_the_rule)
{
	struct req r = request(t);

	filled(
	    t, &r, &spec, "text=123456789012345678901&title_sv=12345678901&title_en=12345678901");
	CHECK_STR(said_plain(t->arena, LANG_FI, r.forms->problem[0]),
	    "Liian pitkä: enintään 20 merkkiä, nyt 21.");
	CHECK_STR(said_plain(t->arena, LANG_SV, r.forms->problem[form_field_index(&spec, "title")]),
	    "Texten på svenska är för lång: högst 10 tecken, nu 11.");
	CHECK_INT(r.forms->problems, 2);
}

/* Whatever is wrong, what was typed is there to be put right. */
TEST(what_was_typed_stays)
{
	struct req r = request(t);
	const struct every *f = filled(t, &r, &spec,
	    "text=1234567890123456789012345&email=Aino%40&number=x+y&day=32.1.&at=25.10&code=12-x"
	    "&choice=nothing&checks=1&many=64&many=7&check=1&title_fi=12345678901"
	    "&title_sv=ok&password=short&words=a%0d%0ab");

	CHECK_STR(typed(&r, "text"), "1234567890123456789012345");
	CHECK_STR(typed(&r, "email"), "Aino@");
	CHECK_STR(typed(&r, "number"), "x y");
	CHECK_STR(typed(&r, "day"), "32.1.");
	CHECK_STR(typed(&r, "at"), "25.10");
	CHECK_STR(typed(&r, "code"), "12-x");
	CHECK_STR(typed(&r, "choice"), "nothing");
	CHECK_STR(typed(&r, "title"), "12345678901");
	CHECK_STR(r.forms->value[form_field_index(&spec, "title")].at[LANG_SV], "ok");
	CHECK_STR(typed(&r, "password"), "");
	CHECK_STR(typed(&r, "words"), "a\nb");
	CHECK_INT(r.forms->bits[form_field_index(&spec, "checks")], 2);
	CHECK_INT(r.forms->ids[form_field_index(&spec, "many")].n, 2);
	CHECK(ids_has(r.forms->ids[form_field_index(&spec, "many")], 64));
	CHECK_INT(r.forms->bits[form_field_index(&spec, "check")], 1);
	/* and nothing wrong is in the struct */
	CHECK_INT(f->text.n + f->email.n + f->code.n + f->password.n + f->title.at[LANG_SV].n, 0);
	CHECK_INT(f->number + f->day.day + f->choice, 0);
	/* form_show leaves it, with all that the handler knows */
	CHECK(form_show(&r, &spec, &(struct every){.text = STR("from the database")}) == r.forms);
	CHECK_STR(typed(&r, "text"), "1234567890123456789012345");
}

/* A text of each of many things: what is left empty is none of them, and each says for itself what is wrong. */
TEST(a_text_of_each_of_many_things_is_read)
{
	struct req r = request(t);
	const struct every *f = filled(t, &r, &spec, "note-12=+yksi%0d%0akaksi+&note-7=&note-3=%C3%A4%C3%A4"
	    "&note-12=toinen&note-x=a&note=b&notes-4=c&note--5=d&note-0=e");

	CHECK_INT(r.forms->problems, 0);
	CHECK_INT(f->notes.n, 2);
	CHECK_STR(form_word(r.forms, "note", 12)->text, "yksi\nkaksi");
	CHECK_STR(form_word(r.forms, "note", 3)->text, "ää");
	CHECK(!form_word(r.forms, "note", 7) && !form_word(r.forms, "note", 4));
	f = filled(t, &r, &spec, "note-1=12345678901&note-2=lyhyt&note-3=abcdefghijkl");
	CHECK_INT(r.forms->problems, 2);
	CHECK_INT(f->notes.n, 0);
	CHECK_STR(str_of(form_word(r.forms, "note", 1)->problem.text->key), "http.too_long");
	CHECK(!form_word(r.forms, "note", 2)->problem.text);
	CHECK_STR(form_word(r.forms, "note", 3)->text, "abcdefghijkl");
	/* the handler knows what else may be wrong; the first stays, and what was not written has none */
	form_word_problem(r.forms, "note", 1, said(T_HTTP_BROKEN));
	form_word_problem(r.forms, "note", 9, said(T_HTTP_BROKEN));
	form_word_most(r.forms, "note", 2, 5);
	CHECK_INT(r.forms->problems, 2);
	form_word_most(r.forms, "note", 2, 4);
	CHECK_INT(r.forms->problems, 3);
	CHECK_STR(said_plain(t->arena, LANG_FI, form_word(r.forms, "note", 2)->problem),
	    "Liian pitkä: enintään 4 merkkiä, nyt 5.");
}

TEST(texts_of_many_things_stay_when_their_form_is_shown_again)
{
	struct form_word at[] = {{.id = 4, .text = STR("neljä")}};
	struct req r = request(t);
	struct pairs pairs;

	form_show(&r, &spec, &(struct every){.notes = {at, 1}});
	CHECK_STR(form_word(r.forms, "note", 4)->text, "neljä");
	r = request(t);
	CHECK_INT(body_of(t, NULL, "application/x-www-form-urlencoded", "note-1=12345678901", &pairs), 0);
	form_refill(&r, &spec, &pairs);
	CHECK_STR(form_word(r.forms, "note", 1)->text, "12345678901");
	CHECK(!form_word(r.forms, "note", 1)->problem.text);
	CHECK_INT(r.forms->problems, 0);
}

TEST(boxes_that_are_not_there_are_not_ticked)
{
	struct req r = request(t);

	const struct every *f;

	CHECK_INT(
	    filled(t, &r, &spec, "checks=3&checks=-1&checks=99&checks=x&checks=1")->checks, 2);
	f = filled(t, &r, &spec, "some=0&some=1&some=-8&some=x&some=&some=9&some=99999999999999999999"
	    "&many=0&many=-1&many=x&many=1+2&many=&many&many-5=done&many=9223372036854775807");
	CHECK_INT(r.forms->problems, 0);
	CHECK_INT(f->some.n, 1);
	CHECK(ids_has(f->some, 9));
	CHECK_INT(f->many.n, 1);
	CHECK(ids_has(f->many, INT64_MAX));
}

/* --- required fields ------------------------------------------------------------------------- */

struct strict {
	struct str text, password;
	int64_t number, choice, campus, checks, hidden, least;
	struct date day;
	struct texts title;
	struct ids many;
	bool check;
};

#define IN(name) offsetof(struct strict, name)

static const struct form_field required[] = {
    {"text", FORM_TEXT, IN(text), .required = true},
    {"password", FORM_PASSWORD, IN(password), .required = true},
    {"number", FORM_INT, IN(number), .required = true},
    {"choice", FORM_CHOICE, IN(choice), .required = true, .choices = WAYS,
	.missing = T_HTTP_NO_NUMBER},
    {"campus", FORM_SELECT, IN(campus), .required = true},
    {"checks", FORM_CHECKS, IN(checks), .required = true, .choices = WAYS},
    {"many", FORM_ANY, IN(many), .required = true},
    {"day", FORM_DATE, IN(day), .required = true},
    {"title", FORM_TEXTS, IN(title), .required = true},
    {"check", FORM_CHECK, IN(check), .required = true},
    {"least", FORM_INT, IN(least), .min = 2, .max = INT32_MAX},
    {"hidden", FORM_HIDDEN, IN(hidden), .required = true},
};

static int checks_run;

static void
check_rules(struct req *r, void *form, struct form_state *state)
{
	const struct strict *f = form;

	(void)r;
	checks_run++;
	if (f->number == 13) {
		form_problem(state, "number", said(T_HTTP_NO_NUMBER));
		form_problem(state, "number", said(T_HTTP_NO_DATE));
		form_problem(state, "", said(T_HTTP_BROKEN));
	}
}

static const struct form_spec strict_spec =
    FORM_SPEC("strict", struct strict, required, .check = check_rules);

TEST(what_is_required_is_asked_for)
{
	struct req r = request(t);

	checks_run = 0;
	filled(t, &r, &strict_spec, "text=+&title_fi=&least=1&many=0");
	CHECK_STR(wrong(&r, "text"), "http.missing");
	CHECK_STR(wrong(&r, "password"), "http.missing");
	CHECK_STR(wrong(&r, "number"), "http.missing");
	CHECK_STR(wrong(&r, "choice"), "http.no_number");
	CHECK_STR(wrong(&r, "campus"), "http.no_choice");
	CHECK_STR(wrong(&r, "checks"), "http.no_choice");
	CHECK_STR(wrong(&r, "many"), "http.no_choice");
	CHECK_STR(wrong(&r, "day"), "http.missing");
	CHECK_STR(wrong(&r, "title"), "http.missing");
	CHECK_STR(wrong(&r, "check"), "http.missing");
	CHECK_STR(wrong(&r, "least"), "http.at_least");
	/* nobody can fill in what nobody sees: it is said of the form */
	CHECK_STR(wrong(&r, "hidden"), "");
	CHECK(r.forms->whole.text == T_HTTP_BROKEN);
	CHECK_INT(r.forms->problems, 12);
	CHECK_INT(checks_run, 0);
}

#define STRICT \
	"text=a&password=b&choice=done&campus=1&checks=0&many=1&day=1.1.2027&title_en=x&check=1&hidden=0"

TEST(rules_between_fields_come_last)
{
	struct req r = request(t);

	checks_run = 0;
	filled(t, &r, &strict_spec, STRICT "&number=12");
	CHECK_INT(r.forms->problems, 0);
	filled(t, &r, &strict_spec, STRICT "&number=13");
	CHECK_INT(checks_run, 2);
	/* the first problem of a field stays */
	CHECK_INT(r.forms->problems, 2);
	CHECK_STR(wrong(&r, "number"), "http.no_number");
	CHECK(r.forms->whole.text == T_HTTP_BROKEN);
	filled(t, &r, &strict_spec, STRICT "&number=13&hidden=x");
	CHECK_INT(checks_run, 3);
}

/* --- drawing --------------------------------------------------------------------------------- */

TEST(a_form_is_shown_with_what_is_there)
{
	struct req r = request(t);
	struct every from = {
	    .text = STR("Metsäretki"),
	    .password = STR("secret"),
	    .number = 48,
	    .choice = 2,
	    .select = 9,
	    .campus = 3,
	    .checks = 5,
	    .day = date_of(2026, 12, 6),
	    .at = {true, 0},
	    .check = true,
	    .title = {{STR("Retki"), STR("Utflykt"), STR("")}},
	};
	struct form_state *s;

	ids_add(t->arena, &from.many, 170);
	s = form_show(&r, &spec, &from);
	CHECK(s == form_find(&r, "every"));
	CHECK(form_find(&r, "other") == NULL);
	CHECK(!s->typed);
	CHECK_STR(typed(&r, "text"), "Metsäretki");
	CHECK_STR(typed(&r, "password"), "");
	CHECK_STR(typed(&r, "number"), "48");
	CHECK_STR(typed(&r, "choice"), "our_way");
	CHECK_STR(typed(&r, "select"), "9");
	CHECK_STR(typed(&r, "hidden"), "0");
	CHECK_STR(typed(&r, "campus"), "3");
	CHECK_STR(typed(&r, "day"), "6.12.2026");
	CHECK_STR(typed(&r, "at"), "0.00");
	CHECK_STR(typed(&r, "title"), "Retki");
	CHECK_INT(s->bits[form_field_index(&spec, "checks")], 5);
	CHECK_INT(s->bits[form_field_index(&spec, "check")], 1);
	CHECK(ids_same(s->ids[form_field_index(&spec, "many")], from.many));
	CHECK_INT(s->choices[form_field_index(&spec, "choice")].n, 3);
	/* choices with words that come from the database */
	form_choices(s, "campus", WAYS);
	CHECK_STR(typed(&r, "campus"), "not_here");
	r = request(t);
	r.lang = LANG_EN;
	form_show(&r, &spec, &from);
	CHECK_STR(typed(&r, "day"), "2026-12-06");
	CHECK_STR(typed(&r, "at"), "00:00");
	r = request(t);
	form_show(&r, &spec, NULL);
	CHECK_STR(typed(&r, "number"), "");
	CHECK_STR(typed(&r, "at"), "");
	CHECK_STR(typed(&r, "choice"), "");
}

/* What form_show writes, form_read reads again as it was, in each language. */
TEST(shown_and_sent_again_it_is_the_same)
{
	struct every from = {.text = STR("Retki"),
	    .number = 53,
	    .choice = 3,
	    .select = 10,
	    .hidden = 77,
	    .campus = 12,
	    .day = date_of(2027, 8, 1),
	    .at = {true, 1440}};

	for (enum lang l = 0; l < LANG_COUNT; l++) {
		struct req r = request(t);
		struct form_state *s;
		struct out body = out_new(t->arena);
		const struct every *f;

		r.lang = l;
		s = form_show(&r, &spec, &from);
		for (size_t i = 0; i < spec.fields; i++) {
			out_fmt(&body, "&%s=", fields[i].name);
			query_encode(&body, s->value[i].at[0]);
		}
		f = filled(t, &r, &spec, str_z(t->arena, out_text(&body)));
		CHECK(str_eq(f->text, from.text));
		CHECK(f->number == 53 && f->choice == 3 && f->select == 10 && f->hidden == 77 && f->at.n == 1440 &&
		    f->campus == 12);
		CHECK_INT(f->day.day, from.day.day);
	}
}

/* Whoever was overtaken sends again with the version that the page shows now; a mere mistake keeps
 * the old one, for its page may have been drawn after somebody else's words came in. */
TEST(hidden_fields_after_a_refusal)
{
	struct req r = request(t);
	struct form_state *s;

	filled(t, &r, &spec, "text=mine&hidden=4");
	s = form_show(&r, &spec, &(struct every){.text = STR("theirs"), .hidden = 5});
	CHECK_STR(typed(&r, "hidden"), "4");
	s->outdated = true;
	form_show(&r, &spec, &(struct every){.text = STR("theirs"), .hidden = 5});
	CHECK_STR(typed(&r, "hidden"), "5");
	CHECK_STR(typed(&r, "text"), "mine");
	/* and both are there to be read */
	form_choices(s, "campus", WAYS);
	CHECK_STR(s->stored->value[form_field_index(&spec, "text")].at[0], "theirs");
	CHECK(form_find(&r, "every") == s && s->next == NULL);
}

TEST(the_posted_form_is_found_among_others)
{
	struct req r = request(t);

	filled(t, &r, &strict_spec, "");
	form_show(&r, &spec, NULL);
	CHECK(form_posted(&r) == form_find(&r, "strict"));
}

TEST(a_kept_form_comes_back_without_blame)
{
	struct req r = request(t);
	struct pairs pairs;
	struct form_state *s;

	CHECK(query_parse(t->arena, STR("text=1234567890123456789012&number=x&day=32.1."), &pairs));
	form_refill(&r, &spec, &pairs);
	CHECK(r.form == NULL);
	s = form_show(&r, &spec, &(struct every){.text = STR("other")});
	CHECK(s->typed && s->problems == 0 && s->problem[0].text == NULL);
	CHECK_STR(typed(&r, "text"), "1234567890123456789012");
	CHECK_STR(typed(&r, "day"), "32.1.");
}

/* --- bodies ---------------------------------------------------------------------------------- */

#define URLENCODED "application/x-www-form-urlencoded"
#define MULTIPART "multipart/form-data; boundary=x"
#define PART "--x\r\nContent-Disposition: form-data; "

TEST(bodies_of_forms)
{
	struct pairs pairs;

	CHECK_INT(body_of(t, NULL, "", "", &pairs), 0);
	CHECK_INT(pairs.n, 0);
	CHECK_INT(body_of(t, NULL, "Application/X-WWW-Form-Urlencoded; charset=utf-8", "a=1", &pairs), 0);
	CHECK_INT(pairs.n, 1);
	CHECK_INT(body_of(t, NULL, URLENCODED, "a=%", &pairs), 400);
	CHECK_INT(body_of(t, NULL, "", "a=1", &pairs), 415);
	CHECK_INT(body_of(t, NULL, "application/json", "{}", &pairs), 415);
	CHECK_INT(body_of(t, NULL, "multipart/form-data", "a", &pairs), 415);
	CHECK_INT(body_of(t, NULL, MULTIPART, "a", &pairs), 400);
	CHECK_INT(body_of(t, NULL, MULTIPART, PART "name=a\r\n\r\n1\r\n--x--\r\n", &pairs), 0);
	CHECK_INT(pairs.n, 1);
}

struct with_file {
	struct str words;
	struct form_file picture;
};

static const struct form_field file_fields[] = {
	{"words", FORM_TEXT, offsetof(struct with_file, words)},
	{"picture", FORM_FILE, offsetof(struct with_file, picture), .required = true},
};

static const struct form_spec file_spec = FORM_SPEC("file", struct with_file, file_fields);

#define A_FILE PART "name=picture; filename=\"C:\\kuvat\\t\xc3\xa4.png\"\r\nContent-Type: image/png\r\n\r\n\xff\r\n"
#define WORDS PART "name=words\r\n\r\nsana\r\n"
#define END "--x--\r\n"

TEST(a_file_is_read_by_forms_that_have_a_field_for_it)
{
	struct req r = request(t);
	struct pairs pairs;
	const struct with_file *form;

	CHECK_INT(body_of(t, NULL, MULTIPART, WORDS A_FILE END, &pairs), 415);
	CHECK_INT(body_of(t, &spec, MULTIPART, WORDS A_FILE END, &pairs), 415);
	CHECK_INT(body_of(t, &file_spec, MULTIPART, WORDS A_FILE END, &pairs), 0);
	CHECK(form_read(&r, &file_spec, &pairs));
	form = r.form;
	CHECK_STR(form->words, "sana");
	CHECK_STR(form->picture.name, "tä.png");
	CHECK_STR(form->picture.type, "image/png");
	CHECK_STR(form->picture.bytes, "\xff");
	/* a text where a file should be, a file where a text should be, and no file at all */
	r = request(t);
	CHECK_INT(body_of(t, &file_spec, MULTIPART, PART "name=picture\r\n\r\nsana\r\n"
	    PART "name=words; filename=b\r\n\r\n1\r\n" END, &pairs), 0);
	CHECK(!form_read(&r, &file_spec, &pairs));
	form = r.form;
	CHECK_INT(form->words.n, 0);
	CHECK_STR(wrong(&r, "picture"), "http.no_file");
	r = request(t);
	CHECK_INT(body_of(t, &file_spec, MULTIPART, PART "name=picture; filename=\"\"\r\n\r\n\r\n" END, &pairs), 0);
	CHECK(!form_read(&r, &file_spec, &pairs));
	CHECK_STR(wrong(&r, "picture"), "http.no_file");
	CHECK_INT(body_of(t, &file_spec, URLENCODED, "words=sana&picture=b", &pairs), 0);
	CHECK(!form_read(&r, &file_spec, &pairs));
}

/* A file may be long; what is written beside it is no longer than in other forms. */
TEST(only_files_are_longer_than_other_bodies)
{
	struct out body = out_new(t->arena);
	struct pairs pairs;
	char *many = arena_bytes(t->arena, TEXT_MAX + 1);

	memset(many, 'x', TEXT_MAX);
	many[TEXT_MAX] = 0;
	out_fmt(&body, PART "name=picture; filename=b\r\n\r\n%s\r\n" END, many);
	CHECK_INT(form_body(t->arena, &file_spec, STR(MULTIPART), out_text(&body), TEXT_MAX, &pairs), 0);
	body.n = 0;
	out_fmt(&body, PART "name=words\r\n\r\n%s\r\n" END, many);
	CHECK_INT(form_body(t->arena, &file_spec, STR(MULTIPART), out_text(&body), TEXT_MAX, &pairs), 413);
	body.n = 0;
	out_fmt(&body, "words=%s", many);
	CHECK_INT(form_body(t->arena, &file_spec, STR(URLENCODED), out_text(&body), TEXT_MAX, &pairs), 413);
}

/* A request's largest body, made of what is slowest to read. */
TEST(a_large_body_is_read_in_no_time)
{
	struct req r = request(t);
	struct out body = out_new(t->arena);
	struct pairs pairs;

	out_lit(&body, "words=");
	while (body.n < TEXT_MAX - 15)
		out_lit(&body, "%0D%0A%e2%80%8b");
	CHECK_INT(form_body(t->arena, NULL, STR(URLENCODED), out_text(&body), TEXT_MAX, &pairs), 0);
	CHECK(form_read(&r, &spec, &pairs));
	CHECK_STR(((const struct every *)r.form)->words, "");
}
