#include "app/journal/journal.h"

#include <sodium.h>
#include <string.h>

#include "lib/arena.h"
#include "lib/need.h"
#include "lib/out.h"

#include "core/actor.h"
#include "core/db/tx.h"
#include "core/job/job.h"
#include "core/log.h"

#include "app/journal/journal.sql.h"   /* generated */
#include "app/journal/journal.texts.h" /* generated */
#include "app/room.h"

enum { SALT_BYTES = 16, DIGEST_BYTES = 32, SEAL_ROWS_MAX = 1000 };

const struct event journal_erased = {"journal.erased", T_JOURNAL_EVENT_ERASED};

static struct str
hex(struct arena *a, const unsigned char *bytes, size_t n)
{
	char *p = arena_bytes(a, 2 * n + 1);

	sodium_bin2hex(p, 2 * n + 1, bytes, n);
	return (struct str){p, 2 * n};
}

static struct str
digest_of(struct arena *a, struct str text)
{
	unsigned char digest[DIGEST_BYTES];

	crypto_generichash(digest, sizeof digest, (const unsigned char *)text.p, text.n, NULL, 0);
	return hex(a, digest, sizeof digest);
}

/* Each part with its length before it, so that no two payloads read the same. */
static void
part(struct out *o, struct str s)
{
	out_fmt(o, "%zu:", s.n);
	out_str(o, s);
}

static struct str
payload_digest(struct arena *a, struct str salt, struct str was, struct str becomes)
{
	struct out o = out_new(a);

	part(&o, salt);
	part(&o, was);
	part(&o, becomes);
	return digest_of(a, out_text(&o));
}

/* The link after `head`: the head and everything of the row that erasing leaves. */
static struct str
link_after(struct arena *a, struct str head, const struct journal *row)
{
	struct out o = out_new(a);
	char at[21];

	instant_iso(row->at, at);
	part(&o, head);
	out_fmt(&o, "%lld %s %lld %lld %lld ", (long long)row->id.n, at, (long long)row->person,
	    (long long)row->place, (long long)row->subject);
	part(&o, row->event);
	part(&o, row->digest);
	return digest_of(a, out_text(&o));
}

void
journal_add(struct tx *tx, const struct actor *who, struct journal_entry entry)
{
	unsigned char bytes[SALT_BYTES];
	struct str salt;

	need(entry.event != NULL);
	randombytes_buf(bytes, sizeof bytes);
	salt = hex(tx->arena, bytes, sizeof bytes);
	journal_append(tx, tx->now, str_of(entry.event->name), who->person, entry.place, entry.subject,
	    entry.was, entry.becomes, salt, payload_digest(tx->arena, salt, entry.was, entry.becomes));
}

void
journal_line(struct out *payload, const char *name, struct str value)
{
	if (value.n == 0)
		return;
	if (payload->n)
		out_char(payload, '\n');
	out_fmt(payload, "%s: ", name);
	/* What goes on in the next line is set in, so that it is not taken for a field. */
	for (size_t i = 0; i < value.n; i++) {
		out_char(payload, value.p[i]);
		if (value.p[i] == '\n')
			out_lit(payload, "  ");
	}
}

void
journal_texts(struct out *payload, const char *name, struct texts value)
{
	for (enum lang l = 0; l < LANG_COUNT; l++)
		journal_line(payload, str_fmt(payload->arena, "%s_%s", name, lang_code(l)).p, value.at[l]);
}

static bool
needs_seal(struct tx *tx)
{
	struct journal_seal last = {0};

	journal_last_seal(tx, &last);
	return journal_rows_after(tx, last.upto, 1).n > 0;
}

int64_t
journal_seal(struct tx *tx)
{
	struct journal_seal last = {0};
	struct journal_list rows;
	struct str head;

	journal_last_seal(tx, &last);
	rows = journal_rows_after(tx, last.upto, SEAL_ROWS_MAX);
	if (rows.n == 0)
		return 0;
	head = last.head;
	for (size_t i = 0; i < rows.n; i++)
		head = link_after(tx->arena, head, &rows.at[i]);
	journal_seal_add(tx, rows.at[rows.n - 1].id.n, head, tx->now);
	return (int64_t)rows.n;
}

struct str
journal_newest(struct tx *tx)
{
	struct journal newest = {0};

	journal_last(tx, &newest);
	return newest.digest;
}

struct str
journal_head(struct tx *tx)
{
	struct journal_seal last = {0};

	journal_last_seal(tx, &last);
	return last.head;
}

bool
journal_erase(struct tx *tx, const struct actor *who, journal_id id)
{
	if (journal_erase_row(tx, id) == 0)
		return false;
	journal_add(tx, who, (struct journal_entry){&journal_erased, .subject = id.n});
	return true;
}

