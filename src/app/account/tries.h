/* How often one may try to sign in, and what a password is worth. Only failures count: per address, per network. */
#ifndef APP_ACCOUNT_TRIES_H
#define APP_ACCOUNT_TRIES_H

#include "core/http/http.h"

#include "app/account/account.rows.h" /* generated */

struct person;

/* The issuer of an account whose password is ours. */
#define ACCOUNT_LOCAL STR("local")

enum { PASSWORD_CHARS_MIN = 12, PASSWORD_CHARS_MAX = 200 };

/* Takes a try for a mail to that address, or for a code. The sentence for whoever has to wait; no text: they need
 * not. */
struct said tries_wait_for_mail(struct req *r, struct str email);
struct said tries_wait_for_code(struct req *r);

/* What checking a password found. */
struct tried {
	bool right;
	struct account account;
	struct said wait; /* too many tries, by these people or by all; no text: it was checked */
};

/* Takes a try and checks. Before the writer, on the pool: it takes a tenth of a second. An address that is not known,
 * or has no password, costs the same. */
struct tried tries_password(struct req *r, struct str email, struct str password);

/* They were right: they begin anew, and the network gets this try back. */
void tries_end(struct req *r, const struct person *p);

#endif
