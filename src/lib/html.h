/* Writing untrusted text into HTML. Each place in a page has its own rules, so each has its own
 * function; the templates' compiler chooses among them. Text is UTF-8; a NUL becomes U+FFFD, as in
 * the HTML parser. */
#ifndef LIB_HTML_H
#define LIB_HTML_H

#include "lib/out.h"
#include "lib/str.h"

/* Text between tags, also inside <title> and <textarea>. */
void html_text(struct out *o, struct str s);

/* The value of an attribute between double or single quotes. */
void html_attr(struct out *o, struct str s);

/* One component of an address: a word of the path, or a name or value of the query. Everything but
 * letters, digits and -._~ is percent-encoded, so it needs no further escaping in an attribute. */
void html_url(struct out *o, struct str s);

/* A whole address in an attribute. One with another scheme than http, https, mailto or tel, or with
 * a control character, becomes "#". */
void html_href(struct out *o, struct str address);

/* Whether html_href would write the address. */
bool html_href_ok(struct str address);

#endif
