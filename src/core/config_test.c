#include "core/config.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/arena.h"

#include "test/test.h"

static const char *const variables[] = {"NUOTIO_LISTEN", "NUOTIO_DATA", "NUOTIO_DATABASE",
    "NUOTIO_PUBLIC_URL", "NUOTIO_TRUSTED_PROXY", "NUOTIO_WORKERS", "NUOTIO_LOG_LEVEL",
    "NUOTIO_CSP_REPORTS", "NUOTIO_SMTP", "NUOTIO_SMTP_USER", "NUOTIO_SMTP_PASSWORD_FILE",
    "NUOTIO_MAIL_FROM", "NUOTIO_FETCH_INSIDE"};

/* Words between spaces; an empty environment but for what the test sets after `clear`. */
static struct config
read_line(struct test *t, const char *line, struct str *error)
{
	struct str rest = str_of(line);
	char *argv[40] = {str_z(t->arena, STR("nuotio"))};
	int argc = 1;

	while (rest.n)
		argv[argc++] = str_z(t->arena, str_cut(&rest, ' '));
	argv[argc] = NULL;
	return config_read(t->arena, argc, argv, error);
}

static void
clear(void)
{
	for (size_t i = 0; i < sizeof variables / sizeof *variables; i++)
		unsetenv(variables[i]);
}

static struct config
good(struct test *t, const char *line)
{
	struct str error;
	struct config config = read_line(t, line, &error);

	CHECK_STR(error, "");
	return config;
}

static void
bad(struct test *t, const char *line, const char *wanted)
{
	struct str error;

	read_line(t, line, &error);
	CHECK_STR(error, wanted);
}

TEST(config_defaults)
{
	struct config c;

	clear();
	c = good(t, "serve");
	CHECK_INT(c.command, COMMAND_SERVE);
	CHECK_STR(c.listen, "127.0.0.1:8080");
	CHECK_STR(c.data, "./data");
	CHECK_STR(c.database, "./data/nuotio.db");
	CHECK(!config_is_postgres(&c));
	CHECK_INT(c.public_url.n + c.smtp.n + c.smtp_user.n + c.smtp_password.n + c.mail_from.n, 0);
	CHECK_INT(c.proxies.n, 0);
	CHECK_INT(c.workers, 0);
	CHECK_INT(c.page_memory_mb, 16);
	CHECK_INT(c.log_level, LEVEL_INFO);
	CHECK(!c.csp_reports && !c.fresh && !c.verify);
}

TEST(config_commands)
{
	clear();
	CHECK_INT(good(t, "").command, COMMAND_HELP);
	CHECK_INT(good(t, "help").command, COMMAND_HELP);
	CHECK_INT(good(t, "serve --help").command, COMMAND_HELP);
	CHECK_INT(good(t, "-h").command, COMMAND_HELP);
	CHECK_INT(good(t, "--version").command, COMMAND_VERSION);
	CHECK_INT(good(t, "version").command, COMMAND_VERSION);
	CHECK_INT(good(t, "journal").command, COMMAND_JOURNAL);
	CHECK_INT(good(t, "journal --erase 12").erase, 12);
	CHECK_INT(good(t, "routes").command, COMMAND_ROUTES);
	CHECK_INT(good(t, "check").command, COMMAND_CHECK);
	CHECK_STR(good(t, "check --since 12-abc").since, "12-abc");
	CHECK_STR(good(t, "init --college kolmijoki.json").college, "kolmijoki.json");
	CHECK_INT(good(t, "--college serve init").command, COMMAND_INIT);
	CHECK_STR(good(t, "backup copy.db").file, "copy.db");
	CHECK_STR(good(t, "restore --verify copy.db --data d").file, "copy.db");
	CHECK(good(t, "restore --verify copy.db").verify);
	CHECK(!good(t, "restore copy.db").verify);
	CHECK(good(t, "demo --fresh").fresh);
	CHECK_INT(good(t, "demo --day 2027-01-18").day.day, date_of(2027, 1, 18).day);
	CHECK_INT(good(t, "demo").day.day, 0);
	bad(t, "server", "server is no command; there are serve, init, demo, check, backup, "
	    "restore, journal, routes, help or version");
	bad(t, "--data x", "a command is missing; there are serve, init, demo, check, backup, "
	    "restore, journal, routes, help or version");
	bad(t, "backup", "backup needs FILE behind it");
	bad(t, "backup a b", "b is one word too many after backup");
	bad(t, "serve now", "now is one word too many after serve");
	bad(t, "serve --fresh", "--fresh is for demo, not for serve");
	bad(t, "init", "init needs --college FILE, which describes the college");
	bad(t, "init --listen :1", "--listen is for serve or demo, not for init");
	bad(t, "journal --erase 0", "--erase must be the number of an entry, as nuotio journal prints it");
	bad(t, "routes --data x",
	    "--data is for serve, init, demo, check, backup, restore or journal, not for routes");
}

