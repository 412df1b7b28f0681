#include "core/config.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/arena.h"
#include "lib/need.h"

#include "core/fetch.h"
#include "core/mail/mime.h"

#define ONE(c) (1u << (c))

enum {
	WIDTH = 100,
	WORKERS_MAX = 64,
	PAGE_MEMORY_MAX = 1024,
	SECRET_MAX = 1024,
	FLAG_WIDTH = 30, /* of the first column of the help */

	/* Commands that need the data, and those that answer requests. */
	DATA = ONE(COMMAND_SERVE) | ONE(COMMAND_INIT) | ONE(COMMAND_DEMO) | ONE(COMMAND_CHECK) |
	    ONE(COMMAND_BACKUP) | ONE(COMMAND_RESTORE) | ONE(COMMAND_JOURNAL),
	SERVING = ONE(COMMAND_SERVE) | ONE(COMMAND_DEMO),
	ALL = DATA | ONE(COMMAND_ROUTES),
};

/* What is being read: the table's functions set fields of it. */
struct reading {
	struct arena *arena;
	struct config config;
	struct str smtp_password_file;
	struct str error;
};

struct command_words {
	const char *name, *argument, *what;
};

static const struct command_words commands[COMMAND_COUNT] = {
	[COMMAND_SERVE] = {"serve", "", "Answer requests until SIGTERM or SIGINT."},
	[COMMAND_INIT] = {"init", "",
	    "Make the database, and load into it what every college starts from and the college "
	    "of --college; may be repeated."},
	[COMMAND_DEMO] = {"demo", "",
	    "Serve the college of the demonstration; prints the address and a sign-in link for "
	    "each role. A second time it goes on with the same data."},
	[COMMAND_CHECK] = {"check", "",
	    "Verify the seals of the journal, the schema and the references between tables."},
	[COMMAND_BACKUP] = {"backup", "FILE",
	    "Write a complete, verified copy of the database into FILE; the service may run."},
	[COMMAND_RESTORE] = {"restore", "FILE",
	    "Verify a backup and put it in the place of the database, which is kept beside it; "
	    "refused while the folder is served."},
	[COMMAND_JOURNAL] = {"journal", "",
	    "Print what happened, an entry a line with tabs between: number, time, event, person, "
	    "place, subject, before, after. With --erase, forget what one of them said."},
	[COMMAND_ROUTES] = {"routes", "", "Print every route: method, path, right."},
	[COMMAND_HELP] = {"help", "", "Print this."},
	[COMMAND_VERSION] = {"version", "", "Print the version."},
};

/* A flag. `set` returns NULL, or says what is possible. Without an argument a flag is on or off. */
struct flag {
	const char *name, *variable, *argument;
	unsigned commands; /* that it is for */
	bool repeats;
	const char *(*set)(struct reading *r, struct str value);
	const char *what;
};

static const char *set_listen(struct reading *r, struct str value);
static const char *set_data(struct reading *r, struct str value);
static const char *set_database(struct reading *r, struct str value);
static const char *set_public_url(struct reading *r, struct str value);
static const char *set_proxy(struct reading *r, struct str value);
static const char *set_workers(struct reading *r, struct str value);
static const char *set_page_memory(struct reading *r, struct str value);
static const char *set_log_level(struct reading *r, struct str value);
static const char *set_csp_reports(struct reading *r, struct str value);
static const char *set_smtp(struct reading *r, struct str value);
static const char *set_smtp_user(struct reading *r, struct str value);
static const char *set_smtp_password_file(struct reading *r, struct str value);
static const char *set_mail_from(struct reading *r, struct str value);
static const char *set_fetch_inside(struct reading *r, struct str value);
static const char *set_college(struct reading *r, struct str value);
static const char *set_fresh(struct reading *r, struct str value);
static const char *set_day(struct reading *r, struct str value);
static const char *set_since(struct reading *r, struct str value);
static const char *set_verify(struct reading *r, struct str value);
static const char *set_erase(struct reading *r, struct str value);

