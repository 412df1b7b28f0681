/* The five cookies: session, browser, theme, language, and the flash that a redirect leaves for the
 * next page. */
#ifndef CORE_COOKIES_H
#define CORE_COOKIES_H

#include <stdbool.h>

#include "lib/str.h"
#include "lib/text.h"

struct req;

/* With TLS in front cookies are Secure and named __Host-…, so that no other site can set them.
 * Before threads start; false at the start. */
void cookies_secure_set(bool secure);

/* Reads the Cookie header into r->session, r->browser, r->theme and r->flash, and into r->lang if
 * the path names no language; what does not fit is as if it were not there. */
void cookies_read(struct req *r, struct str header);

/* Signs in, on one's own device for 30 days, else until the browser is closed; or out. The cookie of an own device
 * outlives the session, which the server ends. */
void cookies_session(struct req *r, struct str token, bool own_device);
void cookies_session_end(struct req *r);

/* Gives the browser a random name if it has none: forms of people who are not signed in are bound
 * to it. */
void cookies_browser(struct req *r);

/* "light", "dark" or empty for what the device prefers; a year. */
void cookies_theme(struct req *r, struct str theme);

/* The language of addresses that name none; a year. */
void cookies_lang(struct req *r, enum lang lang);

/* What the next page says: a text and its arguments, signed. Texts with TEXTS arguments are written
 * in r->lang; very long arguments are shortened. */
void cookies_flash(struct req *r, struct said flash);
/* After it was shown. */
void cookies_flash_end(struct req *r);

/* The sentence as letters and back, for whoever keeps it elsewhere. False if it is none of this
 * program's. */
struct str said_pack(struct req *r, struct said said);
bool said_unpack(struct req *r, struct str packed, struct said *said);

#endif
