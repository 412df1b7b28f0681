/* /admin/letters: a letter of each kind, as its reader would get it, for whoever wants to see what people are sent. */
#include "app/admin/pages.h"

#include "lib/arena.h"

#include "core/db/tx.h"
#include "core/http/http.h"
#include "core/mail/letter.h"
#include "core/mail/mail.h"

#include "app/admin/admin.html.h" /* generated */
#include "app/page/page.h"
#include "app/people/people.h"
#include "app/rights.h" /* generated */
#include "app/room.h"

/* In the language of the page, to the one who looks. */
static struct mail_list
all_letters(struct req *r)
{
	const struct room *const *rooms = rooms_all();
	struct mail_list list = {0};
	struct person to;
	size_t n = 0;

	if (!person_find(r->tx, (person_id){r->actor.person}, &to))
		page_forbidden(r);
	to.language = (enum person_language)((int)r->lang + PERSON_LANGUAGE_FI);
	while (rooms[n])
		n++;
	/* What comes by itself first: the rooms that write it stand furthest to the right. */
	while (n-- > 0)
		if (rooms[n]->letters)
			rooms[n]->letters(r->tx, &to, &list);
	return list;
}

static void
show_letters(struct req *r)
{
	struct mail_list all = all_letters(r);
	struct admin_letter_list list = {ARENA_ARRAY(r->arena, struct admin_letter, all.n), all.n};

	for (size_t i = 0; i < all.n; i++) {
		struct str address = str_fmt(r->arena, "/%s/admin/letters/%zu", lang_code(r->lang), i + 1);

		list.at[i] = (struct admin_letter){all.at[i].subject, address,
		    str_fmt(r->arena, "%.*s/text", STR_ARG(address)), all.at[i].calendar.n > 0};
	}
	admin_letters_html(r, &(struct admin_letters_page){list});
}

static struct mail
letter_of_path(struct req *r)
{
	struct mail_list all = all_letters(r);
	int64_t number = path_int(r, "letter");

	if ((size_t)number > all.n)
		page_not_found(r);
	return all.at[number - 1];
}

static void
show_letter(struct req *r)
{
	struct mail mail = letter_of_path(r);

	r->type = STR("text/html; charset=utf-8");
	r->letter = true;
	letter_write_html(&r->out, mail.body, mail.subject, mail.lang);
}

static void
show_text(struct req *r)
{
	r->type = STR("text/plain; charset=utf-8");
	letter_write_text(&r->out, letter_of_path(r).body);
}

const struct route admin_letter_routes[] = {
	{GET, "/{lang}/admin/letters", MAY_SEE_OUTBOX, show_letters, .whole = true},
	{GET, "/{lang}/admin/letters/{letter}", MAY_SEE_OUTBOX, show_letter, .whole = true},
	{GET, "/{lang}/admin/letters/{letter}/text", MAY_SEE_OUTBOX, show_text, .whole = true},
	{0},
};