static const struct flag flags[] = {
	{"--data", "NUOTIO_DATA", "DIR", DATA, false, set_data,
	    "The folder of the database, the server's secret and backups. Default ./data."},
	{"--database", "NUOTIO_DATABASE", "PLACE", DATA, false, set_database,
	    "A file for SQLite, or postgresql://USER@HOST/NAME. A password belongs into the "
	    "environment (PGPASSWORD, PGPASSFILE). Default DIR/nuotio.db."},
	{"--public-url", "NUOTIO_PUBLIC_URL", "URL", DATA, false, set_public_url,
	    "The address by which people reach the service, for links in mails and the check of "
	    "forms: https://nuotio.example. Default: the address of --listen."},
	{"--log-level", "NUOTIO_LOG_LEVEL", "LEVEL", ALL, false, set_log_level,
	    "What goes to standard error: error, warn, info or debug. Default info."},
	{"--listen", "NUOTIO_LISTEN", "ADDRESS:PORT", SERVING, false, set_listen,
	    "Where to answer; [::1]:8080 for IPv6, :8080 for every address, port 0 for any that is "
	    "free, systemd for a socket that systemd opened. Default 127.0.0.1:8080. TLS is the "
	    "task of a proxy in front."},
	{"--trusted-proxy", "NUOTIO_TRUSTED_PROXY", "NETWORK", SERVING, true, set_proxy,
	    "A proxy whose X-Forwarded-For is believed: 127.0.0.1, 10.0.0.0/8, 2001:db8::/32. May "
	    "be repeated; in the environment with commas between."},
	{"--workers", "NUOTIO_WORKERS", "N", SERVING, false, set_workers,
	    "Threads for slow requests, 1 to 64. Default 4; 8 with PostgreSQL."},
	{"--page-memory", "NUOTIO_PAGE_MEMORY", "MB", SERVING, false, set_page_memory,
	    "Memory for pages that are kept, until something is written, for readers who are not signed in, 0 to "
	    "1024. Default 16."},
	{"--csp-reports", "NUOTIO_CSP_REPORTS", "", SERVING, false, set_csp_reports,
	    "Let browsers report what the content security policy stopped; for tests."},
	{"--smtp", "NUOTIO_SMTP", "URL", SERVING, false, set_smtp,
	    "The mail server: smtp://HOST:PORT (encrypted when it offers that) or "
	    "smtps://HOST:PORT. Without one, mails wait in the outbox."},
	{"--smtp-user", "NUOTIO_SMTP_USER", "NAME", SERVING, false, set_smtp_user,
	    "The name to sign in to the mail server with; then only over an encrypted connection."},
	{"--smtp-password-file", "NUOTIO_SMTP_PASSWORD_FILE", "FILE", SERVING, false,
	    set_smtp_password_file, "A file whose first line is the password for --smtp-user."},
	{"--mail-from", "NUOTIO_MAIL_FROM", "ADDRESS", SERVING, false, set_mail_from,
	    "Whom mails come from: nuotio@example.fi or \"Nuotio <nuotio@example.fi>\". Needed "
	    "with --smtp."},
	{"--fetch-inside", "NUOTIO_FETCH_INSIDE", "HOSTS", SERVING, false, set_fetch_inside,
	    "Hosts inside the network whose calendars may be fetched, with commas between: "
	    "timetable.example.fi,10.0.0.5:8080. Without it only those that everybody reaches."},
	{"--college", NULL, "FILE", ONE(COMMAND_INIT), false, set_college,
	    "The college: provider, campuses, terms, breaks, help contacts and people, in JSON. "
	    "Needed by init."},
	{"--fresh", NULL, "", ONE(COMMAND_DEMO), false, set_fresh,
	    "Forget what was written in the demonstration and start over."},
	{"--day", NULL, "DAY", ONE(COMMAND_DEMO), false, set_day,
	    "Take this day for today, from noon on: 2027-01-18. To look at a busy week in July, or at what the "
	    "service does by itself on a Monday. A second time rather a later day than an earlier one."},
	{"--since", NULL, "HEAD", ONE(COMMAND_CHECK), false, set_since,
	    "Also verify that the journal goes on from this head, as it was written in the log."},
	{"--verify", NULL, "", ONE(COMMAND_RESTORE), false, set_verify,
	    "Only verify the backup; nothing is replaced."},
	{"--erase", NULL, "ENTRY", ONE(COMMAND_JOURNAL), false, set_erase,
	    "Forget what this entry said, for good. That it was made, by whom and when stays, and "
	    "the seals hold."},
};

enum { FLAGS = sizeof flags / sizeof *flags };

