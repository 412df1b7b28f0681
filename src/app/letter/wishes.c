/* Which letters somebody wants: on their page, by a button behind a link of the letter, or by their mail program. */
#include "app/letter/inside.h"

#include <stddef.h>

#include "lib/arena.h"

#include "core/db/tx.h"
#include "core/http/form.h"
#include "core/secret.h"

#include "app/letter/letter.html.h"  /* generated */
#include "app/letter/letter.sql.h"   /* generated */
#include "app/letter/letter.texts.h" /* generated */
#include "app/page/page.h"
#include "app/rights.h" /* generated */

#define OFF "letter off"

struct letter_wishes
letter_wishes_of(struct tx *tx, person_id person)
{
	struct letter_wish wish = {.monday = true, .year = true};

	letter_wish_of(tx, person, &wish);
	return (struct letter_wishes){wish.monday, wish.year};
}

static const char *
word_of(enum letter_kind kind)
{
	switch (kind) {
	case LETTER_MONDAY: return "monday";
	case LETTER_YEAR: return "year";
	}
	return "";
}

struct str
letter_off_address(struct tx *tx, person_id person, enum letter_kind kind, enum lang lang)
{
	struct str plain = str_fmt(tx->arena, "%s-%lld", word_of(kind), (long long)person.n);

	return mail_link(tx->arena, str_fmt(tx->arena, "/%s/letter/off/%.*s-%.*s", lang_code(lang), STR_ARG(plain),
	    STR_ARG(secret_sign(tx->arena, OFF, plain))));
}

struct mail
letter_finish(struct tx *tx, const struct person *to, struct said subject, struct letter *letter, struct said why,
    enum letter_kind kind)
{
	struct str off = letter_off_address(tx, to->id, kind, letter->lang);
	struct mail mail;

	letter_gap(letter);
	letter_small(letter, why);
	letter_link(letter, said(kind == LETTER_MONDAY ? T_LETTER_OFF_MONDAY : T_LETTER_OFF_YEAR), off);
	letter_link(letter, said(T_LETTER_SETTINGS_LINK),
	    mail_link(tx->arena, str_fmt(tx->arena, "/%s/me/letters", lang_code(letter->lang))));
	mail = person_mail(tx, to, subject, letter);
	mail.unsubscribe = off;
	return mail;
}

/* --- on one's own page --------------------------------------------------------------------------- */

struct wish_form {
	bool monday, year;
};

static const struct form_field wish_fields[] = {
	{"monday", FORM_CHECK, offsetof(struct wish_form, monday), .label = T_LETTER_WISH_MONDAY,
	    .hint = T_LETTER_WISH_MONDAY_HINT},
	{"year", FORM_CHECK, offsetof(struct wish_form, year), .label = T_LETTER_WISH_YEAR,
	    .hint = T_LETTER_WISH_YEAR_HINT},
};

static const struct form_spec wish_spec = FORM_SPEC("letters", struct wish_form, wish_fields);

static void
show_wishes(struct req *r)
{
	struct letter_wishes now = letter_wishes_of(r->tx, (person_id){r->actor.person});
	struct person me;

	form_show(r, &wish_spec, &(struct wish_form){now.monday, now.year});
	letter_wishes_html(r, &(struct letter_wishes_page){
		person_find(r->tx, (person_id){r->actor.person}, &me) ? me.email : STR("")});
}

static struct outcome
save_wishes(struct req *r)
{
	const struct wish_form *f = r->form;

	letter_wish_put(r->tx, (person_id){r->actor.person}, f->monday, f->year);
	return see_other(r, "/{lang}/me/letters", said(T_LETTER_SAVED));
}

/* --- behind the link ----------------------------------------------------------------------------- */

/* Whose letters of which kind; false for an address that we did not write, or of somebody who has left. */
static bool
find_off(struct req *r, enum letter_kind *kind, struct person *p)
{
	struct str rest = path_text(r, "key"), word = str_cut(&rest, '-'), number = str_cut(&rest, '-');
	person_id id;

	*kind = str_is(word, "year") ? LETTER_YEAR : LETTER_MONDAY;
	return str_int(number, &id.n) &&
	    secret_signed(OFF, str_fmt(r->arena, "%.*s-%.*s", STR_ARG(word), STR_ARG(number)), rest) &&
	    person_find(r->tx, id, p) && p->cancelled_at.s == 0;
}

static bool
wants(struct req *r, const struct person *p, enum letter_kind kind)
{
	struct letter_wishes now = letter_wishes_of(r->tx, p->id);

	return kind == LETTER_MONDAY ? now.monday : now.year;
}

static void
show_off(struct req *r)
{
	enum letter_kind kind;
	struct person p;

	if (!find_off(r, &kind, &p)) {
		letter_gone_html(r, &(struct letter_gone_page){said(T_LETTER_GONE_OFF)});
		return;
	}
	letter_off_html(r, &(struct letter_off_page){
		.title = said(kind == LETTER_MONDAY ? T_LETTER_OFF_MONDAY : T_LETTER_OFF_YEAR),
		.name = p.name,
		.wants = wants(r, &p, kind),
		.is_year = kind == LETTER_YEAR,
	});
}

static struct outcome
set_off(struct req *r, bool wanted, const struct text *flash)
{
	struct letter_wishes now;
	enum letter_kind kind;
	struct person p;

	if (!find_off(r, &kind, &p))
		return refused(r, VERDICT_NOT_FOUND, said(T_LETTER_GONE_OFF));
	now = letter_wishes_of(r->tx, p.id);
	if (wants(r, &p, kind) != wanted)
		letter_wish_put(r->tx, p.id, kind == LETTER_MONDAY ? wanted : now.monday,
		    kind == LETTER_YEAR ? wanted : now.year);
	return see_other(r, "/{lang}/letter/off/{key}", said(flash));
}

static struct outcome
turn_off(struct req *r)
{
	return set_off(r, false, T_LETTER_OFF_FLASH);
}

static struct outcome
turn_on(struct req *r)
{
	return set_off(r, true, T_LETTER_ON_FLASH);
}

const struct route letter_wish_routes[] = {
	{GET, "/{lang}/me/letters", MAY_SIGNED_IN, show_wishes},
	{POST, "/{lang}/me/letters", MAY_SIGNED_IN, show_wishes, save_wishes, &wish_spec},
	{GET, "/{lang}/letter/off/{key}", MAY_ANYONE, show_off},
	{POST, "/{lang}/letter/off/{key}", MAY_ANYONE, show_off, turn_off, .by_mail = true},
	{POST, "/{lang}/letter/off/{key}/undo", MAY_ANYONE, show_off, turn_on},
	{0},
};
