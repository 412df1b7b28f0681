/* A mail as bytes: RFC 5322, with subjects as RFC 2047, words as quoted-printable UTF-8, and several parts as MIME. */
#ifndef CORE_MAIL_MIME_H
#define CORE_MAIL_MIME_H

#include <stdbool.h>

#include "lib/date.h"
#include "lib/ical.h"
#include "lib/str.h"
#include "lib/text.h"

struct out;

/* Someone: "Nuotio <nuotio@example.fi>", "\"Nuotio, mails\" <…>" or the address alone. */
struct mime_address {
	struct str name; /* without quotation marks; may be empty */
	struct str address;
};

/* False: it is no address that a header can bear (one @, printable ASCII, a name without control
 * characters). Points into `text`. */
bool mime_address_of(struct str text, struct mime_address *address);

struct mime {
	struct mime_address from;
	struct str to;         /* an address alone */
	struct str subject, body;
	struct str html;       /* the same words for programs that draw; empty: there is the text alone */
	struct str unsubscribe; /* an https address that takes whoever POSTs to it off the list: RFC 8058; or empty */
	struct str message_id; /* letters and digits; the host is that of `from` */
	struct instant date;
	enum lang lang;
	/* An invitation: in place of the words for programs that keep a calendar, and as a file for the others. */
	struct str calendar;
	enum ical_method method; /* 0: there is none */
};

/* Writes headers and body with CRLF. False, and nothing is written: a header would hold a line
 * break, a NUL or bytes that are no UTF-8, or an address is none. Body lines may end in LF or
 * CRLF. */
bool mime_write(struct out *o, const struct mime *mime);

#endif
