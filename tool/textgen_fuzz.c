#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/need.h"
#include "tool/textgen.h"

enum { ARENA_BYTES = 64 << 20, CHANGES_MAX = 8, CUT_MAX = 40 };

/* Everything the language has, in few bytes. */
static const char good_texts[] =
    "# for translators\n"
    "kota.open\n  fi Auki\n  sv Öppet\n  en Open\n\n"
    "kota.visits(n INT, place TEXTS)\n"
    "  fi one   {place}: {n} käynti\n  fi other {place}: {n} käyntiä\n"
    "  sv {place}: {n} besök\n"
    "  en one   {place}: {n} visit\n  en other {place}: {n} visits\n\n"
    "kota.may(role role, who TEXT)\n"
    "  fi admin {who} hoitaa\n  fi other {who} käy\n"
    "  sv admin {who} sköter\n  sv other {who} besöker\n"
    "  en admin {who} runs it\n  en other {who} visits\n\n"
    "kota.when(day DAY, at TIME, span RANGE, week WEEK, year YEAR, on DATE)\n"
    "  fi {day} {at} {span} {week} {year} {on}\n"
    "  sv {day} {at} {span} {week} {year} {on}\n"
    "  en {day} {at} {span} {week} {year} {on}\n\n"
    "kota.mail(at INSTANT)\n"
    "  fi\n    Hei!\\n\n    Nähdään <map>kodalla</map> {at}. \\{\\}\\<\\>\\\\\\#\n"
    "  sv\n    Hej!\n    Vi ses i <map>kåtan</map> {at}.\n"
    "  en\n    Hello!\n    See you in the <map>hut</map> {at}.\n";

static const char good_rights[] =
    "# a table\n"
    "LIGHT_FIRE staff coordinator | sytyttää tuli | tända elden | light the fire\n"
    "SIT student | istua | sitta | sit\n";

static const char *const pieces[] = {"{", "}", "{n}", "<map>", "</map>", "<", ">", "\\", "\n",
    "\n\n", "\t", "\r", " ", "  fi ", "    ", "(", ")", ",", " INT", "role", "one ", "other ",
    "kota.", "#", "|", "ä",
    "\303", "\357\273\277", "\342\200\256", "\001", "'", "\""};

static uint64_t
chance(uint64_t *state) /* splitmix64 */
{
	uint64_t z = *state += 0x9E3779B97F4A7C15U;

	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
	return z ^ (z >> 31);
}

static size_t
below(uint64_t *state, size_t n)
{
	return n ? (size_t)(chance(state) % n) : 0;
}

/* The text with `cut` bytes at `at` replaced by `piece`. */
static struct str
spliced(struct arena *a, struct str s, size_t at, size_t cut, struct str piece)
{
	return str_fmt(a, "%.*s%.*s%.*s", (int)at, s.p, STR_ARG(piece),
	    STR_ARG(str_sub(s, at + cut, s.n)));
}

static struct str
changed(struct arena *a, uint64_t *state, struct str s)
{
	size_t at = below(state, s.n + 1), cut = below(state, CUT_MAX);
	size_t piece = below(state, sizeof pieces / sizeof *pieces);

	switch (below(state, 5)) {
	case 0: /* something goes */
		return spliced(a, s, at, cut, STR(""));
	case 1: /* something comes */
		return spliced(a, s, at, 0, str_of(pieces[piece]));
	case 2: /* something stands elsewhere too */
		return spliced(a, s, at, 0, str_sub(s, below(state, s.n + 1), cut));
	case 3: /* the end goes */
		return below(state, 8) ? s : str_sub(s, 0, at);
	default: { /* a byte is another one; 0 would end what printf copies */
		char c = (char)(1 + below(state, 255));

		return spliced(a, s, at, 1, (struct str){&c, 1});
	}
	}
}

static struct str
exact(struct str s)
{
	char *p = malloc(s.n ? s.n : 1);

	need(p);
	if (s.n)
		memcpy(p, s.p, s.n);
	return (struct str){p, s.n};
}

/* A complaint names a line that is there (or the one behind the last). */
static void
check_complaints(const struct run *run, const struct source *texts, const struct source *rights)
{
	struct str all = out_text(&run->complaints);
	int n = 0;

	while (all.n) {
		struct str line = str_cut(&all, '\n'), path = str_cut(&line, ':');
		const struct source *in = str_is(path, texts->path) ? texts : rights;
		int64_t at_line = 0, at_column = 0;

		need(str_is(path, in->path));
		need(str_int(str_cut(&line, ':'), &at_line));
		need(str_int(str_cut(&line, ':'), &at_column));
		need(at_line >= 1 && at_line <= place_at(in, in->text.n).line);
		need(at_column >= 1 && line.n > 1);
		n++;
	}
	need(n == run->mistakes);
}

/* True if the input was compiled without a complaint. */
static bool
compile(struct arena *a, const struct source *texts, const struct source *rights)
{
	struct run run = {.arena = a, .out = ""};
	struct texts_run t = {.run = &run, .src = "src"};
	struct rights_out out = {out_new(a), out_new(a), out_new(a)};
	struct out header = out_new(a), c = out_new(a), sym = out_new(a);

	rights_compile(&run, rights, &out);
	enums_read(&t, STR("kota_state|NONE,open,closed|app/kota/kota.rows.h\n"));
	texts_read(&t, texts);
	texts_check(&t);
	check_complaints(&run, texts, rights);
	if (run.mistakes)
		return false;
	texts_write_source(&t, texts, &header, &c);
	texts_write_all(&t, texts, 1, &header, &c, &sym);
	return true;
}

int
texts_fuzz(uint64_t seed, int64_t n)
{
	struct arena *a = arena_new(ARENA_BYTES);
	struct source texts = {.path = "app/kota/kota.texts"}, rights = {.path = "app/rights.tbl"};
	int64_t good = 0;

	texts.text = str_of(good_texts);
	rights.text = str_of(good_rights);
	need(compile(a, &texts, &rights));
	for (int64_t i = 0; i < n; i++) {
		size_t changes = 1 + below(&seed, CHANGES_MAX);

		arena_reset(a);
		texts.text = str_of(good_texts);
		rights.text = str_of(good_rights);
		while (changes--) {
			struct str *one = below(&seed, 4) ? &texts.text : &rights.text;

			*one = changed(a, &seed, *one);
		}
		/* Exactly as long as they are, so that a sanitizer sees a byte read behind the
		 * end. */
		texts.text = exact(texts.text);
		rights.text = exact(rights.text);
		good += compile(a, &texts, &rights);
		free((char *)(uintptr_t)texts.text.p);
		free((char *)(uintptr_t)rights.text.p);
	}
	printf("%lld inputs, %lld of them without a mistake\n", (long long)n, (long long)good);
	arena_free(a);
	return 0;
}
