/* /admin/letters: a letter of each kind, as its reader would get it, for whoever wants to see what people are sent. */
#include "app/admin/pages.h"

#include "lib/arena.h"
#include "lib/need.h"

#include "core/db/tx.h"
#include "core/http/http.h"
#include "core/mail/letter.h"
#include "core/mail/mail.h"

#include "app/admin/admin.html.h" /* generated */
#include "app/page/page.h"
#include "app/people/people.h"
#include "app/rights.h" /* generated */
#include "app/room.h"

enum { LETTERS_MAX = 100 };

/* In the language of the page, to the one who looks. */
static struct person
reader(struct req *r)
{
	struct person to;

	if (!person_find(r->tx, (person_id){r->actor.person}, &to))
		page_forbidden(r);
	to.language = (enum person_language)((int)r->lang + PERSON_LANGUAGE_FI);
	return to;
}

static struct mail_list
letters_of(struct req *r, const struct room *room, const struct person *to)
{
	struct mail_list list = {0};

	if (room->letters)
		room->letters(r->tx, to, &list);
	return list;
}

/* An address has the room's name and the letter's number there, so that one letter more moves none of another room. */
static void
show_letters(struct req *r)
{
	struct admin_letter_list list = {ARENA_ARRAY(r->arena, struct admin_letter, LETTERS_MAX), 0};
	struct person to = reader(r);

	for (const struct room *const *room = rooms_all(); *room; room++) {
		struct mail_list mails = letters_of(r, *room, &to);

		need(list.n + mails.n <= LETTERS_MAX);
		for (size_t i = 0; i < mails.n; i++) {
			struct str address = str_fmt(r->arena, "/%s/admin/letters/%s-%zu", lang_code(r->lang),
			    (*room)->name, i + 1);

			list.at[list.n++] = (struct admin_letter){mails.at[i].subject, address,
			    str_fmt(r->arena, "%.*s/text", STR_ARG(address)), mails.at[i].calendar.n > 0};
		}
	}
	admin_letters_html(r, &(struct admin_letters_page){list});
}

static struct mail
letter_of_path(struct req *r)
{
	struct str rest = path_text(r, "letter"), name = str_cut(&rest, '-');
	struct person to = reader(r);
	int64_t number;

	if (str_int(rest, &number) && number > 0)
		for (const struct room *const *room = rooms_all(); *room; room++)
			if (str_is(name, (*room)->name)) {
				struct mail_list mails = letters_of(r, *room, &to);

				if ((size_t)number <= mails.n)
					return mails.at[number - 1];
			}
	page_not_found(r);
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
