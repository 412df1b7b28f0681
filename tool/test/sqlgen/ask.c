/* Asks a database by what sqlgen wrote of good/src, and prints what comes back, which is the same from both
 * engines. */
#include <inttypes.h>
#include <stdio.h>

#include "core/db/schema.h"
#include "lib/arena.h"
#include "lib/need.h"

#include "app/campus/campus.sql.h"
#include "app/kota/kota.sql.h"
#include "app/lato/lato.sql.h"
#include "core/job/job.sql.h"

enum { ARENA_BYTES = 16 << 20 };

static const struct texts pohja = {{STR("Pohja"), STR("Botten"), STR("Base")}};
static const struct texts metsa = {{STR("Metsäkota"), STR("Skogskåtan"), STR("")}};
static const struct texts ranta = {{STR("Rantakota"), STR(""), STR("")}};

static const char *
yes(bool is)
{
	return is ? "yes" : "no";
}

static void
print_kota(const struct kota *k)
{
	char built[11], lit[21];

	printf("%.*s|%.*s|%.*s %s built=%s lit=%s", STR_ARG(k->name.at[0]), STR_ARG(k->name.at[1]),
	    STR_ARG(k->name.at[2]), kota_state_words[k->state], date_iso(k->built, built),
	    instant_iso(k->lit_at, lit));
	printf(" seats=%" PRId64 " rent=%s%" PRId64, k->seats, k->rent.has ? "" : "none", k->rent.n);
	printf(" height=%s%g", k->height.has ? "" : "none", k->height.n);
	printf(" dry=%s picture=%zu marks=%.*s", yes(k->dry), k->picture.n, STR_ARG(k->marks));
	printf(" campus=%s next=%s\n", yes(k->campus.n > 0), yes(k->next_to.n > 0));
}

static void
print_lines(const char *what, struct kota_line_list list)
{
	printf("%s:", what);
	for (size_t i = 0; i < list.n; i++)
		printf(" %.*s %s %" PRId64, STR_ARG(list.at[i].name.at[LANG_FI]),
		    kota_state_words[list.at[i].state], list.at[i].seats);
	printf("\n");
}

static void
print_sums(struct tx *tx)
{
	struct kota_sum s = kota_sums(tx);
	char first[11];

	printf("huts=%" PRId64 " of %" PRId64 ", seats=%s%" PRId64, s.huts, kota_count(tx),
	    s.seats.has ? "" : "none", s.seats.n);
	printf(", first=%s, height=%s%g\n", date_iso(s.first, first), s.height.has ? "" : "none", s.height.n);
}

static void
print_lists(struct tx *tx, campus_id campus)
{
	struct kota_place_list places = kota_places(tx);
	struct kota_first_list first = kota_guests_first(tx, campus);
	struct kota_word_list words = kota_words(tx, campus);
	struct lato_line_list barns = lato_of(tx, LATO_SIDE_LEFT);

	for (size_t i = 0; i < places.n; i++)
		printf("place of %.*s: %.*s, others %s%" PRId64 " %s %s %s\n",
		    STR_ARG(places.at[i].name.at[LANG_FI]), STR_ARG(places.at[i].place_name.at[LANG_SV]),
		    places.at[i].others.has ? "" : "none", places.at[i].others.n,
		    kota_state_words[places.at[i].its_state], yes(places.at[i].its_dryness),
		    yes(places.at[i].its_age.day > 0));
	for (size_t i = 0; i < first.n; i++)
		printf("guest %" PRId64 ": %.*s\n", first.at[i].place, STR_ARG(first.at[i].who));
	for (size_t i = 0; i < words.n; i++)
		printf("word: %.*s\n", STR_ARG(words.at[i].word));
	for (size_t i = 0; i < barns.n; i++)
		printf("barn: %.*s, %s, %s\n", STR_ARG(barns.at[i].name.at[LANG_FI]),
		    kota_state_words[barns.at[i].state], lato_side_words[barns.at[i].side]);
}

static void
visit(struct tx *tx, campus_id campus, kota_id kota)
{
	static const struct str names[] = {STR("Aino"), STR("Ilmari"), STR("Aino"), STR("Väinö")};
	int64_t added = 0;

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		added += kota_guest_add(tx, campus, kota, names[i], date_of(2026, 11, 23));
	printf("guests: %" PRId64 " added, %zu read\n", added, kota_guests(tx, campus, kota).n);
}

static kota_id
add_full(struct tx *tx, campus_id campus)
{
	const struct maybe_int rent = {true, 0};
	const struct maybe_real height = {true, 2.5};

	return kota_add(tx, campus, metsa, KOTA_STATE_DEFAULT, date_of(2001, 2, 3), tx->now, 12, rent, height,
	    true, STR("\001\002"), STR("[1]"), (kota_id){0});
}

