/* SQL as a list of words with their brackets, and what may be a name. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "tool/sqlgen.h"

const char *const type_names[T_TYPES] = {
	[T_ID] = "ID", [T_INT] = "INT", [T_BOOL] = "BOOL", [T_REAL] = "REAL", [T_TEXT] = "TEXT",
	[T_DATE] = "DATE", [T_INSTANT] = "INSTANT", [T_BLOB] = "BLOB", [T_JSON] = "JSON",
	[T_TEXTS] = "TEXTS",
};

const char *const lang_codes[LANGS] = {"fi", "sv", "en"};

enum sql_type
type_of(struct str word)
{
	for (int t = 0; t < T_TYPES; t++)
		if (str_is(word, type_names[t]))
			return (enum sql_type)t;
	return T_TYPES;
}

static bool
in_name(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* The end of a text that begins at i with a quote; the quote twice stands for itself. */
static size_t
string_end(struct str s, size_t i, size_t end)
{
	char quote = s.p[i++];

	for (; i < end; i++) {
		if (s.p[i] != quote)
			continue;
		if (i + 1 >= end || s.p[i + 1] != quote)
			return i + 1;
		i++;
	}
	return 0;
}

static const char *const signs[] = {
	"->>", "||", "<=", ">=", "<>", "!=", "==", "::", "->", "<<", ">>",
	"(", ")", "[", "]", ",", ".", ";", "=", "<", ">", "+", "-", "*", "/", "%", "&", "|", "~",
};

static size_t
sign_length(struct str s, size_t i, size_t end)
{
	for (size_t k = 0; k < sizeof signs / sizeof *signs; k++) {
		size_t n = strlen(signs[k]);

		if (i + n <= end && memcmp(s.p + i, signs[k], n) == 0)
			return n;
	}
	return 0;
}

static size_t
skip_gap(struct str s, size_t i, size_t end)
{
	for (;;) {
		while (i < end && isspace((unsigned char)s.p[i]))
			i++;
		if (i + 1 >= end || s.p[i] != '-' || s.p[i + 1] != '-')
			return i;
		while (i < end && s.p[i] != '\n')
			i++;
	}
}

/* One word; false at something that is no SQL of ours. */
static bool
read_word(struct run *run, const struct source *in, size_t *at, size_t end, struct word *w)
{
	struct str s = in->text;
	size_t i = *at, n;

	*w = (struct word){.kind = W_SIGN, .at = i, .open = NOWHERE, .close = NOWHERE};
	if (s.p[i] == '\'' || s.p[i] == '"') {
		w->kind = s.p[i] == '"' ? W_QUOTED : W_STRING;
		i = string_end(s, i, end);
		if (!i) {
			mistake(run, place_at(in, w->at), "this text does not end: its quote is missing");
			return false;
		}
	} else if (isdigit((unsigned char)s.p[i])) {
		w->kind = W_NUMBER;
		while (i < end && (in_name(s.p[i]) || s.p[i] == '.'))
			i++;
	} else if (in_name(s.p[i])) {
		w->kind = W_NAME;
		while (i < end && in_name(s.p[i]))
			i++;
	} else if (s.p[i] == ':' && i + 1 < end && in_name(s.p[i + 1])) {
		w->kind = W_PARAM;
		for (i++; i < end && in_name(s.p[i]);)
			i++;
	} else if (i + 1 < end && s.p[i] == '/' && s.p[i + 1] == '*') {
		mistake(run, place_at(in, i), "a comment is written -- up to the end of its line");
		return false;
	} else if (s.p[i] == '?' || s.p[i] == '$' || s.p[i] == '@' || s.p[i] == '#') {
		mistake(run, place_at(in, i), "a parameter is written :name, as in the prototype");
		return false;
	} else if ((n = sign_length(s, i, end)) > 0) {
		i += n;
	} else {
		mistake(run, place_at(in, i), "this sign means nothing here");
		return false;
	}
	w->text = str_sub(s, w->at, i - w->at);
	*at = i;
	return true;
}

static char
partner(char close)
{
	return close == ')' ? '(' : '[';
}

bool
words_read(struct run *run, const struct source *in, size_t start, size_t end, struct words *words)
{
	size_t at = start, cap = 0;
	int open = NOWHERE;

	*words = (struct words){.in = in, .end = end};
	while ((at = skip_gap(in->text, at, end)) < end) {
		struct word w;
		char c;

		if (!read_word(run, in, &at, end, &w))
			return false;
		c = w.kind == W_SIGN && w.text.n == 1 ? *w.text.p : ' ';
		if (c == ')' || c == ']') {
			if (open == NOWHERE || *words->at[open].text.p != partner(c)) {
				mistake(run, place_at(in, w.at), "this %c closes no %c", c, partner(c));
				return false;
			}
			words->at[open].close = words->n;
			open = words->at[open].open;
		}
		w.open = open;
		words->at = arena_grow(run->arena, words->at, (size_t)words->n, 1, sizeof w, &cap);
		if (c == '(' || c == '[')
			open = words->n;
		words->at[words->n++] = w;
	}
	if (open != NOWHERE)
		mistake(run, word_place(words, open), "this bracket does not close");
	return open == NOWHERE;
}

const struct word *
word_at(const struct words *words, int i)
{
	static const struct word end = {.kind = W_END, .open = NOWHERE, .close = NOWHERE};

	return i >= 0 && i < words->n ? &words->at[i] : &end;
}

bool
word_is(const struct words *words, int i, const char *text)
{
	const struct word *w = word_at(words, i);

	return (w->kind == W_NAME || w->kind == W_SIGN) && w->text.n == strlen(text) &&
	    strncasecmp(w->text.p, text, w->text.n) == 0;
}

