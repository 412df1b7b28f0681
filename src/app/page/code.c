/* What brings a phone from a wall to a page of ours. */
#include "app/page/page.h"

#include "lib/qr.h"

#include "core/mail/mail.h"

struct markup
page_code(struct req *r, struct str path)
{
	struct out o = out_new(r->arena);

	qr_svg(&o, mail_link(r->arena, path));
	return (struct markup){out_text(&o)};
}

struct str
page_letters(struct req *r, struct str path)
{
	struct str address = mail_link(r->arena, path), rest = address, scheme = str_cut(&rest, ':');

	return rest.n > 2 && scheme.n ? str_sub(rest, 2, rest.n) : address;
}
