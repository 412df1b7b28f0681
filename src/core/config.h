/* What the person who runs the service may choose: commands, flags and environment variables, from one table.
 * tidy: because what can be chosen is listed once. */
#ifndef CORE_CONFIG_H
#define CORE_CONFIG_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "lib/date.h"
#include "lib/str.h"

#include "core/http/network.h"
#include "core/log.h"

struct arena;

enum command {
	COMMAND_SERVE,
	COMMAND_INIT,
	COMMAND_DEMO,
	COMMAND_CHECK,
	COMMAND_BACKUP,
	COMMAND_RESTORE,
	COMMAND_JOURNAL,
	COMMAND_ROUTES,
	COMMAND_HELP, /* without any word too */
	COMMAND_VERSION,
	COMMAND_COUNT
};

/* Every text ends with NUL, so that .p may be given to what wants that. Empty is not given, if no default is said. */
struct config {
	enum command command;

	struct str listen;   /* "127.0.0.1:8080", as parent_listen takes it */
	struct str data;     /* "./data"; without slashes at the end */
	struct str database; /* a file or "postgresql://…"; <data>/nuotio.db */
	/* "https://nuotio.example", without a slash at the end; empty: the address of listen */
	struct str public_url;
	struct proxies proxies;
	enum log_level log_level; /* LEVEL_INFO */
	int64_t workers;          /* 0: the server's own choice */
	int64_t page_memory_mb;   /* 16; 0: no page is kept */
	bool csp_reports;

	struct str smtp; /* "smtp://host:25" or "smtps://…"; empty: mails wait */
	struct str smtp_user, smtp_password; /* the password was read from its file */
	struct str mail_from; /* "Nuotio <nuotio@example.fi>" or the address alone */

	struct str fetch_inside; /* hosts, as fetch_inside_set takes them */

	struct str file;    /* of backup and restore */
	struct str college; /* init: a file */
	struct str since;   /* check: a head of the journal */
	int64_t erase;      /* journal: an entry; 0: none */
	bool fresh;         /* demo */
	struct date day;    /* demo: which it takes for today; none: the real one */
	bool verify;        /* restore: only look */
};

/* Reads the command line, and what it does not say from the environment. With a mistake *error is a sentence that names
 * the flag and what is possible; without one it is empty. Texts live in the arena. */
struct config config_read(struct arena *a, int argc, char **argv, struct str *error);

/* Whether the database is a server, so that the data folder only holds the secret. */
bool config_is_postgres(const struct config *config);

/* All of it, at most 100 columns wide. */
void config_help(FILE *to);

#endif
