/* Inputs made by chance from a good one: textgen ends, and each complaint names a place that is there. */
#include <stdio.h>

#include "lib/need.h"
#include "tool/textgen.h"
#include "tool/tool_fuzz.h"

enum { ARENA_BYTES = 64 << 20, CHANGES_MAX = 8 };

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
    "\303", "\357\273\277", "\342\200\256", "\001", "'", "\"", NULL};

/* True if the input was compiled without a complaint. */
static bool
compile(struct arena *a, const struct source *in)
{
	const struct source *texts = &in[0], *rights = &in[1];
	struct run run = {.arena = a, .out = ""};
	struct texts_run t = {.run = &run, .src = "src"};
	struct rights_out out = {out_new(a), out_new(a), out_new(a)};
	struct out header = out_new(a), c = out_new(a), sym = out_new(a);

	rights_compile(&run, rights, &out);
	enums_read(&t, STR("kota_state|NONE,open,closed|app/kota/kota.rows.h\n"));
	texts_read(&t, texts);
	texts_check(&t);
	fuzz_check(&run, in, 2);
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
	const struct source good[] = {{"app/kota/kota.texts", str_of(good_texts)},
	    {"app/rights.tbl", str_of(good_rights)}};
	int64_t passed = 0;

	need(compile(a, good));
	for (int64_t i = 0; i < n; i++) {
		struct source in[] = {good[0], good[1]};
		size_t changes = 1 + fuzz_below(&seed, CHANGES_MAX);

		fuzz_next(a);
		while (changes--) {
			struct source *one = fuzz_below(&seed, 4) ? &in[0] : &in[1];

			one->text = fuzz_changed(a, &seed, one->text, pieces);
		}
		in[0].text = fuzz_exact(in[0].text);
		in[1].text = fuzz_exact(in[1].text);
		passed += compile(a, in);
		fuzz_free(in[0].text);
		fuzz_free(in[1].text);
	}
	printf("%lld inputs, %lld of them without a mistake\n", (long long)n, (long long)passed);
	arena_free(a);
	return 0;
}