TEST(config_flags)
{
	struct config c;

	clear();
	c = good(t, "serve --listen [::1]:0 --data=/srv/nuotio/ --database postgresql://n@h/n "
	    "--public-url https://nuotio.example:8443/ --trusted-proxy 127.0.0.1 "
	    "--trusted-proxy=10.0.0.0/8,2001:db8::/32 --log-level debug --workers 16 "
	    "--page-memory 0 --csp-reports");
	CHECK_STR(c.listen, "[::1]:0");
	CHECK_STR(c.data, "/srv/nuotio");
	CHECK_STR(c.database, "postgresql://n@h/n");
	CHECK(config_is_postgres(&c));
	CHECK_STR(c.public_url, "https://nuotio.example:8443");
	CHECK_INT(c.proxies.n, 3);
	CHECK_INT(c.log_level, LEVEL_DEBUG);
	CHECK_INT(c.workers, 16);
	CHECK_INT(c.page_memory_mb, 0);
	CHECK(c.csp_reports);
	CHECK_STR(good(t, "check --data /srv/nuotio//").database, "/srv/nuotio/nuotio.db");
	CHECK_STR(good(t, "check --data /").data, "/");
	CHECK_STR(good(t, "serve --listen systemd").listen, "systemd");
	/* For those who need NUL at the end. */
	CHECK_INT(strlen(c.data.p), c.data.n);
	CHECK_INT(strlen(c.public_url.p), c.public_url.n);
	CHECK_INT(strlen(good(t, "serve").database.p), strlen("./data/nuotio.db"));
}

TEST(config_mistakes)
{
	clear();
	bad(t, "serve --lissen x", "--lissen is no flag; see nuotio help");
	bad(t, "serve --data", "--data needs DIR behind it");
	bad(t, "serve --data --csp-reports", "--data needs DIR behind it");
	bad(t, "serve --data=", "--data must be something that is not empty");
	bad(t, "serve --data a --data b", "--data is given twice");
	bad(t, "demo --fresh=yes", "--fresh takes no value");
	bad(t, "demo --day 18.1.2027", "--day must be a day, e.g. 2027-01-18");
	bad(t, "serve --day 2027-01-18", "--day is for demo, not for serve");
	bad(t, "serve --listen 8080",
	    "--listen must be ADDRESS:PORT, e.g. 127.0.0.1:8080, or systemd");
	bad(t, "serve --listen a:70000",
	    "--listen must be ADDRESS:PORT, e.g. 127.0.0.1:8080, or systemd");
	bad(t, "serve --listen a:",
	    "--listen must be ADDRESS:PORT, e.g. 127.0.0.1:8080, or systemd");
	bad(t, "serve --database mysql://x", "--database must be a file or "
	    "postgresql://USER@HOST/NAME");
	bad(t, "serve --public-url nuotio.example",
	    "--public-url must be http://HOST or https://HOST");
	bad(t, "serve --public-url https://", "--public-url must be http://HOST or https://HOST");
	bad(t, "serve --public-url https://a.b/c",
	    "--public-url must be scheme and host alone, e.g. https://nuotio.example");
	bad(t, "serve --trusted-proxy 10.0.0.0/33",
	    "--trusted-proxy must be a network, e.g. 127.0.0.1, 10.0.0.0/8 or 2001:db8::/32");
	bad(t, "serve --trusted-proxy proxy",
	    "--trusted-proxy must be a network, e.g. 127.0.0.1, 10.0.0.0/8 or 2001:db8::/32");
	bad(t, "serve --trusted-proxy ::1,::1,::1,::1,::1,::1,::1,::1,::1,::1,::1,::1,::1,::1,"
	    "::1,::1,::1", "--trusted-proxy must be at most 16 networks");
	bad(t, "serve --workers 0", "--workers must be a number from 1 to 64");
	bad(t, "serve --workers many", "--workers must be a number from 1 to 64");
	bad(t, "serve --page-memory 2000", "--page-memory must be a number of megabytes from 0 to 1024");
	bad(t, "serve --log-level loud", "--log-level must be error, warn, info or debug");
	bad(t, "serve --data a\tb",
	    "--data must be text without control characters, in UTF-8");
	bad(t, "serve --data a\xff",
	    "--data must be text without control characters, in UTF-8");
}

/* --- mail ------------------------------------------------------------------------------------ */

static void
write_file(struct test *t, const char *path, const char *words)
{
	FILE *f = fopen(path, "w");

	CHECK(f && fputs(words, f) >= 0 && fclose(f) == 0);
}

