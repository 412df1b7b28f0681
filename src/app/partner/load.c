/* A college's file: its partners, whom to call there, what was agreed, and who acts for them. What was edited in the
 * service since stands. */
#include "app/partner/inside.h"

#include "lib/json.h"

#include "core/db/tx.h"

#include "app/partner/partner.sql.h" /* generated */

enum {
	KEY_MAX = 60,
	NAME_MAX = 120,
	DOES_MAX = 500,
	URL_MAX = 500,
	CONTACT_NAME_MAX = 100,
	CONTACT_TASK_MAX = 200,
	EMAIL_MAX = 254,
	PHONE_MAX = 40,
	TITLE_MAX = 200,
	NUMBER_MAX = 100,
};

/* As long as the forms of the service allow, which the schema says too. */
static struct str
short_enough(struct json_in *in, const struct json *j, const char *name, struct str text, size_t max)
{
	if (str_chars(text) > max)
		json_problem(in, json_member(in, j, name), "at most %zu letters are possible", max);
	return text;
}

static struct str
load_text(struct json_in *in, const struct json *j, const char *name, size_t max)
{
	return short_enough(in, j, name, json_text_or(in, j, name, STR("")), max);
}

static struct texts
load_texts(struct json_in *in, const struct json *j, const char *name, size_t max)
{
	struct texts texts = json_texts_or(in, j, name);

	for (enum lang l = 0; l < LANG_COUNT; l++)
		short_enough(in, j, name, texts.at[l], max);
	return texts;
}

static void
load_campuses(struct tx *tx, struct json_in *in, const struct json *j, organisation_id id)
{
	struct json_items list = json_list(in, j, "campuses");

	for (size_t i = 0; i < list.n; i++) {
		struct campus campus;

		if (list.at[i].kind == IS_TEXT && campus_find(tx, list.at[i].text, &campus))
			organisation_campus_add(tx, id, campus.id);
		else
			json_problem(in, &list.at[i], "is none of `campuses`");
	}
}

static void
load_contacts(struct tx *tx, struct json_in *in, const struct json *j, organisation_id id)
{
	struct json_items list = json_list(in, j, "contacts");

	for (size_t i = 0; i < list.n; i++) {
		const struct json *c = &list.at[i];
		size_t before = in->count;
		struct str name = short_enough(in, c, "name", json_text(in, c, "name"), CONTACT_NAME_MAX);
		struct str task = load_text(in, c, "task", CONTACT_TASK_MAX);
		struct str email = load_text(in, c, "email", EMAIL_MAX), phone = load_text(in, c, "phone", PHONE_MAX);

		if (in->count == before)
			organisation_contact_add(tx, id, name, task, email, phone);
	}
}

/* A date, or a number: so many days from today on. The demo's agreements are as old on whatever day it begins. */
static struct date
load_day(struct json_in *in, const struct json *j, const char *name, struct date today)
{
	const struct json *day = json_member(in, j, name);

	if (day->kind == IS_INT)
		return date_add_days(today, (int)json_int(in, j, name, -10000, 10000));
	return json_date_or(in, j, name);
}

static void
load_agreements(struct tx *tx, struct json_in *in, const struct json *j, organisation_id id, struct date today)
{
	struct json_items list = json_list(in, j, "agreements");

	for (size_t i = 0; i < list.n; i++) {
		const struct json *a = &list.at[i];
		size_t before = in->count;
		struct str title = short_enough(in, a, "title", json_text(in, a, "title"), TITLE_MAX);
		struct str number = load_text(in, a, "number", NUMBER_MAX), url = load_text(in, a, "url", URL_MAX);
		struct date starts = load_day(in, a, "starts", today), ends = load_day(in, a, "ends", today);

		if (starts.day == 0)
			json_problem(in, json_member(in, a, "starts"), "the first day is missing");
		else if (ends.day && ends.day < starts.day)
			json_problem(in, json_member(in, a, "ends"), "is before `starts`");
		if (in->count == before)
			organisation_agreement_add(tx, id, title, starts, ends, number, url);
	}
}

static void
load_partner(struct tx *tx, struct json_in *in, const struct json *j, struct date today)
{
	size_t before = in->count;
	struct str key = short_enough(in, j, "key", json_text(in, j, "key"), KEY_MAX);
	struct str town = json_text_or(in, j, "municipality", STR("")), url = load_text(in, j, "url", URL_MAX);
	struct texts name = json_texts(in, j, "name"), does = load_texts(in, j, "does", DOES_MAX);
	size_t type = json_word(in, j, "type", organisation_type_words, ORGANISATION_TYPE_COUNT);
	struct municipality municipality = {0};
	organisation_id id;

	if (town.n && !campus_municipality(tx, town, &municipality))
		json_problem(in, json_member(in, j, "municipality"), "\"%.*s\" is none of `municipalities`",
		    STR_ARG(town));
	load_texts(in, j, "name", NAME_MAX);
	if (in->count > before || partner_with_key(tx, key).n)
		return;
	id = organisation_add(tx, key, name, (enum organisation_type)type, municipality.id, does, url);
	load_campuses(tx, in, j, id);
	load_contacts(tx, in, j, id);
	load_agreements(tx, in, j, id, today);
}

/* {"role": "partner", "organisation": KEY} among the roles of a person. */
static void
load_member(struct tx *tx, struct json_in *in, const struct json *j)
{
	struct json_items roles = json_list(in, j, "roles");
	struct person person;

	for (size_t i = 0; i < roles.n; i++) {
		struct str key = json_text_or(in, &roles.at[i], "organisation", STR(""));
		organisation_id id = partner_with_key(tx, key);

		if (key.n == 0 || !person_with_key(tx, json_text(in, j, "key"), &person))
			continue;
		if (id.n)
			organisation_member_load(tx, id, person.id, tx->now);
		else
			json_problem(in, json_member(in, &roles.at[i], "organisation"),
			    "\"%.*s\" is none of `partners`", STR_ARG(key));
	}
}

void
partner_load(struct tx *tx, struct json_in *in, const struct json *college, struct date today)
{
	struct json_items partners = json_list(in, college, "partners"), people = json_list(in, college, "people");

	for (size_t i = 0; i < partners.n; i++)
		load_partner(tx, in, &partners.at[i], today);
	for (size_t i = 0; i < people.n; i++)
		load_member(tx, in, &people.at[i]);
}
