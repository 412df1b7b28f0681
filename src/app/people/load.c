/* A college's file: what `nuotio init --college FILE.json` reads of its people. The file gives and takes nothing
 * away: a role or a duty that somebody ever had is left to the people who manage them. */
#include "app/people/people.h"

#include "lib/json.h"
#include "lib/typed.h"

#include "core/db/tx.h"

#include "app/campus/campus.h"
#include "app/people/duties.json.h" /* generated */
#include "app/people/people.sql.h"  /* generated */

enum { NAME_MAX_CHARS = 100 };

/* The campus that "campus" names; 0 for "*", all of them. False after a mistake. */
static bool
load_place(struct tx *tx, struct json_in *in, const struct json *j, campus_id *place)
{
	struct str slug = json_text_or(in, j, "campus", STR("*"));
	struct campus campus = {0};

	if (!str_is(slug, "*") && !campus_find(tx, slug, &campus)) {
		json_problem(in, json_member(in, j, "campus"), "\"%.*s\" is none of `campuses`, or has ended",
		    STR_ARG(slug));
		return false;
	}
	*place = campus.id;
	return true;
}

/* `until` is a date, or a day of every year (12-31): then the next one. */
static struct date
load_until(struct json_in *in, const struct json *j, struct date today)
{
	const struct json *until = json_member(in, j, "until");

	if (until->kind != IS_TEXT || !date_is_anchor(until->text))
		return json_date_or(in, j, "until");
	return date_of_anchor((struct span){today, {today.day + 365}}, until->text);
}

static void
load_duties(struct tx *tx, struct json_in *in, const struct json *j, person_id person, campus_id campus)
{
	struct json_items list = json_list(in, j, "duties");

	for (size_t i = 0; i < list.n; i++) {
		struct duty duty = {0};

		if (list.at[i].kind == IS_TEXT)
			duty = duty_with_key(duties(tx), list.at[i].text);
		if (duty.id.n == 0)
			json_problem(in, &list.at[i], "names no duty");
		else
			person_duty_load(tx, person, duty.id, campus);
	}
}

/* The campus of the first role, where the duties are too. */
static campus_id
load_roles(struct tx *tx, struct json_in *in, const struct json *j, person_id person, struct date today)
{
	struct json_items roles = json_list(in, j, "roles");
	campus_id first = {0};

	for (size_t i = 0; i < roles.n; i++) {
		const struct json *r = &roles.at[i];
		size_t role = json_word(in, r, "role", person_role_role_words, PERSON_ROLE_ROLE_COUNT);
		struct date until = load_until(in, r, today);
		campus_id campus = {0};

		if (load_place(tx, in, r, &campus) && role)
			person_role_load(tx, person, (enum person_role_role)role, campus, until, tx->now);
		if (i == 0)
			first = campus;
	}
	return first;
}

static struct str
load_email(struct tx *tx, struct json_in *in, const struct json *j, struct str key)
{
	struct str email = json_text_or(in, j, "email", STR(""));

	/* Invented people have no address of their own; .example never leads anywhere. */
	if (email.n == 0)
		email = str_fmt(tx->arena, "%.*s@nuotio.example", STR_ARG(key));
	if (!typed_is_email(email))
		json_problem(in, json_member(in, j, "email"), "\"%.*s\" is no e-mail address", STR_ARG(email));
	return str_lower_ascii(tx->arena, email);
}

static bool
is_key_in(struct json_in *in, struct json_items people, size_t n, struct str key)
{
	for (size_t i = 0; i < n; i++) {
		const struct json *j = json_member(in, &people.at[i], "key");

		if (j->kind == IS_TEXT && str_eq(j->text, key))
			return true;
	}
	return false;
}

/* The key is the file's own name for somebody, who may have another address by now. False: it is somebody else's. */
static bool
keep_by_key(struct tx *tx, struct json_in *in, struct json_items people, struct str key, struct str email)
{
	struct person known = {0}, other;

	person_by_key(tx, key, &known);
	if (person_by_email(tx, email, &other))
		return other.id.n == known.id.n || (known.id.n == 0 && !is_key_in(in, people, people.n, other.key));
	if (known.id.n)
		person_email_set(tx, known.id, email);
	return true;
}

/* Who has no language of their own has that of the campus of their first role. */
static enum person_language
load_language(struct tx *tx, struct json_in *in, const struct json *j)
{
	struct json_items roles = json_list(in, j, "roles");
	struct campus campus;

	if (json_member(in, j, "language")->kind == IS_ABSENT && roles.n &&
	    campus_find(tx, json_text_or(in, &roles.at[0], "campus", STR("*")), &campus))
		return (enum person_language)((int)campus_lang(&campus) + PERSON_LANGUAGE_FI);
	return (enum person_language)json_word(in, j, "language", person_language_words, PERSON_LANGUAGE_COUNT);
}

static void
load_person(struct tx *tx, struct json_in *in, const struct json *j, struct json_items people, struct date today)
{
	size_t before = in->count;
	struct str key = json_text(in, j, "key"), name = json_text(in, j, "name");
	struct str email = load_email(tx, in, j, key);
	enum person_language language = load_language(tx, in, j);
	struct texts title = json_texts_or(in, j, "title");
	struct person p;
	person_id id;

	if (str_chars(name) > NAME_MAX_CHARS)
		json_problem(in, json_member(in, j, "name"), "at most %d letters are possible", NAME_MAX_CHARS);
	if (is_key_in(in, people, j->index, key))
		json_problem(in, json_member(in, j, "key"), "\"%.*s\" stands here twice", STR_ARG(key));
	if (in->count == before && !keep_by_key(tx, in, people, key, email))
		json_problem(in, json_member(in, j, "email"), "\"%.*s\" is the address of somebody else",
		    STR_ARG(email));
	if (in->count > before)
		return;
	id = person_load(tx, key, name, email, language, title, tx->now);
	/* Who has left comes back by an invitation, and then with the roles that it names. */
	if (person_by_id(tx, id, &p) && p.cancelled_at.s == 0)
		load_duties(tx, in, j, id, load_roles(tx, in, j, id, today));
}

static void
load_known_duties(struct tx *tx, struct json_in *in)
{
	const struct json *whole = json_parse(in, people_duties_json);
	struct json_items list = json_list(in, whole, "duties");

	for (size_t i = 0; i < list.n; i++)
		duty_put(tx, json_text(in, &list.at[i], "key"), json_texts(in, &list.at[i], "name"),
		    json_text(in, &list.at[i], "role"));
}

void
people_load(struct tx *tx, struct json_in *in, const struct json *college, struct date today)
{
	struct json_items list = json_list(in, college, "people");

	load_known_duties(tx, in);
	for (size_t i = 0; i < list.n; i++)
		load_person(tx, in, &list.at[i], list, today);
}