TEST(config_mail)
{
	char path[] = "/tmp/nuotio-config-XXXXXX", line[300];
	int fd = mkstemp(path);
	struct config c;

	clear();
	CHECK(fd >= 0);
	close(fd);
	snprintf(line, sizeof line, "serve --smtp smtp://mail.example:587 --smtp-user me "
	    "--smtp-password-file %s --mail-from nuotio@example.fi", path);
	write_file(t, path, "s3cret word\r\nand more\n");
	c = good(t, line);
	CHECK_STR(c.smtp, "smtp://mail.example:587");
	CHECK_STR(c.smtp_user, "me");
	CHECK_STR(c.smtp_password, "s3cret word");
	CHECK_STR(c.mail_from, "nuotio@example.fi");
	write_file(t, path, "no-line-end");
	CHECK_STR(good(t, line).smtp_password, "no-line-end");
	write_file(t, path, "\n");
	bad(t, line, str_z(t->arena, str_fmt(t->arena, "--smtp-password-file: %s must hold a "
	    "password of 1 to 1024 letters in its first line", path)));
	unlink(path);
	bad(t, line, str_z(t->arena, str_fmt(t->arena, "--smtp-password-file: %s cannot be read: "
	    "No such file or directory", path)));
	bad(t, "serve --smtp smtp://mail.example",
	    "--smtp needs --mail-from, whom mails come from");
	bad(t, "serve --smtp-user me", "--smtp-user needs --smtp-password-file");
	bad(t, "serve --smtp mail.example --mail-from a@b.fi",
	    "--smtp must be smtp://HOST:PORT or smtps://HOST:PORT");
	/* What may be a password is not said again. */
	bad(t, "serve --smtp smtp://me:s3cret@mail.example --mail-from a@b.fi",
	    "--smtp must be an address without a name or password; see --smtp-user");
	CHECK_STR(good(t, "serve --fetch-inside timetable.example,10.0.0.5:8080").fetch_inside,
	    "timetable.example,10.0.0.5:8080");
	bad(t, "serve --fetch-inside http://timetable.example",
	    "--fetch-inside must be hosts with commas between: timetable.example.fi,10.0.0.5:8080");
	bad(t, "serve --mail-from nuotio",
	    "--mail-from must be nuotio@example.fi or \"Nuotio <nuotio@example.fi>\"");
}

/* --- environment ----------------------------------------------------------------------------- */

TEST(config_environment)
{
	struct config c;

	clear();
	setenv("NUOTIO_LISTEN", "127.0.0.1:9000", 1);
	setenv("NUOTIO_DATA", "/srv/env", 1);
	setenv("NUOTIO_TRUSTED_PROXY", "127.0.0.1, ::1", 1);
	setenv("NUOTIO_CSP_REPORTS", "1", 1);
	setenv("NUOTIO_WORKERS", "", 1);
	c = good(t, "serve --data mine");
	CHECK_STR(c.listen, "127.0.0.1:9000");
	CHECK_STR(c.data, "mine");
	CHECK_INT(c.proxies.n, 2);
	CHECK(c.csp_reports);
	CHECK_INT(c.workers, 0);
	CHECK_INT(good(t, "serve --trusted-proxy 10.0.0.1").proxies.n, 1);

	/* Each command takes what is for it. */
	setenv("NUOTIO_LISTEN", "nonsense", 1);
	CHECK_STR(good(t, "check").data, "/srv/env");
	bad(t, "serve", "NUOTIO_LISTEN must be ADDRESS:PORT, e.g. 127.0.0.1:8080, or systemd");
	clear();
	setenv("NUOTIO_CSP_REPORTS", "off", 1);
	CHECK(!good(t, "serve").csp_reports);
	setenv("NUOTIO_CSP_REPORTS", "perhaps", 1);
	bad(t, "serve", "NUOTIO_CSP_REPORTS must be 1 or 0");
	clear();
}

/* --- help ------------------------------------------------------------------------------------ */

TEST(config_help_is_complete)
{
	static const char *const words[] = {"serve", "init", "demo", "check", "backup FILE",
	    "restore FILE", "journal", "routes", "help", "version", "--listen ADDRESS:PORT", "--data DIR",
	    "--database PLACE", "--public-url URL", "--trusted-proxy NETWORK", "--workers N", "--page-memory MB",
	    "--log-level LEVEL", "--csp-reports", "--smtp URL", "--smtp-user NAME",
	    "--smtp-password-file FILE", "--mail-from ADDRESS", "--fetch-inside HOSTS", "--college FILE", "--fresh",
	    "--day DAY", "--since HEAD", "--verify", "--erase ENTRY", "127.0.0.1:8080", "./data"};
	char *p = NULL;
	size_t n = 0;
	FILE *f = open_memstream(&p, &n);
	struct str help, rest;

	config_help(f);
	fclose(f);
	help = rest = (struct str){p, n};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (!str_contains(help, str_of(words[i])))
			test_fail(t, __FILE__, __LINE__, "the help does not tell of %s", words[i]);
	for (size_t i = 0; i < sizeof variables / sizeof *variables; i++)
		if (!str_contains(help, str_of(variables[i])))
			test_fail(t, __FILE__, __LINE__, "the help lacks %s", variables[i]);
	while (rest.n) {
		struct str line = str_cut(&rest, '\n');
		CHECK(str_chars(line) <= 100);
		CHECK(line.n == 0 || line.p[line.n - 1] != ' ');
	}
	free(p);
}
