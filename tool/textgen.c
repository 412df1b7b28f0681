/* textgen SRC OUT: compiles texts and rights.
 *
 * A .texts file stands in a room and holds that room's texts; SRC/app/wheel/wheel.texts:
 *
 *     # A comment, for translators; it may stand anywhere.
 *     wheel.no_answer_yet
 *       fi Ei vielä vastausta
 *       sv Inget svar än
 *       en No answer yet
 *
 *     wheel.answers(n INT)
 *       fi one   {n} vastaus
 *       fi other {n} vastausta
 *       …
 *
 *     wheel.state(state wheel_answer_state)
 *       fi coming   Tulossa
 *       fi done     Tehty
 *       …
 *
 *     wheel.more
 *       fi Lue <guide>ohje</guide> ensin.
 *       …
 *
 * Blocks are separated by an empty line. The first line is the key, which begins with the name of
 * the folder, and the parameters, at most six. Then two spaces, a language, perhaps the name of a
 * form, and the text. Every language is there: fi, sv, en. A text goes on in lines that are
 * indented deeper, joined by a newline; if nothing follows the language, it begins there. Escapes:
 * \n \\ \{ \} \< \> \#
 *
 * Parameters stand in the text as {n}. Types:
 *     INT      12 345          TEXT     as it is           DATE     23.11.2026
 *     YEAR     2026            TEXTS    in fi, sv or en    DAY      maanantai 23.11.
 *     WEEK     viikko 48       INSTANT  date and time      RANGE    23.–27.11.2026 (two days)
 *     TIME     klo 16.00 (minutes of the day)
 *     CLOCK    16.00, for the end of a time
 * or the name of an enum: sqlgen's (OUT/enums.sym), role, or lang. Texts are worded so that a
 * parameter stands in the nominative (Kampus: {name}), because nothing here inflects Finnish.
 *
 * A form is chosen by the enum parameter, if there is one: then each line names one of the enum's
 * words, or `other` for all that are not named. NONE may be left out and says nothing then.
 * Otherwise it is chosen by the INT parameter called n, or else the first INT, if lines name the
 * forms `one` and `other`; a language that does not need two may have one line without a name.
 * With an INT parameter a text therefore cannot begin with the words one or other in small
 * letters.
 *
 * A slot <guide>…</guide> is markup that the page gives. Each form of each language has the same
 * slots, each once, not nested.
 *
 * Out come, for SRC/app/wheel/wheel.texts:
 *     OUT/app/wheel/wheel.texts.h, .c
 *         text_wheel_answers; for a text without parameters T_WHEEL_NO_ANSWER_YET, else
 *         struct said t_wheel_answers(int64_t n); a RANGE takes two arguments, x_first and x_last
 *     OUT/texts.all.h, .c
 *         all texts, sorted by key, for text_table_set
 *     OUT/texts.sym
 *         for pagegen, a line a text: key|n:INT,state:wheel_answer_state|slot,slot|path:line, the
 *         parameters as the C function has them
 *
 * SRC/app/rights.tbl has a right a line, the roles that have it, and its name in three languages:
 *     THANK  student_body staff coordinator | kiittää | tacka | say thanks
 * and becomes OUT/app/rights.h, .c (enum right, enum role, rights_roles[], rights_names[],
 * role_words[]) and OUT/rights.sym, a name a line.
 *
 * textgen --fuzz SEED N compiles N inputs made by chance from a good one and writes nothing. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tool/textgen.h"

enum { ARENA_BYTES = 256 << 20 };

const char *const lang_codes[LANGS] = {"fi", "sv", "en"};

/* A file of OUT or SRC that may be missing. */
static struct source
optional_source(struct arena *a, const char *root, const char *path)
{
	struct source s = {.path = path};
	char *full = str_z(a, str_fmt(a, "%s/%s", root, path));
	struct stat status;
	FILE *f = fopen(full, "rb");
	char *p;

	if (!f)
		return s;
	if (fstat(fileno(f), &status) != 0) {
		perror(full);
		exit(2);
	}
	p = arena_bytes(a, (size_t)status.st_size + 1);
	s.text = (struct str){p, fread(p, 1, (size_t)status.st_size, f)};
	fclose(f);
	return s;
}

/* What an earlier run made of a file that is gone would still be compiled. */
static void
remove_left_over(struct run *run, const char *ending, const struct source *in, size_t n)
{
	size_t files;
	struct source *file = sources_under(run->arena, run->out, ending, &files);

	for (size_t i = 0; i < files; i++) {
		struct str path = str_of(file[i].path);
		size_t j = 0;

		while (j < n && !(str_starts(path, str_of(in[j].path)) &&
		                  path.n == strlen(in[j].path) + 2))
			j++;
		if (j < n)
			continue;
		path = str_fmt(run->arena, "%s/%s", run->out, file[i].path);
		unlink(str_z(run->arena, path));
	}
}

static void
write_out(struct run *run, const char *path, const char *more, const struct out *o)
{
	write_if_changed(run, str_fmt(run->arena, "%s%s", path, more), out_text(o));
}

int
main(int argc, char **argv)
{
	struct arena *a = arena_new(ARENA_BYTES);
	struct run run = {.arena = a};
	struct texts_run t = {.run = &run};
	struct rights_out rights = {out_new(a), out_new(a), out_new(a)};
	struct out header = out_new(a), c = out_new(a), sym = out_new(a);
	struct source *in, table;
	size_t n;
	int64_t seed, times;

	if (argc == 4 && str_is(str_of(argv[1]), "--fuzz") && str_int(str_of(argv[2]), &seed) &&
	    str_int(str_of(argv[3]), &times)) {
		arena_free(a);
		return texts_fuzz((uint64_t)seed, times);
	}
	if (argc != 3) {
		fprintf(stderr, "usage: textgen SRC OUT\n       textgen --fuzz SEED N\n");
		return 2;
	}
	t.src = argv[1];
	run.out = argv[2];
	table = optional_source(a, t.src, "app/rights.tbl");
	if (table.text.n)
		rights_compile(&run, &table, &rights);
	enums_read(&t, optional_source(a, run.out, "enums.sym").text);
	in = sources_under(a, t.src, ".texts", &n);
	for (size_t i = 0; i < n; i++)
		texts_read(&t, &in[i]);
	texts_check(&t);
	if (run.mistakes)
		return run_end(&run);

	for (size_t i = 0; i < n; i++) {
		struct out file_header = out_new(a), file_c = out_new(a);

		texts_write_source(&t, &in[i], &file_header, &file_c);
		write_out(&run, in[i].path, ".h", &file_header);
		write_out(&run, in[i].path, ".c", &file_c);
	}
	texts_write_all(&t, in, n, &header, &c, &sym);
	write_out(&run, "texts.all", ".h", &header);
	write_out(&run, "texts.all", ".c", &c);
	write_out(&run, "texts", ".sym", &sym);
	if (table.text.n) {
		write_out(&run, "app/rights", ".h", &rights.header);
		write_out(&run, "app/rights", ".c", &rights.c);
		write_out(&run, "rights", ".sym", &rights.sym);
	}
	remove_left_over(&run, ".texts.h", in, n);
	remove_left_over(&run, ".texts.c", in, n);
	return 0;
}
