#include <string.h>

#include "tool/textgen.h"

/* Types by their order in enum text_type of lib/text_form.h; the order does not matter here. */
static const struct param_type types[] = {
    {"INT", "TEXT_INT", "int64_t", "n"},
    {"YEAR", "TEXT_YEAR", "int64_t", "n"},
    {"WEEK", "TEXT_WEEK", "int64_t", "n"},
    {"TIME", "TEXT_TIME", "int64_t", "n"},
    {"CLOCK", "TEXT_CLOCK", "int64_t", "n"},
    {"TEXT", "TEXT_STR", "struct str", "s"},
    {"TEXTS", "TEXT_TEXTS", "struct texts", "t"},
    {"DATE", "TEXT_DATE", "struct date", "date"},
    {"DAY", "TEXT_DAY", "struct date", "date"},
    {"RANGE", "TEXT_RANGE", "struct date", "range"},
    {"INSTANT", "TEXT_INSTANT", "struct instant", "instant"},
};
static const struct param_type word_type = {"", "TEXT_WORD", "enum ", "n"};

/* Words a parameter of a C function cannot be called. */
static const char *const c_words[] = {"auto", "break", "case", "char", "const", "continue",
    "default", "do", "double", "else", "enum", "extern", "float", "for", "goto", "if", "inline",
    "int", "long", "register", "restrict", "return", "short", "signed", "sizeof", "static",
    "struct", "switch", "typedef", "union", "unsigned", "void", "volatile", "while", "asm",
    "typeof", "bool", "true", "false"};

struct reader {
	struct texts_run *t;
	const struct source *in;
	const char *p;
	struct str folder;   /* wheel */
	struct block *block; /* the one that is read; NULL between blocks */
	struct form *form;   /* the one that may go on; NULL if none */
	bool has_text;       /* it has some, right or wrong */
	struct out literal;
	size_t open;    /* 1 + the slot that is open */
	size_t open_at; /* where */
	int line;
};

#define complain(r, offset, ...) mistake((r)->t->run, place_at((r)->in, (offset)), __VA_ARGS__)

bool
chosen_by_word(const struct block *b)
{
	return b->chooser >= 0 && b->param[b->chooser].words;
}

