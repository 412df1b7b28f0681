/* Random words that open something: sign-in links, sessions, codes. Only their digests are kept. */
#ifndef CORE_TOKEN_H
#define CORE_TOKEN_H

#include "lib/str.h"

struct arena;

/* 256 random bits, 43 letters that are safe in an address. */
struct str token_new(struct arena *a);

/* Six decimal digits, each code as likely as any other. */
struct str token_code(struct arena *a);

/* BLAKE2b-256 in hexadecimal, 64 letters. */
struct str token_digest(struct arena *a, struct str token);

/* Compares in a time that does not depend on where they differ. */
bool token_same(struct str a, struct str b);

#endif
