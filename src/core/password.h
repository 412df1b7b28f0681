/* Passwords, by Argon2id. It takes 32 MiB and a tenth of a second a time, on purpose; so one runs
 * at a time, a few wait, and whoever comes then is told that it is busy. */
#ifndef CORE_PASSWORD_H
#define CORE_PASSWORD_H

#include <stdint.h>

#include "lib/str.h"

struct arena;

enum password_verdict {
	PASSWORD_WRONG,
	PASSWORD_RIGHT,
	PASSWORD_BUSY, /* nothing was found out: too many wait, or one waited too long */
};

/* What to keep of a password. Empty when it is busy. Blocks for at most about five seconds, so
 * not to be called from the writer. */
struct str password_hash(struct arena *a, struct str password);

/* Whether it is the password of that hash. An empty hash (nobody has that address) is
 * PASSWORD_WRONG and takes as long as any other. Blocks likewise. */
enum password_verdict password_try(struct str password, struct str hash);

enum { PASSWORD_WAITING_MAX = 20, PASSWORD_PATIENCE_MS = 5000 };

struct password_figures {
	int64_t waiting; /* now */
	int64_t runs;    /* since the start */
	int64_t busy;    /* how many were told so */
	int64_t runs_us; /* their time, without waiting */
};

struct password_figures password_figures(void);

/* --- for tests ------------------------------------------------------------------------------- */

/* Takes the place of the one that runs, until password_release. */
void password_hold(void);
void password_release(void);
void password_patience_set(int64_t ms);

#endif