/* --- values ---------------------------------------------------------------------------------- */

static bool
has_control(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < ' ' || s.p[i] == 127)
			return true;
	return false;
}

static const char *
set_listen(struct reading *r, struct str value)
{
	struct str port = value;
	int64_t n;

	r->config.listen = value;
	if (str_is(value, "systemd"))
		return NULL;
	while (str_find(port, ':') < port.n)
		str_cut(&port, ':');
	if (port.n == value.n || !str_int(port, &n) || n < 0 || n > 65535)
		return "ADDRESS:PORT, e.g. 127.0.0.1:8080, or systemd";
	return NULL;
}

static struct str
without_slashes(struct reading *r, struct str s)
{
	while (s.n > 1 && s.p[s.n - 1] == '/')
		s.n--;
	return (struct str){str_z(r->arena, s), s.n};
}

static const char *
set_data(struct reading *r, struct str value)
{
	r->config.data = without_slashes(r, value);
	return NULL;
}

static bool
is_postgres(struct str place)
{
	return str_starts(place, STR("postgresql://")) || str_starts(place, STR("postgres://"));
}

static const char *
set_database(struct reading *r, struct str value)
{
	r->config.database = value;
	if (str_contains(value, STR("://")) && !is_postgres(value))
		return "a file or postgresql://USER@HOST/NAME";
	return NULL;
}

/* An origin: scheme, host, perhaps a port. */
static const char *
set_public_url(struct reading *r, struct str value)
{
	struct str url = without_slashes(r, value), host = url;

	str_cut(&host, '/');
	str_cut(&host, '/');
	r->config.public_url = url;
	if ((!str_starts(url, STR("https://")) && !str_starts(url, STR("http://"))) ||
	    host.n == 0 || host.p[0] == ':')
		return "http://HOST or https://HOST";
	for (size_t i = 0; i < host.n; i++)
		if (!isalnum((unsigned char)host.p[i]) && !strchr(".-:[]", host.p[i]))
			return "scheme and host alone, e.g. https://nuotio.example";
	return NULL;
}

static const char *
set_proxy(struct reading *r, struct str value)
{
	while (value.n) {
		struct str one = str_trim(str_cut(&value, ','));

		if (r->config.proxies.n == PROXIES_MAX)
			return "at most 16 networks";
		if (!proxies_add(&r->config.proxies, str_z(r->arena, one)))
			return "a network, e.g. 127.0.0.1, 10.0.0.0/8 or 2001:db8::/32";
	}
	return NULL;
}

static const char *
set_workers(struct reading *r, struct str value)
{
	if (!str_int(value, &r->config.workers) || r->config.workers < 1 ||
	    r->config.workers > WORKERS_MAX)
		return "a number from 1 to 64";
	return NULL;
}

static const char *
set_page_memory(struct reading *r, struct str value)
{
	if (!str_int(value, &r->config.page_memory_mb) || r->config.page_memory_mb < 0 ||
	    r->config.page_memory_mb > PAGE_MEMORY_MAX)
		return "a number of megabytes from 0 to 1024";
	return NULL;
}

static const char *
set_log_level(struct reading *r, struct str value)
{
	return log_level_of(value.p, &r->config.log_level) ? NULL : "error, warn, info or debug";
}

static const char *
set_csp_reports(struct reading *r, struct str value)
{
	(void)value;
	r->config.csp_reports = true;
	return NULL;
}

static const char *
set_smtp(struct reading *r, struct str value)
{
	struct str host = value;

	r->config.smtp = value;
	if (!str_starts(value, STR("smtp://")) && !str_starts(value, STR("smtps://")))
		return "smtp://HOST:PORT or smtps://HOST:PORT";
	str_cut(&host, '/');
	str_cut(&host, '/');
	if (host.n == 0 || host.p[0] == ':')
		return "smtp://HOST:PORT or smtps://HOST:PORT";
	if (str_contains(host, STR("@")))
		return "an address without a name or password; see --smtp-user";
	if (str_contains(host, STR(" ")))
		return "smtp://HOST:PORT or smtps://HOST:PORT";
	return NULL;
}

static const char *
set_smtp_user(struct reading *r, struct str value)
{
	r->config.smtp_user = value;
	return NULL;
}

static const char *
set_smtp_password_file(struct reading *r, struct str value)
{
	r->smtp_password_file = value;
	return NULL;
}

