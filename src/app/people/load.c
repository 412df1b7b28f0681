/* A college's file: what `nuotio init --college FILE.json` reads of its people. */
#include "app/people/people.h"

#include "lib/json.h"

#include "core/db/db.h"

#include "app/campus/campus.h"
#include "app/people/duties.json.h" /* generated */
#include "app/people/people.sql.h"  /* generated */

/* The campus that "campus" names; 0 for "*", all of them. */
static campus_id
load_place(struct tx *tx, struct json_in *in, const struct json *j)
{
	struct str slug = json_text_or(in, j, "campus", STR("*"));
	struct campus campus = {0};

	if (!str_is(slug, "*") && !campus_find(tx, slug, &campus))
		json_problem(in, json_member(in, j, "campus"), "\"%.*s\" is none of `campuses`", STR_ARG(slug));
	return campus.id;
}

/* `until` is a date, or a day of every year (12-31): then the next one. */
static struct date
load_until(struct json_in *in, const struct json *j, struct date today)
{
	struct str until = json_text_or(in, j, "until", STR(""));
	struct date day;

	if (!date_is_anchor(until))
		return json_date_or(in, j, "until");
	day = date_of_anchor((struct span){today, {today.day + 365}}, until);
	return day;
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
			person_duty_add(tx, person, duty.id, campus);
	}
}

static struct str
load_email(struct tx *tx, struct json_in *in, const struct json *j, struct str key)
{
	struct str email = json_text_or(in, j, "email", STR(""));

	/* Invented people have no address of their own; .example never leads anywhere. */
	if (email.n == 0)
		email = str_fmt(tx->arena, "%.*s@nuotio.example", STR_ARG(key));
	if (!str_contains(email, STR("@")) || email.n > 254)
		json_problem(in, json_member(in, j, "email"), "\"%.*s\" is no e-mail address", STR_ARG(email));
	return str_lower_ascii(tx->arena, email);
}

static void
load_person(struct tx *tx, struct json_in *in, const struct json *j, struct date today)
{
	struct str key = json_text(in, j, "key"), name = json_text(in, j, "name");
	struct str email = load_email(tx, in, j, key);
	size_t language = json_word(in, j, "language", person_language_words, PERSON_LANGUAGE_COUNT);
	struct json_items roles = json_list(in, j, "roles");
	campus_id first = {0};
	person_id id;

	if (key.n == 0 || name.n == 0 || language == 0)
		return;
	id = person_put(tx, key, name, email, (enum person_language)language, json_texts_or(in, j, "title"),
	    tx->now);
	for (size_t i = 0; i < roles.n; i++) {
		const struct json *r = &roles.at[i];
		size_t role = json_word(in, r, "role", person_role_role_words, PERSON_ROLE_ROLE_COUNT);
		campus_id campus = load_place(tx, in, r);

		if (role)
			person_role_add(tx, id, (enum person_role_role)role, campus, load_until(in, r, today), 0,
			    tx->now);
		if (i == 0)
			first = campus;
	}
	load_duties(tx, in, j, id, first);
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
		load_person(tx, in, &list.at[i], today);
}
