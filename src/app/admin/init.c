/* What a new database begins with. */
#include "app/admin/admin.h"

#include "lib/arena.h"
#include "lib/json.h"
#include "lib/out.h"
#include "lib/zone.h"

#include "core/db/tx.h"

#include "app/account/account.h"
#include "app/admin/admin.texts.h" /* generated */
#include "app/admin/pages.h"
#include "app/admin/world.json.h"  /* generated */
#include "app/campus/campus.h"
#include "app/journal/journal.h"
#include "app/people/people.h"
#include "app/room.h"

const struct event admin_loaded = {"admin.loaded", T_ADMIN_EVENT_LOADED};

/* The day at the provider; before there is one, in Helsinki. */
static struct date
today_of(struct tx *tx)
{
	struct provider p = provider_of(tx);
	const struct zone *zone = zone_find(p.time_zone);

	return local_of(zone ? zone : zone_find(STR("Europe/Helsinki")), tx->now).date;
}

static bool
finish(const struct json_in *in, struct out *problems)
{
	out_str(problems, out_text(&in->problems));
	return in->count == 0;
}

/* One entry for all of a file: what it says in detail is the file's own story. */
static void
note_loaded(struct tx *tx)
{
	struct actor nobody = person_nobody();
	struct str lines = str_fmt(tx->arena, "campuses: %zu\npeople: %zu", campus_all(tx).n,
	    people_here(tx, LANG_FI).n);

	journal_add(tx, &nobody, (struct journal_entry){&admin_loaded, .becomes = lines});
}

bool
admin_init(struct tx *tx, struct str college, struct out *problems)
{
	struct json_in in = json_in_new(tx->arena);
	const struct json *whole = json_parse(&in, college);

	for (const struct room *const *room = rooms_all(); whole && *room; room++)
		if ((*room)->seed)
			(*room)->seed(tx, &in, whole, today_of(tx));
	if (in.count == 0)
		note_loaded(tx);
	return finish(&in, problems);
}

bool
admin_is_demo(struct tx *tx)
{
	struct json_in in = json_in_new(tx->arena);
	const struct json *world = json_parse(&in, admin_world_json);
	struct texts name = json_texts(&in, json_member(&in, world, "provider"), "name");

	return str_eq(provider_of(tx).name.at[LANG_FI], name.at[LANG_FI]);
}

bool
admin_init_demo(struct tx *tx, struct out *problems)
{
	struct json_in in = json_in_new(tx->arena);
	const struct json *world;

	if (!admin_init(tx, admin_world_json, problems))
		return false;
	world = json_parse(&in, admin_world_json);
	for (const struct room *const *room = rooms_all(); world && *room; room++)
		if ((*room)->seed_demo)
			(*room)->seed_demo(tx, &in, world, today_of(tx));
	return finish(&in, problems);
}

void
admin_sign_in_links(struct tx *tx, struct str base, bool everybody, struct out *lines)
{
	struct person_list people = people_here(tx, LANG_FI);
	struct date today = today_of(tx);

	for (size_t i = 0; i < people.n; i++) {
		const struct person *p = &people.at[i];
		struct person_grant_list roles = people_grants_of(tx, p->id, today);
		enum person_role_role role;
		struct str token;

		if (roles.n == 0)
			continue;
		role = roles.at[roles.n - 1].role;
		if (!everybody && role != PERSON_ROLE_ROLE_ADMIN && role != PERSON_ROLE_ROLE_COORDINATOR)
			continue;
		token = account_link(tx, p->id, ACCOUNT_INVITE_MINUTES);
		out_fmt(lines, "%s\t%.*s\t%.*s/%s/sign-in/link/%.*s\n", person_role_role_words[role],
		    STR_ARG(p->name), STR_ARG(base), lang_code(person_lang(p)), STR_ARG(token));
	}
}
