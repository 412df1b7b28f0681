#include <stdio.h>

#include "tool/textgen.h"

enum { RIGHTS_MAX = 200 };

/* Fixed: their bits stand in rights_roles, and `struct grant` holds their numbers. */
const char *const role_names[] = {
    "student", "student_body", "staff", "coordinator", "partner", "member", "management", "admin"};
const size_t role_count = sizeof role_names / sizeof *role_names;

struct right {
	struct str name;
	uint32_t roles;
	struct str words[LANGS];
};

struct table {
	struct run *run;
	const struct source *in;
	struct right right[RIGHTS_MAX];
	size_t n;
};

static struct place
at(const struct table *t, const char *p)
{
	return place_at(t->in, (size_t)(p - t->in->text.p));
}

static bool
is_right_name(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (!(c >= 'A' && c <= 'Z') && !(i && (c == '_' || (c >= '0' && c <= '9'))))
			return false;
	}
	return s.n > 0;
}

/* The next word of *rest; empty at its end. */
static struct str
cut_word(struct str *rest)
{
	struct str word;

	while (rest->n && *rest->p == ' ')
		*rest = str_sub(*rest, 1, rest->n);
	word = str_sub(*rest, 0, str_find(*rest, ' '));
	*rest = str_sub(*rest, word.n, rest->n);
	return word;
}

static void
read_roles(struct table *t, struct right *right, struct str rest)
{
	struct str name = right->name, word;

	while ((word = cut_word(&rest)).n) {
		size_t i = 0;

		while (i < role_count && !str_is(word, role_names[i]))
			i++;
		if (i == role_count)
			mistake(t->run, at(t, word.p), "no role is called %.*s", STR_ARG(word));
		else if (right->roles & (1u << i))
			mistake(t->run, at(t, word.p), "%.*s stands here twice", STR_ARG(word));
		else
			right->roles |= 1u << i;
	}
	if (!right->roles)
		mistake(t->run, at(t, name.p), "no role has the right %.*s", STR_ARG(name));
}

static void
read_line(struct table *t, struct str line)
{
	struct right right = {0};
	struct str rest = line, roles = str_cut(&rest, '|');
	size_t tab = str_find(line, '\t');

	if (tab < line.n) {
		mistake(t->run, at(t, line.p + tab), "a tab; use spaces");
		return;
	}
	if (!str_is_utf8(line)) {
		mistake(t->run, at(t, line.p), "this line is not UTF-8");
		return;
	}
	right.name = cut_word(&roles);
	if (!right.name.n) {
		mistake(t->run, at(t, line.p), "a line begins with the name of a right");
		return;
	}
	if (!is_right_name(right.name) || str_is(right.name, "ANYONE"))
		mistake(t->run, at(t, right.name.p),
		    "%.*s cannot be the name of a right: capitals, digits and _",
		    STR_ARG(right.name));
	for (size_t i = 0; i < t->n; i++) {
		if (str_eq(t->right[i].name, right.name))
			mistake(t->run, at(t, right.name.p), "%.*s stands in this table twice",
			    STR_ARG(right.name));
	}
	read_roles(t, &right, roles);
	for (int i = 0; i < LANGS; i++) {
		right.words[i] = str_trim(str_cut(&rest, '|'));
		if (!right.words[i].n)
			mistake(t->run, at(t, right.name.p), "%.*s has no name in %s",
			    STR_ARG(right.name), lang_codes[i]);
	}
	if (rest.n)
		mistake(t->run, at(t, rest.p), "more than three languages");
	if (t->n == RIGHTS_MAX)
		mistake(t->run, at(t, right.name.p), "more than %d rights", RIGHTS_MAX);
	else
		t->right[t->n++] = right;
}