static bool
is_small(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

/* From offset `at`: a name of small letters, digits and _ that begins with a letter; may be
 * empty. */
static struct str
name_at(const struct reader *r, size_t at, size_t end)
{
	size_t i = at;

	if (i < end && r->p[i] >= 'a' && r->p[i] <= 'z')
		while (i < end && is_small(r->p[i]))
			i++;
	return str_sub(r->in->text, at, i - at);
}

/* --- the first line of a block ---------------------------------------------------------------- */

static void
find_type(struct reader *r, struct param *param, size_t at)
{
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (str_is(param->type_name, types[i].name))
			param->type = &types[i];
	for (size_t i = 0; !param->type && i < r->t->word_enums; i++) {
		if (str_eq(param->type_name, r->t->word_enum[i].name)) {
			param->words = &r->t->word_enum[i];
			param->type = &word_type;
		}
	}
	if (!param->type) {
		complain(r, at,
		    "unknown type %.*s: INT YEAR WEEK TIME CLOCK TEXT TEXTS DATE DAY RANGE INSTANT or an "
		    "enum",
		    STR_ARG(param->type_name));
		r->block->broken = true;
	}
}

static bool
is_count(const struct param *p)
{
	return p->type && strcmp(p->type->name, "INT") == 0;
}

static void
add_param(struct reader *r, struct param param, size_t type_at)
{
	struct block *b = r->block;

	for (size_t i = 0; i < sizeof c_words / sizeof *c_words; i++) {
		if (str_is(param.name, c_words[i])) {
			complain(r, param.at, "%s is a word of C and cannot name a parameter",
			    c_words[i]);
			b->broken = true;
		}
	}
	for (size_t i = 0; i < b->params; i++) {
		if (str_eq(b->param[i].name, param.name)) {
			complain(r, param.at, "two parameters are called %.*s",
			    STR_ARG(param.name));
			b->broken = true;
			return;
		}
	}
	if (b->params == PARAMS_MAX) {
		complain(r, param.at, "more than %d parameters", PARAMS_MAX);
		b->broken = true;
		return;
	}
	find_type(r, &param, type_at);
	if (param.words && chosen_by_word(b)) {
		complain(r, param.at, "only one enum can choose the form, and %.*s does already",
		    STR_ARG(b->param[b->chooser].name));
		b->broken = true;
	}
	if (param.words || (is_count(&param) && !chosen_by_word(b) &&
	                       (b->chooser < 0 || str_is(param.name, "n"))))
		b->chooser = (int)b->params;
	b->param[b->params++] = param;
}

/* The parameters, from behind the bracket. */
static void
read_params(struct reader *r, size_t at, size_t end)
{
	struct lexer l = {.in = r->in, .at = at, .end = end};
	struct token t = lex(&l);

	while (!lex_is(t, ")")) {
		struct param param = {.name = t.text, .at = t.at};
		struct token type = t.kind == TOKEN_NAME ? lex(&l) : t;

		if (t.kind != TOKEN_NAME || name_at(r, t.at, end).n != t.text.n) {
			complain(r, t.at,
			    "a parameter is written name TYPE, its name in small letters");
			r->block->broken = true;
			return;
		}
		if (type.kind != TOKEN_NAME) {
			complain(r, type.at, "%.*s has no type", STR_ARG(t.text));
			r->block->broken = true;
			return;
		}
		param.type_name = type.text;
		add_param(r, param, type.at);
		t = lex(&l);
		if (lex_is(t, ",")) {
			t = lex(&l);
		} else if (!lex_is(t, ")")) {
			complain(r, t.at, "expected , or )");
			r->block->broken = true;
			return;
		}
	}
	if (r->block->params == 0) {
		complain(r, at, "no parameters stand between ( and )");
		r->block->broken = true;
	}
	t = lex(&l);
	if (t.kind != TOKEN_END)
		complain(r, t.at, "nothing may stand behind )");
}

static void
check_key(struct reader *r, struct str key, size_t at)
{
	size_t dot = str_find(key, '.');

	if (!str_eq(str_sub(key, 0, dot), r->folder)) {
		complain(r, at, "the key %.*s does not begin with its folder's name: %.*s.…",
		    STR_ARG(key), STR_ARG(r->folder));
	} else if (dot + 1 >= key.n || key.p[key.n - 1] == '.' || str_contains(key, STR(".."))) {
		complain(r, at, "the key %.*s lacks a name after a dot", STR_ARG(key));
	}
}

static void
begin_block(struct reader *r, size_t at, size_t end)
{
	struct texts_run *t = r->t;
	size_t i = at;

	t->block = arena_grow(t->run->arena, t->block, t->blocks, 1, sizeof *t->block, &t->cap);
	r->block = &t->block[t->blocks++];
	*r->block = (struct block){.in = r->in, .at = at, .line = r->line, .chooser = -1};
	while (i < end && (is_small(r->p[i]) || r->p[i] == '.'))
		i++;
	r->block->key = str_sub(r->in->text, at, i - at);
	if (i == at || (i < end && r->p[i] != '(')) {
		complain(r, i,
		    "a key has small letters, digits, _ and dots, and ( follows it or nothing");
		r->block->broken = true;
		return;
	}
	check_key(r, r->block->key, at);
	if (i < end)
		read_params(r, i + 1, end);
}

/* --- the text itself -------------------------------------------------------------------------- */

static struct part *
add_part(struct reader *r, enum part_kind kind, size_t number, struct str text)
{
	struct form *f = r->form;

	f->part = arena_grow(r->t->run->arena, f->part, f->parts, 1, sizeof *f->part, &f->cap);
	f->part[f->parts] = (struct part){kind, number, text};
	return &f->part[f->parts++];
}

static void
end_literal(struct reader *r)
{
	struct str s = out_text(&r->literal);

	if (s.n > LITERAL_BYTES_MAX)
		complain(r, r->form->at, "more than %d bytes of text", LITERAL_BYTES_MAX);
	if (s.n)
		add_part(r, PART_LITERAL, 0, s);
	r->literal = out_new(r->t->run->arena);
}

/* A parameter in braces; returns the offset behind it. */
static size_t
read_brace(struct reader *r, size_t at, size_t end)
{
	struct block *b = r->block;
	struct str name = name_at(r, at + 1, end);
	size_t i = 0;

	if (!name.n || at + 1 + name.n == end || r->p[at + 1 + name.n] != '}') {
		complain(r, at, "{ begins a parameter, {name}; write \\{ for the sign itself");
		return at + 1;
	}
	while (i < b->params && !str_eq(b->param[i].name, name))
		i++;
	if (i == b->params) {
		if (!b->broken)
			complain(r, at + 1, "%.*s has no parameter %.*s", STR_ARG(b->key),
			    STR_ARG(name));
	} else if (b->param[i].words) {
		complain(r, at + 1, "%.*s chooses the form and cannot be written", STR_ARG(name));
	} else {
		end_literal(r);
		add_part(r, PART_PARAM, i, name);
		b->param[i].used[r->form->lang] = true;
	}
	return at + name.n + 2;
}

static void
open_slot(struct reader *r, size_t at, struct str name)
{
	struct block *b = r->block;
	size_t i = 0;

	if (r->open) {
		complain(r, at, "<%.*s> stands inside <%.*s>", STR_ARG(name),
		    STR_ARG(b->slot[r->open - 1]));
		return;
	}
	while (i < b->slots && !str_eq(b->slot[i], name))
		i++;
	if (i == SLOTS_MAX) {
		complain(r, at, "more than %d slots", SLOTS_MAX);
		return;
	}
	if (i == b->slots)
		b->slot[b->slots++] = name;
	if (r->form->slots[i]++)
		complain(r, at, "<%.*s> stands here twice", STR_ARG(name));
	end_literal(r);
	add_part(r, PART_OPEN, i, name);
	r->open = i + 1;
	r->open_at = at;
}

static void
close_slot(struct reader *r, size_t at, struct str name)
{
	if (!r->open) {
		complain(r, at, "</%.*s> without <%.*s>", STR_ARG(name), STR_ARG(name));
	} else if (!str_eq(r->block->slot[r->open - 1], name)) {
		complain(r, at, "</%.*s> where </%.*s> should stand", STR_ARG(name),
		    STR_ARG(r->block->slot[r->open - 1]));
	} else {
		end_literal(r);
		if (r->form->part[r->form->parts - 1].kind == PART_OPEN)
			complain(r, at, "<%.*s> is empty", STR_ARG(name));
		add_part(r, PART_CLOSE, r->open - 1, name);
		r->open = 0;
	}
}

static size_t
read_angle(struct reader *r, size_t at, size_t end)
{
	bool closing = at + 1 < end && r->p[at + 1] == '/';
	size_t start = at + 1 + closing;
	struct str name = name_at(r, start, end);

	if (!name.n || start + name.n == end || r->p[start + name.n] != '>') {
		complain(r, at, "< begins a slot, <name>…</name>; write \\< for the sign itself");
		return at + 1;
	}
	if (closing)
		close_slot(r, at, name);
	else
		open_slot(r, at, name);
	return start + name.n + 1;
}

static size_t
read_escape(struct reader *r, size_t at, size_t end)
{
	char c = at + 1 < end ? r->p[at + 1] : '\0';

	if (c == 'n')
		out_char(&r->literal, '\n');
	else if (c && strchr("\\{}<>#", c))
		out_char(&r->literal, c);
	else
		complain(r, at, "unknown escape; there are \\n \\\\ \\{ \\} \\< \\> \\#");
	return c && (unsigned char)c < 0x80 ? at + 2 : at + 1;
}

static void
read_text(struct reader *r, size_t at, size_t end)
{
	r->has_text |= at < end;
	while (at < end) {
		char c = r->p[at];

		if (c == '{') {
			at = read_brace(r, at, end);
		} else if (c == '<') {
			at = read_angle(r, at, end);
		} else if (c == '\\') {
			at = read_escape(r, at, end);
		} else {
			if (c == '}')
				complain(r, at, "} without {; write \\} for the sign itself");
			out_char(&r->literal, c);
			at++;
		}
	}
}

/* --- lines ------------------------------------------------------------------------------------ */

static void
end_form(struct reader *r)
{
	if (!r->form)
		return;
	end_literal(r);
	if (r->open)
		complain(r, r->open_at, "<%.*s> is not closed",
		    STR_ARG(r->block->slot[r->open - 1]));
	if (!r->has_text)
		complain(r, r->form->at, "this text is empty");
	r->open = 0;
	r->form = NULL;
}

/* The name of the form at offset `at`, or empty if the text begins there. */
static struct str
form_word(struct reader *r, size_t at, size_t end)
{
	struct block *b = r->block;
	struct str word = name_at(r, at, end);
	const struct word_enum *e;

	if (b->chooser < 0 || (word.n && at + word.n < end && r->p[at + word.n] != ' '))
		word.n = 0;
	if (b->chooser < 0)
		return word;
	e = b->param[b->chooser].words;
	if (!e) {
		if (!str_is(word, "one") && !str_is(word, "other"))
			word.n = 0;
		return word;
	}
	for (size_t i = 0; i < e->n; i++)
		if (str_eq(word, e->word[i]))
			return word;
	if (str_is(word, "other") || (e->none && str_is(word, "none")))
		return word;
	if (!b->broken)
		complain(r, at, "a line begins with a word of %.*s, or other", STR_ARG(e->name));
	return word;
}

static void
begin_form(struct reader *r, size_t at, size_t end)
{
	struct block *b = r->block;
	struct str code = name_at(r, at, end);
	struct form form = {.at = at, .line = r->line, .lang = -1};

	for (int i = 0; i < LANGS; i++)
		if (str_is(code, lang_codes[i]))
			form.lang = i;
	if (form.lang < 0 || (at + code.n < end && r->p[at + code.n] != ' ')) {
		complain(r, at, "a text begins with its language: fi, sv or en");
		b->broken = true;
		return;
	}
	at += code.n;
	while (at < end && r->p[at] == ' ')
		at++;
	form.word = form_word(r, at, end);
	at += form.word.n;
	while (at < end && r->p[at] == ' ')
		at++;
	for (size_t i = 0; i < b->forms && !b->broken; i++) {
		if (b->form[i].lang != form.lang || !str_eq(b->form[i].word, form.word))
			continue;
		complain(r, form.at, "%.*s%s%.*s stands here twice", STR_ARG(code),
		    form.word.n ? " " : "", STR_ARG(form.word));
		break;
	}
	b->form = arena_grow(r->t->run->arena, b->form, b->forms, 1, sizeof *b->form, &b->cap);
	b->form[b->forms] = form;
	r->form = &b->form[b->forms++];
	r->literal = out_new(r->t->run->arena);
	r->has_text = false;
	read_text(r, at, end);
}

/* Signs that one does not see and that make a text other than it looks. */
static bool
is_hidden(const char *p, size_t n)
{
	unsigned char a = (unsigned char)p[0], b = n > 1 ? (unsigned char)p[1] : 0,
	              c = n > 2 ? (unsigned char)p[2] : 0;

	if (a == 0xEF)
		return b == 0xBB && c == 0xBF; /* byte order mark */
	if (a != 0xE2)
		return false;
	return (b == 0x80 && (c == 0x8B || (c >= 0x8E && c <= 0x8F) || (c >= 0xAA && c <= 0xAE))) ||
	    (b == 0x81 && c >= 0xA6 && c <= 0xA9);
}

/* Whether the line has nothing that no text may have. */
static bool
check_line(struct reader *r, size_t at, size_t end)
{
	for (size_t i = at; i < end; i++) {
		if (r->p[i] == '\t')
			complain(r, i, "a tab; use spaces");
		else if (r->p[i] == '\r')
			complain(r, i, "a carriage return; lines end with a newline alone");
		else if ((unsigned char)r->p[i] < ' ' || r->p[i] == 0x7F)
			complain(r, i, "a control character");
		else if (is_hidden(r->p + i, end - i))
			complain(r, i, "an invisible character");
		else
			continue;
		return false;
	}
	if (!str_is_utf8(str_sub(r->in->text, at, end - at))) {
		complain(r, at, "this line is not UTF-8");
		return false;
	}
	return true;
}

static void
read_line(struct reader *r, size_t at, size_t end)
{
	size_t text = at;

	while (text < end && r->p[text] == ' ')
		text++;
	if (text == end) {
		end_form(r);
		r->block = NULL;
		return;
	}
	if (!check_line(r, at, end)) {
		if (r->block)
			r->block->broken = true;
		return;
	}
	if (r->p[text] == '#')
		return;
	if (r->p[end - 1] == ' ')
		complain(r, end - 1, "a space at the end of the line");
	if (text == at) {
		if (r->block)
			complain(r, at, "an empty line must stand before a key");
		end_form(r);
		begin_block(r, at, end);
	} else if (!r->block) {
		complain(r, text, "no key stands above this text");
	} else if (text == at + 2) {
		end_form(r);
		begin_form(r, text, end);
	} else if (text == at + 1) {
		complain(r, text, "a language stands behind two spaces");
		r->block->broken = true;
	} else if (r->form) {
		if (r->has_text)
			out_char(&r->literal, '\n');
		read_text(r, text, end);
	} else if (!r->block->broken) {
		complain(r, text, "no language stands above this text");
	}
}

void
texts_read(struct texts_run *t, const struct source *in)
{
	struct reader r = {.t = t, .in = in, .p = in->text.p};

	r.folder = last_part(folder_of(in->path));
	r.literal = out_new(t->run->arena);
	for (size_t at = 0; at < in->text.n;) {
		size_t n = str_find(str_sub(in->text, at, in->text.n), '\n');

		r.line++;
		read_line(&r, at, at + n);
		at += n + 1;
	}
	end_form(&r);
}