static const char *
set_mail_from(struct reading *r, struct str value)
{
	struct mime_address address;

	r->config.mail_from = value;
	if (!mime_address_of(value, &address))
		return "nuotio@example.fi or \"Nuotio <nuotio@example.fi>\"";
	return NULL;
}

static const char *
set_fetch_inside(struct reading *r, struct str value)
{
	r->config.fetch_inside = value;
	return fetch_inside_is(value) ? NULL : "hosts with commas between: timetable.example.fi,10.0.0.5:8080";
}

static const char *
set_college(struct reading *r, struct str value)
{
	r->config.college = value;
	return NULL;
}

static const char *
set_fresh(struct reading *r, struct str value)
{
	(void)value;
	r->config.fresh = true;
	return NULL;
}

static const char *
set_day(struct reading *r, struct str value)
{
	r->config.day = date_of_iso(value);
	return r->config.day.day ? NULL : "a day, e.g. 2027-01-18";
}

static const char *
set_since(struct reading *r, struct str value)
{
	r->config.since = value;
	return NULL;
}

static const char *
set_verify(struct reading *r, struct str value)
{
	(void)value;
	r->config.verify = true;
	return NULL;
}

static const char *
set_erase(struct reading *r, struct str value)
{
	return str_int(value, &r->config.erase) && r->config.erase > 0 ? NULL
	    : "the number of an entry, as nuotio journal prints it";
}

/* --- reading --------------------------------------------------------------------------------- */

static void
mistake(struct reading *r, struct str error)
{
	if (r->error.n == 0)
		r->error = error;
}

/* The commands of a flag, or all: "serve, init or demo". */
static struct str
command_names(struct arena *a, unsigned which)
{
	struct str names = {0};
	size_t left = 0;

	for (int c = 0; c < COMMAND_COUNT; c++)
		left += (which & ONE(c)) != 0;
	for (int c = 0; c < COMMAND_COUNT; c++) {
		if (!(which & ONE(c)))
			continue;
		left--;
		names = str_fmt(a, "%.*s%s%s", STR_ARG(names), commands[c].name,
		    left > 1 ? ", " : left == 1 ? " or " : "");
	}
	return names;
}

static const struct flag *
flag_of(struct str name)
{
	for (size_t i = 0; i < FLAGS; i++)
		if (str_is(name, flags[i].name))
			return &flags[i];
	return NULL;
}

/* Values are not repeated in messages: someone may have put a password there. */
static void
set(struct reading *r, const struct flag *flag, const char *called, const char *z)
{
	struct str value = str_of(z);
	const char *possible = NULL;

	if (*flag->argument && value.n == 0)
		possible = "something that is not empty";
	else if (has_control(value) || !str_is_utf8(value))
		possible = "text without control characters, in UTF-8";
	else
		possible = flag->set(r, (struct str){str_z(r->arena, value), value.n});
	if (possible)
		mistake(r, str_fmt(r->arena, "%s must be %s", called, possible));
}

static const char *const yes_words[] = {"1", "yes", "true", "on"};
static const char *const no_words[] = {"0", "no", "false", "off"};

static void
set_from_variable(struct reading *r, const struct flag *flag, const char *value)
{
	if (*flag->argument) {
		set(r, flag, flag->variable, value);
		return;
	}
	for (size_t i = 0; i < 4; i++) {
		if (strcmp(value, yes_words[i]) == 0) {
			set(r, flag, flag->variable, "");
			return;
		}
		if (strcmp(value, no_words[i]) == 0)
			return;
	}
	mistake(r, str_fmt(r->arena, "%s must be 1 or 0", flag->variable));
}