static void
write_header(struct arena *a, const struct table *t, struct out *o)
{
	out_fmt(o, "/* Generated from %s. */\n", t->in->path);
	out_lit(o, "#ifndef APP_RIGHTS_H\n#define APP_RIGHTS_H\n\n"
	           "#include <stdbool.h>\n#include <stdint.h>\n\n#include \"lib/text.h\"\n\n"
	           "enum right {\n\tMAY_ANYONE = 0,\n");
	for (size_t i = 0; i < t->n; i++) {
		out_fmt(o, "\tMAY_%.*s, /* ", STR_ARG(t->right[i].name));
		out_comment(o, t->right[i].words[LANGS - 1]);
		out_lit(o, " */\n");
	}
	out_lit(o, "\tRIGHT_COUNT\n};\n\nenum role {\n");
	for (size_t i = 0; i < role_count; i++)
		out_fmt(o, "\tROLE_%.*s,\n", STR_ARG(upper_name(a, str_of(role_names[i]))));
	out_lit(o, "\tROLE_COUNT\n};\n\n"
	           "/* A bit for each role, 1u << ROLE_X. */\n"
	           "extern const uint32_t rights_roles[RIGHT_COUNT];\n\n"
	           "/* What a right lets one do; its own name, for logs. */\n"
	           "extern const struct texts rights_names[RIGHT_COUNT];\n"
	           "extern const char *const right_words[RIGHT_COUNT];\n"
	           "/* A role as the database writes it. */\n"
	           "extern const char *const role_words[ROLE_COUNT];\n\n"
	           "/* The role of such a word; false and *role untouched for any other. */\n"
	           "bool role_of(struct str word, enum role *role);\n\n#endif\n");
}

static void
write_c(const struct table *t, struct out *o)
{
	out_fmt(o, "/* Generated from %s. */\n#include \"app/rights.h\"\n\n", t->in->path);
	out_fmt(o, "const uint32_t rights_roles[RIGHT_COUNT] = {\n\t[MAY_ANYONE] = 0x%X,\n",
	    (1u << role_count) - 1);
	for (size_t i = 0; i < t->n; i++)
		out_fmt(o, "\t[MAY_%.*s] = 0x%X,\n", STR_ARG(t->right[i].name), t->right[i].roles);
	out_lit(o, "};\n\nconst char *const right_words[RIGHT_COUNT] = {\n"
	           "\t[MAY_ANYONE] = \"ANYONE\",\n");
	for (size_t i = 0; i < t->n; i++)
		out_fmt(o, "\t[MAY_%.*s] = \"%.*s\",\n", STR_ARG(t->right[i].name),
		    STR_ARG(t->right[i].name));
	out_lit(o, "};\n\nconst struct texts rights_names[RIGHT_COUNT] = {\n");
	for (size_t i = 0; i < t->n; i++) {
		out_fmt(o, "\t[MAY_%.*s] = {{", STR_ARG(t->right[i].name));
		for (int l = 0; l < LANGS; l++) {
			out_fmt(o, "%s{", l ? ", " : "");
			c_string(o, t->right[i].words[l]);
			out_fmt(o, ", %zu}", t->right[i].words[l].n);
		}
		out_lit(o, "}},\n");
	}
	out_lit(o, "};\n\nconst char *const role_words[ROLE_COUNT] = {\n");
	for (size_t i = 0; i < role_count; i++)
		out_fmt(o, "\t\"%s\",\n", role_names[i]);
	out_lit(o, "};\n\n"
	           "bool\nrole_of(struct str word, enum role *role)\n{\n"
	           "\tfor (int i = 0; i < ROLE_COUNT; i++) {\n"
	           "\t\tif (str_is(word, role_words[i])) {\n"
	           "\t\t\t*role = (enum role)i;\n\t\t\treturn true;\n\t\t}\n\t}\n"
	           "\treturn false;\n}\n");
}

void
rights_compile(struct run *run, const struct source *in, struct rights_out *out)
{
	struct table *t = ARENA_NEW(run->arena, struct table);
	struct str rest = in->text;

	t->run = run;
	t->in = in;
	while (rest.n) {
		struct str line = str_cut(&rest, '\n');

		if (str_trim(line).n && !str_starts(str_trim(line), STR("#")))
			read_line(t, line);
	}
	write_header(run->arena, t, &out->header);
	write_c(t, &out->c);
	for (size_t i = 0; i < t->n; i++)
		out_fmt(&out->sym, "%.*s\n", STR_ARG(t->right[i].name));
}