/* An erased entry vouches for nothing, so it may say nothing. */
static bool
is_as_written(struct arena *a, const struct journal *row)
{
	if (row->erased)
		return row->was.n + row->becomes.n + row->salt.n == 0;
	return str_eq(row->digest, payload_digest(a, row->salt, row->was, row->becomes));
}

struct journal_verdict
journal_verify(struct tx *tx, struct str since)
{
	struct journal_verdict v = {.since_found = since.n == 0};
	struct journal_seal_list seals = journal_seals(tx);
	struct journal_list rows = {0};
	struct str head = STR("");
	size_t seal = 0;
	int64_t last = 0;

	do {
		rows = journal_rows_after(tx, last, SEAL_ROWS_MAX);
		for (size_t i = 0; i < rows.n; i++) {
			const struct journal *row = &rows.at[i];

			v.rows++;
			last = row->id.n;
			if (v.broken_row.n == 0 && !is_as_written(tx->arena, row))
				v.broken_row = row->id;
			head = link_after(tx->arena, head, row);
			if (seal == seals.n || seals.at[seal].upto != row->id.n)
				continue;
			if (v.broken_seal == 0 && !str_eq(head, seals.at[seal].head))
				v.broken_seal = seals.at[seal].id.n;
			v.since_found |= str_eq(seals.at[seal].head, since);
			v.seals++;
			seal++;
		}
	} while (rows.n == SEAL_ROWS_MAX);
	if (seal < seals.n && v.broken_seal == 0)
		v.broken_seal = seals.at[seal].id.n;
	return v;
}

struct journal_list
journal_history(struct tx *tx, const struct event *event, int64_t subject)
{
	return journal_of(tx, str_of(event->name), subject);
}

/* On one line, and the tabs that are its own told from those between. */
static void
print_payload(struct out *o, const struct journal *row, struct str payload)
{
	out_char(o, '\t');
	if (row->erased)
		out_lit(o, "(erased)");
	for (size_t i = 0; i < payload.n; i++)
		switch (payload.p[i]) {
		case '\n': out_lit(o, "\\n"); break;
		case '\t': out_lit(o, "\\t"); break;
		case '\\': out_lit(o, "\\\\"); break;
		default: out_char(o, payload.p[i]);
		}
}

void
journal_print(struct tx *tx, struct out *lines)
{
	struct journal_list rows = {0};
	int64_t last = 0;

	do {
		rows = journal_rows_after(tx, last, SEAL_ROWS_MAX);
		for (size_t i = 0; i < rows.n; i++) {
			const struct journal *row = &rows.at[i];
			char at[21];

			last = row->id.n;
			out_fmt(lines, "%lld\t%s\t%.*s\t%lld\t%lld\t%lld", (long long)row->id.n,
			    instant_iso(row->at, at), STR_ARG(row->event), (long long)row->person,
			    (long long)row->place, (long long)row->subject);
			print_payload(lines, row, row->was);
			print_payload(lines, row, row->becomes);
			out_char(lines, '\n');
		}
	} while (rows.n == SEAL_ROWS_MAX);
}

/* --- the room ----------------------------------------------------------------------------------------- */

static void
seal(struct tx *tx)
{
	journal_seal(tx);
}

static void
read_head(struct tx *tx, void *arg)
{
	*(struct str *)arg = journal_head(tx);
}

/* Kept apart from the database, a head shows later that nothing before it was changed: `nuotio check --since`. */
static void
log_head(struct job_context *job)
{
	struct str head = {0};

	if (job_read(job, read_head, &head) && head.n)
		log_line(LEVEL_INFO, "journal head %.*s", STR_ARG(head));
}

static bool
check(struct tx *tx, struct str since, struct out *lines)
{
	struct journal_verdict v = journal_verify(tx, since);

	out_fmt(lines, "journal: %lld rows, %lld seals\n", (long long)v.rows, (long long)v.seals);
	if (v.broken_row.n)
		out_fmt(lines, "journal: row %lld was changed after it was written\n", (long long)v.broken_row.n);
	if (v.broken_seal)
		out_fmt(lines, "journal: seal %lld does not follow from what is before it\n", (long long)v.broken_seal);
	if (!v.since_found)
		out_fmt(lines, "journal: the head %.*s is not in it\n", STR_ARG(since));
	return v.broken_row.n == 0 && v.broken_seal == 0 && v.since_found;
}

static const struct job jobs[] = {
	{.name = "journal.seal", .every_s = 1, .due = needs_seal, .write = seal},
	{.name = "journal.head", .every_s = 86400, .run = log_head},
	{0},
};

static const struct event *const events[] = {&journal_erased, NULL};

/* The number of the entry that was erased. */
static struct texts
named(struct tx *tx, const struct event *event, int64_t subject)
{
	(void)event;
	return texts_same(str_fmt(tx->arena, "%lld", (long long)subject));
}

const struct room journal_room = {.name = "journal", .events = events, .named = named, .jobs = jobs, .check = check};
