/* How mails leave: which server takes them, and the jobs that send and forget. For main. */
#ifndef CORE_MAIL_SERVER_H
#define CORE_MAIL_SERVER_H

#include <stdbool.h>
#include <stdint.h>

#include "core/job/job.h"
#include "lib/str.h"

/* "https://nuotio.example", without a slash at the end. Once, before threads start. */
void mail_base_set(struct str base);

struct mail_server {
	struct str url;            /* "smtp://host:25", "smtps://host"; empty: mails wait */
	struct str user, password; /* empty: the server asks for none */
	struct str from;           /* "Nuotio <nuotio@example.fi>" or the address alone */
};

/* Once, before threads start; copies. False: `from` is no address, or the URL is none; then mails
 * wait. */
bool mail_server_set(const struct mail_server *server);

/* Sending, and forgetting: two jobs, ended by an empty one. */
extern const struct job mail_jobs[];

struct mail_figures {
	int64_t sent, failed; /* tries since the start */
};

struct mail_figures mail_figures(void);

#endif
