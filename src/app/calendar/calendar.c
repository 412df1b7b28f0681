#include "app/calendar/calendar.h"

#include "lib/arena.h"
#include "lib/need.h"
#include "lib/out.h"

#include "core/db/tx.h"
#include "core/http/http.h"
#include "core/mail/mail.h"
#include "core/secret.h"

#include "app/calendar/calendar.sql.h" /* generated */
#include "app/journal/journal.h"

enum { BACK_DAYS = 31, AHEAD_DAYS = 550, REFRESH_S = 3600 };

void
calendar_add(struct arena *a, struct calendar_list *list, struct ical_event event)
{
	list->at = arena_grow(a, list->at, list->n, 1, sizeof event, &list->cap);
	list->at[list->n++] = event;
}

struct span
calendar_days(struct date today)
{
	return (struct span){date_add_days(today, -BACK_DAYS), date_add_days(today, AHEAD_DAYS)};
}

/* "person-12-1": what the signature covers. */
static struct str
plain_key(struct tx *tx, enum calendar_key_whose whose, int64_t id)
{
	struct calendar_key key = {.number = 1};

	calendar_key_of(tx, whose, id, &key);
	return str_fmt(tx->arena, "%s-%lld-%lld", calendar_key_whose_words[whose], (long long)id,
	    (long long)key.number);
}

struct str
calendar_address(struct tx *tx, enum calendar_key_whose whose, int64_t id, enum lang lang)
{
	struct str plain = plain_key(tx, whose, id);

	return mail_link(tx->arena, str_fmt(tx->arena, "/%s/calendar/%.*s-%.*s/nuotio.ics", lang_code(lang),
	    STR_ARG(plain), STR_ARG(secret_sign(tx->arena, "calendar", plain))));
}

bool
calendar_is_known(struct req *r)
{
	r->type = STR("text/calendar; charset=utf-8");
	return page_unchanged(r, str_fmt(r->arena, "%.*s-%d", STR_ARG(journal_newest(r->tx)), r->today.day));
}

void
calendar_answer(struct req *r, struct str name, struct calendar_list list)
{
	struct ical calendar = {
		.method = ICAL_PUBLISH,
		.name = name,
		.refresh_s = REFRESH_S,
		.zone = r->zone,
		.at = list.at,
		.n = list.n,
	};

	r->type = STR("text/calendar; charset=utf-8");
	r->filename = STR("nuotio.ics");
	ical_write(&r->out, &calendar);
}
