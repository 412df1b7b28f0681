/* Inputs made by chance from a good one: whatever stands in a template, pagegen ends, and each
 * complaint names a place that is there. */
#include <stdio.h>

#include "lib/need.h"
#include "tool/pagegen.h"
#include "tool/tool_fuzz.h"

enum { ARENA_BYTES = 128 << 20, CHANGES_MAX = 8 };

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
    "{include \"x.h\"}", NULL};

/* True if the input was compiled without a complaint. */
static bool
compile(struct arena *a, struct source *in)
{
	struct run run = {.arena = a, .out = ""};
	struct pages g = {.run = &run, .arena = a, .src = "src", .order = STR("page kota")};
	struct out h = out_new(a), c = out_new(a);

	pages_compile(&g, in, 1, str_of(texts_sym), STR("SWEEP\n"));
	fuzz_check(&run, in, 1);
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
		size_t changes = 1 + fuzz_below(&seed, 1 + fuzz_below(&seed, CHANGES_MAX));

		fuzz_next(a);
		in.text = str_of(good);
		while (changes--)
			in.text = fuzz_changed(a, &seed, in.text, pieces);
		in.text = fuzz_exact(in.text);
		passed += compile(a, &in);
		fuzz_free(in.text);
	}
	printf("%lld inputs, %lld of them without a mistake\n", (long long)n, (long long)passed);
	arena_free(a);
	return 0;
}