static kota_id
add_bare(struct tx *tx, kota_id next_to)
{
	return kota_add(tx, (campus_id){0}, ranta, KOTA_STATE_OPEN, (struct date){0}, (struct instant){0}, 4,
	    (struct maybe_int){0}, (struct maybe_real){0}, false, STR(""), STR("{}"), next_to);
}

static void
find(struct tx *tx, campus_id campus, kota_id full, kota_id bare)
{
	const campus_id nowhere = {0};
	const struct date any = {0};
	struct kota k;

	if (kota_by_id(tx, full, &k))
		print_kota(&k);
	if (kota_by_id(tx, bare, &k))
		print_kota(&k);
	printf("another: %s\n", yes(kota_by_id(tx, (kota_id){12345}, &k)));
	print_lines("all", kota_found(tx, nowhere, any, STR(""), KOTA_STATE_NONE, NULL, 0));
	print_lines("of the campus", kota_found(tx, campus, date_of(2000, 1, 1), STR("Metsäkota"),
	    KOTA_STATE_DEFAULT, &bare, 1));
	print_lines("open", kota_found(tx, nowhere, any, STR(""), KOTA_STATE_OPEN, NULL, 0));
	print_lines("but one", kota_found(tx, nowhere, any, STR(""), KOTA_STATE_NONE, &full, 1));
	print_lines("two", kota_lines_of(tx, (kota_id[]){bare, full}, 2));
	print_lines("none", kota_lines_of(tx, NULL, 0));
}

static void
change(struct tx *tx, kota_id full, kota_id bare)
{
	enum kota_state state = KOTA_STATE_NONE;
	bool found;

	printf("renamed: %" PRId64, kota_name_set(tx, bare, (campus_id){0}, pohja, 1));
	printf(", and %" PRId64 " with the old version", kota_name_set(tx, bare, (campus_id){0}, ranta, 1));
	printf(": %.*s\n", STR_ARG(kota_name_of(tx, bare).at[LANG_EN]));
	printf("closed: %" PRId64, kota_all_closed(tx));
	found = kota_state_now(tx, full, &state);
	printf(" %s %s", yes(found), kota_state_words[state]);
	printf(", elsewhere %s\n", yes(kota_state_now(tx, (kota_id){12345}, &state)));
	printf("barns: %" PRId64, lato_add(tx, full, LATO_SIDE_LEFT));
	printf(" and %" PRId64 "\n", lato_add(tx, full, LATO_SIDE_LEFT));
}

static void
run_job(struct tx *tx)
{
	struct instant ran = {0};
	bool found;

	printf("ran: %s", yes(job_last(tx, STR("seal"), &ran)));
	printf(", %" PRId64, job_ran(tx, STR("seal"), tx->now));
	found = job_last(tx, STR("seal"), &ran);
	printf(", %s %s\n", yes(found), yes(ran.s == tx->now.s));
}

static void
ask(struct tx *tx, void *arg)
{
	campus_id campus = campus_put(tx, STR("pohja"), pohja), again = campus_put(tx, STR("pohja"), pohja);
	kota_id full, bare;

	(void)arg;
	printf("the same campus: %s\n", yes(campus.n == again.n));
	print_sums(tx);
	full = add_full(tx, campus);
	bare = add_bare(tx, full);
	find(tx, campus, full, bare);
	change(tx, full, bare);
	visit(tx, campus, full);
	print_sums(tx);
	print_lists(tx, campus);
	printf("removed: %" PRId64 "\n", lato_remove(tx, full));
	run_job(tx);
	printf("engine: %" PRId64 "\n", kota_engine(tx, 7).n);
}

/* The wall of each engine stops what the statement did not. */
static void
ask_for_a_turn(struct tx *tx, void *day)
{
	struct date first = *(struct date *)day;

	printf("turn: %" PRId64 "\n", lato_turn_add(tx, (kota_id){1}, first, date_add_days(first, 6)));
}

int
main(int argc, char **argv)
{
	struct db_error error = {.statement = ""};
	struct arena *a = arena_new(ARENA_BYTES);
	struct db_options options = DB_OPTIONS(argc > 1 ? argv[1] : ":memory:");
	struct db *db = db_open(&options, &error);

	if (!db || !db_migrate(db, &error) ||
	    !db_write_now(db, a, instant_of_iso(STR("2026-11-23T16:00:00Z")), ask, NULL, &error)) {
		fprintf(stderr, "%s: %s\n", error.statement, error.what);
		return 1;
	}
	for (int k = 0; k < 2; k++) {
		struct date days[] = {date_of(2026, 11, 23), date_of(2026, 11, 29)};

		if (!db_write_now(db, a, instant_of_iso(STR("2026-11-23T16:00:00Z")), ask_for_a_turn, &days[k], &error))
			printf("turn: %s\n", error.trouble == DB_REFUSED ? "refused by the wall" : "another trouble");
	}
	db_close(db);
	arena_free(a);
	return 0;
}