/* One word that begins with a dash, and its value; returns how many words that were. */
static int
read_flag(struct reading *r, char **word, bool seen[FLAGS])
{
	struct str value = str_of(word[0]), name = str_cut(&value, '=');
	bool inside = name.n < strlen(word[0]);
	const struct flag *flag = flag_of(name);

	if (!flag) {
		mistake(r, str_fmt(r->arena, "%.*s is no flag; see nuotio help", STR_ARG(name)));
		return 1;
	}
	if (!(flag->commands & ONE(r->config.command))) {
		struct str names = command_names(r->arena, flag->commands);
		mistake(r, str_fmt(r->arena, "%s is for %.*s, not for %s", flag->name,
		    STR_ARG(names), commands[r->config.command].name));
	}
	if (seen[flag - flags] && !flag->repeats)
		mistake(r, str_fmt(r->arena, "%s is given twice", flag->name));
	seen[flag - flags] = true;
	if (!*flag->argument) {
		if (inside)
			mistake(r, str_fmt(r->arena, "%s takes no value", flag->name));
		set(r, flag, flag->name, "");
		return 1;
	}
	if (inside) {
		set(r, flag, flag->name, value.p);
		return 1;
	}
	if (!word[1] || strncmp(word[1], "--", 2) == 0) {
		mistake(r, str_fmt(r->arena, "%s needs %s behind it", flag->name, flag->argument));
		return 1;
	}
	set(r, flag, flag->name, word[1]);
	return 2;
}

static bool
is_help(const char *word)
{
	return strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0;
}

/* Whether the word is the value of the flag before it. */
static bool
is_value(char **word, int at)
{
	const struct flag *before = at > 1 ? flag_of(str_of(word[at - 1])) : NULL;

	return before && *before->argument;
}

/* The first word that is neither a flag nor its value; 0: there is none. */
static int
find_command(struct reading *r, int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		if (argv[i][0] == '-' || is_value(argv, i))
			continue;
		for (int c = 0; c < COMMAND_COUNT; c++) {
			if (strcmp(argv[i], commands[c].name) == 0) {
				r->config.command = (enum command)c;
				return i;
			}
		}
		mistake(r, str_fmt(r->arena, "%s is no command; there are %.*s", argv[i],
		    STR_ARG(command_names(r->arena, ONE(COMMAND_COUNT) - 1))));
		return i;
	}
	if (argc > 1 && r->error.n == 0)
		mistake(r, str_fmt(r->arena, "a command is missing; there are %.*s",
		    STR_ARG(command_names(r->arena, ONE(COMMAND_COUNT) - 1))));
	return 0;
}

static void
read_words(struct reading *r, int argc, char **argv, int command, bool seen[FLAGS])
{
	const struct command_words *words = &commands[r->config.command];

	for (int i = 1; i < argc && r->error.n == 0;) {
		if (i == command) {
			i++;
		} else if (argv[i][0] == '-') {
			i += read_flag(r, argv + i, seen);
		} else if (*words->argument && r->config.file.n == 0 && argv[i][0]) {
			r->config.file = str_of(str_z(r->arena, str_of(argv[i])));
			i++;
		} else {
			mistake(r, str_fmt(r->arena, "%s is one word too many after %s", argv[i],
			    words->name));
		}
	}
	if (*words->argument && r->config.file.n == 0)
		mistake(r, str_fmt(r->arena, "%s needs %s behind it", words->name,
		    words->argument));
}

static void
read_environment(struct reading *r, const bool seen[FLAGS])
{
	for (size_t i = 0; i < FLAGS; i++) {
		const struct flag *flag = &flags[i];
		const char *value = flag->variable ? getenv(flag->variable) : NULL;

		if (value && *value && !seen[i] && (flag->commands & ONE(r->config.command)))
			set_from_variable(r, flag, value);
	}
}

/* The first line of the file. */
static void
read_secret(struct reading *r)
{
	const char *path = r->smtp_password_file.p;
	char bytes[SECRET_MAX + 2];
	struct str rest, line;
	ssize_t n;
	int fd;

	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	n = fd < 0 ? -1 : read(fd, bytes, sizeof bytes);
	if (n < 0) {
		mistake(r, str_fmt(r->arena, "--smtp-password-file: %s cannot be read: %s", path,
		    strerror(errno)));
	} else {
		rest = (struct str){bytes, (size_t)n};
		line = str_cut(&rest, '\n');
		if (str_ends(line, STR("\r")))
			line.n--;
		if (line.n == 0 || line.n > SECRET_MAX || has_control(line))
			mistake(r, str_fmt(r->arena,
			    "--smtp-password-file: %s must hold a password of 1 to %d letters in "
			    "its first line", path, SECRET_MAX));
		else
			r->config.smtp_password = (struct str){str_z(r->arena, line), line.n};
	}
	if (fd >= 0)
		close(fd);
	explicit_bzero(bytes, sizeof bytes);
}

