/* Inputs made by chance from a good one: whatever stands in a template, pagegen ends, and each
 * complaint names a place that is there. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/need.h"
#include "tool/pagegen.h"

enum { ARENA_BYTES = 128 << 20, CHANGES_MAX = 8, CUT_MAX = 60 };

/* Everything the language has, in few bytes. */
static const char good[] =
    "{include \"app/kota/kota.h\"}\n"
    "{struct kota_log(TEXT wood, kota_bark bark)} {end}\n"
    "{struct kota_bark(WORD color, INT n)}\n"
    "{component kota_box(SAID title, BOOL open?)}{let t2 = title}\n"
    "<section{if open} class=\"open\"{end}>{post \"/x\"}<h2>{t2}</h2>{slot}{end}</section>\n{end}\n"
    "{component kota_tag(TEXT words)}<b>{words}</b>{end}\n"
    "{page kota_x_page(TEXT a, INT n, kota_log[] logs, kota_log* maybe, DATE day, MARKUP svg)}\n"
    "<p class=\"a {a}{if n} b{end}\" id='x'>{a} {n:number} {day:week} &amp; {f(r, a, \"b\", "
    "&maybe)}</p>\n"
    "<!-- no -->\n"
    "{if not n == 3}<a href=\"{a}?q={a}#x\">x</a>{elif maybe}{maybe.wood}{else}<br>{end}\n"
    "<ul>{each logs as log}\n  <li>{log.bark.color}</li>\n{empty}<li>{t kota.logs "
    "n=n}</li>{end}</ul>\n"
    "{t kota.more who=a}{slot guide}<a href=\"/x/{a}\">{inner}</a>{end}{end}\n"
    "{may SWEEP}<button name=\"x\" value=\"{n}\">{t kota.send}</button>{end}\n"
    "{use kota_box title={t kota.logs n=n} open=n == 1}<i>{svg}</i>{field guest.name}\n{end}\n"
    "{use kota_tag words=\"x\"}{call g(r)}\n"
    "<img src=\"/a.png\" alt=\"\"><textarea>\n{a}</textarea><pre>  x\n</pre>\n"
    "<select><option value=\"{n}\">{a}</option></select>\n"
    "<svg viewBox=\"0 0 1 1\"><path d=\"M{n} 0\"/></svg>\n{end}\n";

static const char texts_sym[] = "kota.logs|n:INT||app/kota/kota.texts:1\n"
				"kota.more|who:TEXT|guide|app/kota/kota.texts:5\n"
				"kota.send|||app/kota/kota.texts:9\n";

static const char *const pieces[] = {"{", "}", "{end}", "{else}", "{if n}", "{each logs as l}",
    "{a}", "{t kota.send}", "{slot}", "{slot guide}", "{inner}", "{may SWEEP}", "{post \"/x\"}",
    "{use kota_box", "<", ">", "</", "<p>", "</p>", "<b ", "/>", "\"", "'", "=", " href=\"",
    " id=\"a\"", "<!--", "-->", "&", "&amp;", "<script>", "<title>", "<table>", "javascript:", ":",
    "(", ")", ",", ".", "->", "not ", " == ", "\n", " ", "\t", "\001", "ä", "\303", "\355\240\200",
    "{page kota_y_page()}", "{component kota_z()}", "{struct kota_s(kota_s s)}",
    "{include \"x.h\"}"};

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
	struct out o = out_new(a);

	out_str(&o, str_sub(s, 0, at));
	out_str(&o, piece);
	out_str(&o, str_sub(s, at + cut, s.n));
	return out_text(&o);
}

static struct str
changed(struct arena *a, uint64_t *state, struct str s)
{
	size_t at = below(state, s.n + 1), cut = below(state, CUT_MAX);
	char byte = (char)below(state, 256);

	switch (below(state, 6)) {
	case 0: /* something goes */ return spliced(a, s, at, cut, STR(""));
	case 1: /* something comes */
	case 2:
		return spliced(
		    a, s, at, 0, str_of(pieces[below(state, sizeof pieces / sizeof *pieces)]));
	case 3: /* something stands elsewhere too */
		return spliced(a, s, at, 0, str_sub(s, below(state, s.n + 1), cut));
	case 4: /* the end goes */ return below(state, 8) ? s : str_sub(s, 0, at);
	default: /* a byte is another one */ return spliced(a, s, at, 1, (struct str){&byte, 1});
	}
}

static void
check_complaints(const struct run *run, const struct source *in)
{
	struct str all = out_text(&run->complaints);

	while (all.n) {
		struct str line = str_cut(&all, '\n'), path = str_cut(&line, ':');
		int64_t at_line = 0, at_column = 0;

		if (!str_is(path, in->path)) /* the words of a mistake may quote a newline */
			continue;
		need(str_int(str_cut(&line, ':'), &at_line) &&
		    str_int(str_cut(&line, ':'), &at_column));
		need(at_line >= 1 && at_line <= place_at(in, in->text.n).line);
		need(at_column >= 1 && line.n > 1);
	}
}

/* True if the input was compiled without a complaint. */
static bool
compile(struct arena *a, struct source *in)
{
	struct run run = {.arena = a, .out = ""};
	struct pages g = {.run = &run, .arena = a, .src = "src", .order = STR("page kota")};
	struct out h = out_new(a), c = out_new(a);

	pages_compile(&g, in, 1, str_of(texts_sym), STR("SWEEP\n"));
	check_complaints(&run, in);
	if (run.mistakes)
		return false;
	folder_header_write(&g, STR("app/kota"), &h);
	file_c_write(&g, &g.file[0], &c);
	need(str_is_utf8(out_text(&c)) && str_is_utf8(out_text(&h)));
	return true;
}

int
pages_fuzz(uint64_t seed, int64_t n)
{
	struct arena *a = arena_new(ARENA_BYTES);
	struct source in = {"app/kota/kota.html", str_of(good)};
	int64_t passed = 0;

	need(compile(a, &in));
	for (int64_t i = 0; i < n; i++) {
		size_t changes = 1 + below(&seed, 1 + below(&seed, CHANGES_MAX));
		char *exact;

		arena_reset(a);
		in.text = str_of(good);
		while (changes--)
			in.text = changed(a, &seed, in.text);
		/* Exactly as long as it is, so that a sanitizer sees a byte read behind the end. */
		exact = malloc(in.text.n ? in.text.n : 1);
		need(exact);
		if (in.text.n)
			memcpy(exact, in.text.p, in.text.n);
		in.text.p = exact;
		passed += compile(a, &in);
		free(exact);
	}
	printf("%lld inputs, %lld of them without a mistake\n", (long long)n, (long long)passed);
	arena_free(a);
	return 0;
}
