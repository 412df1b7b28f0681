/* Letters to people: in their language, greeted by name, signed by the house. */
#include "app/people/people.h"

#include "core/db/tx.h"

#include "app/campus/campus.h"
#include "app/people/people.texts.h" /* generated */

struct letter
person_letter(struct tx *tx, const struct person *to)
{
	struct letter l = letter_new(tx->arena, person_lang(to));

	letter_line(&l, t_people_letter_hello(to->name));
	letter_gap(&l);
	return l;
}

struct mail
person_mail(struct tx *tx, const struct person *to, struct said subject, struct letter *letter)
{
	letter_gap(letter);
	letter_small(letter, t_people_letter_from(provider_of(tx).name));
	return (struct mail){
		.to = to->email,
		.subject = said_plain(tx->arena, letter->lang, subject),
		.body = letter_body(letter),
		.lang = letter->lang,
	};
}