/* What belongs together. */
static void
check_whole(struct reading *r)
{
	struct config *c = &r->config;

	if (r->error.n)
		return;
	if (r->smtp_password_file.n)
		read_secret(r);
	if (c->command == COMMAND_INIT && c->college.n == 0)
		mistake(r, STR("init needs --college FILE, which describes the college"));
	if (c->smtp.n && c->mail_from.n == 0)
		mistake(r, STR("--smtp needs --mail-from, whom mails come from"));
	if (c->smtp_user.n && r->smtp_password_file.n == 0)
		mistake(r, STR("--smtp-user needs --smtp-password-file"));
	if (r->smtp_password_file.n && c->smtp_user.n == 0)
		mistake(r, STR("--smtp-password-file needs --smtp-user"));
}

struct config
config_read(struct arena *a, int argc, char **argv, struct str *error)
{
	struct reading r = {
		.arena = a,
		.config = {
			.command = COMMAND_HELP,
			.listen = STR("127.0.0.1:8080"),
			.page_memory_mb = 16,
			.data = STR("./data"),
			.log_level = LEVEL_INFO,
		},
	};
	bool seen[FLAGS] = {false};
	int command;

	*error = (struct str){0};
	for (int i = 1; i < argc; i++) {
		if (is_help(argv[i]))
			return r.config;
		if (strcmp(argv[i], "--version") == 0) {
			r.config.command = COMMAND_VERSION;
			return r.config;
		}
	}
	command = find_command(&r, argc, argv);
	if (r.error.n == 0 && command != 0) {
		read_words(&r, argc, argv, command, seen);
		read_environment(&r, seen);
		check_whole(&r);
	}
	if (r.config.database.n == 0)
		r.config.database = str_fmt(a, "%.*s/nuotio.db", STR_ARG(r.config.data));
	*error = r.error;
	return r.config;
}

bool
config_is_postgres(const struct config *config)
{
	return is_postgres(config->database);
}

/* --- help ------------------------------------------------------------------------------------ */

/* Words from `column` on, which the line has reached already. */
static void
wrapped(FILE *to, int column, const char *words)
{
	int at = column;

	while (*words) {
		int n = (int)strcspn(words, " ");

		if (at > column && at + 1 + n > WIDTH) {
			fprintf(to, "\n%*s", column, "");
			at = column;
		}
		at += fprintf(to, "%s%.*s", at > column ? " " : "", n, words);
		words += n;
		words += *words == ' ';
	}
	fputc('\n', to);
}

static void
entry(FILE *to, const char *name, const char *argument, const char *what)
{
	int at = fprintf(to, "  %s%s%s", name, *argument ? " " : "", argument);

	if (at >= FLAG_WIDTH)
		fprintf(to, "\n%*s", FLAG_WIDTH, "");
	else
		fprintf(to, "%*s", FLAG_WIDTH - at, "");
	wrapped(to, FLAG_WIDTH, what);
}

static void
flag_help(FILE *to, const struct flag *flag)
{
	char more[100] = "";

	entry(to, flag->name, flag->argument, flag->what);
	if (flag->variable)
		snprintf(more, sizeof more, "In the environment: %s", flag->variable);
	if (*more)
		fprintf(to, "%*s%s\n", FLAG_WIDTH, "", more);
}

static void
commands_of(FILE *to, unsigned which)
{
	const char *between = "";

	for (int c = 0; c < COMMAND_COUNT; c++) {
		if (which & ONE(c)) {
			fprintf(to, "%s%s", between, commands[c].name);
			between = ", ";
		}
	}
}

void
config_help(FILE *to)
{
	fputs("nuotio COMMAND [FLAG…]\n\nCommands\n", to);
	for (int c = 0; c < COMMAND_COUNT; c++)
		entry(to, commands[c].name, commands[c].argument, commands[c].what);
	for (size_t i = 0; i < FLAGS; i++) {
		if (i == 0 || flags[i].commands != flags[i - 1].commands) {
			fputs("\nFlags of ", to);
			commands_of(to, flags[i].commands);
			fputs("\n", to);
		}
		flag_help(to, &flags[i]);
	}
	fputs("\n", to);
	wrapped(to, 0, "A flag goes before the environment. Values may be written as --flag VALUE "
	    "or --flag=VALUE; those without a value are 1 or 0 in the environment.");
}