bool
word_is_one_of(const struct words *words, int i, const char *const *list)
{
	for (; *list; list++)
		if (word_is(words, i, *list))
			return true;
	return false;
}

struct place
word_place(const struct words *words, int i)
{
	return place_at(words->in, i >= 0 && i < words->n ? words->at[i].at : words->end);
}

int
word_told(const struct words *words, int from, int to, const char *complaint)
{
	for (int i = from; i < to; i++) {
		struct str name = word_at(words, i)->kind == W_NAME ? word_at(words, i)->text : STR("");

		for (const char *p = complaint; name.n && *p++;)
			if (strchr(" .\"", p[-1]) && strncmp(p, name.p, name.n) == 0 &&
			    (!p[name.n] || p[name.n] == '"'))
				return i;
	}
	return NOWHERE;
}

struct str
word_inside(const struct word *word)
{
	if (word->kind == W_PARAM)
		return str_sub(word->text, 1, word->text.n);
	if (word->kind == W_STRING || word->kind == W_QUOTED)
		return str_sub(word->text, 1, word->text.n - 2);
	return word->text;
}

int
word_next(const struct words *words, int i)
{
	const struct word *w = word_at(words, i);

	return w->close != NOWHERE ? w->close + 1 : i + 1;
}

struct str
word_gap(const struct words *words, int i, bool lines)
{
	const struct word *w = word_at(words, i), *before = word_at(words, i - 1);
	struct str gap;
	size_t indent;

	if (before->kind == W_END || w->kind == W_END || w->at == before->at + before->text.n)
		return STR("");
	gap = (struct str){before->text.p + before->text.n, w->at - before->at - before->text.n};
	if (!lines || str_find(gap, '\n') == gap.n)
		return STR(" ");
	indent = gap.n;
	while (gap.p[indent - 1] == ' ' || gap.p[indent - 1] == '\t')
		indent--;
	return gap.p[indent - 1] == '\n' ? str_sub(gap, indent - 1, gap.n) : STR("\n");
}

void
words_write(struct out *o, const struct words *words, int from, int to)
{
	for (int i = from; i < to; i++) {
		if (i > from)
			out_str(o, word_gap(words, i, false));
		out_str(o, word_at(words, i)->text);
	}
}

/* --- names ------------------------------------------------------------------------------------------ */

static const char *const c_words[] = {
	"asm", "auto", "bool", "break", "case", "char", "const", "continue", "default", "do", "double",
	"else", "enum", "errno", "extern", "false", "float", "for", "goto", "if", "inline", "int",
	"linux", "long", "out", "register", "restrict", "return", "short", "signed", "sizeof", "static",
	"stderr", "stdin", "stdout", "struct", "switch", "true", "tx", "typedef", "typeof", "union",
	"unix", "unsigned", "void", "volatile", "while", NULL,
};

/* What PostgreSQL or SQLite would not take as the name of a table or column. */
static const char *const sql_words[] = {
	"add", "all", "alter", "analyse", "analyze", "and", "any", "array", "as", "asc", "asymmetric",
	"authorization", "autoincrement", "between", "binary", "both", "case", "cast", "check", "collate",
	"collation", "column", "commit", "concurrently", "constraint", "create", "cross",
	"current_catalog", "current_date", "current_role", "current_schema", "current_time",
	"current_timestamp", "current_user", "default", "deferrable", "delete", "desc", "distinct", "do",
	"drop", "else", "end", "escape", "except", "excluded", "exists", "false", "fetch", "for",
	"foreign", "freeze", "from", "full", "grant", "group", "having", "ilike", "in", "index", "indexed",
	"initially", "inner", "insert", "intersect", "into", "is", "isnull", "join", "lateral", "leading",
	"left", "like", "limit", "localtime", "localtimestamp", "natural", "not", "nothing", "notnull",
	"null", "offset", "oid", "on", "only", "or", "order", "outer", "overlaps", "placing", "primary",
	"references", "returning", "right", "rowid", "select", "session_user", "set", "similar", "some",
	"symmetric", "table", "tablesample", "then", "to", "trailing", "transaction", "true", "union",
	"unique", "update", "user", "using", "values", "variadic", "verbose", "when", "where", "window",
	"with", NULL,
};

static bool
is_word_of(const char *const *list, struct str name)
{
	for (; *list; list++)
		if (str_is(name, *list))
			return true;
	return false;
}

bool
name_check(struct run *run, struct place at, struct str name, const char *what, bool sql)
{
	bool good = name.n > 0 && islower((unsigned char)name.p[0]) && name.p[name.n - 1] != '_';

	for (size_t i = 0; i < name.n; i++)
		good = good && (islower((unsigned char)name.p[i]) || isdigit((unsigned char)name.p[i]) ||
		    name.p[i] == '_');
	if (!good)
		mistake(run, at, "%.*s: %s has small letters, digits and _, and a letter first",
		    STR_ARG(str_sub(name, 0, NAME_MAX_BYTES)), what);
	else if (name.n > NAME_MAX_BYTES)
		mistake(run, at, "%.*s is too long: %s has at most %d letters", STR_ARG(name), what,
		    NAME_MAX_BYTES);
	else if (is_word_of(c_words, name) || (sql && is_word_of(sql_words, name)))
		mistake(run, at, "%.*s is a word of %s: %s needs another", STR_ARG(name),
		    is_word_of(c_words, name) ? "C, or of what is generated" : "SQL", what);
	else
		return true;
	return false;
}
