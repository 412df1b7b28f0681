/* What the pages of this room share. */
#ifndef APP_PARTNER_PAGES_H
#define APP_PARTNER_PAGES_H

#include "app/partner/inside.h"

struct mail_list;

#define PARTNER "/{lang}/partners/{partner}"

extern const struct route partner_edit_routes[], partner_people_routes[];

/* The page of an organisation, and the forms on it. */
void partner_show(struct req *r);
void partner_show_forms(struct req *r, const struct organisation *o);
void partner_show_end(struct req *r, const struct organisation *o);

/* The organisation of the path; 404 where there is none, or it has ended and is not for this actor to bring back. */
struct organisation partner_or_404(struct req *r);
/* Back to its page. */
struct outcome partner_back(struct req *r, struct said flash);

/* For struct room: a letter of each kind. */
void partner_letters(struct tx *tx, const struct person *to, struct mail_list *list);

#endif
