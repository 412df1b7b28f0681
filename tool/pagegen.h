/* Inside pagegen: what one run knows of templates, texts and rights.
 * tidy: because each part of the compiler works on what the others found. */
#ifndef TOOL_PAGEGEN_H
#define TOOL_PAGEGEN_H

#include "tool/tool.h"

/* --- templates, cut into text and statements (pagegen_split.c) -------------------------------- */

struct piece {
	bool statement;
	bool alone;      /* a statement that has its line for itself */
	size_t at, end;  /* of a statement without its braces */
	struct str word; /* its first word when it is one of the language, else empty */
};

struct file {
	const struct source *in;
	struct str folder; /* app/wheel */
	struct piece *piece;
	size_t pieces;
	struct str *include;
	size_t includes;
};

/* --- what templates declare (pagegen_head.c) -------------------------------------------------- */

enum field_kind {
	FIELD_PLAIN,
	FIELD_TEXT,
	FIELD_SAID,
	FIELD_TEXTS,
	FIELD_WORD,
	FIELD_BOOL,
	FIELD_LIST,
	FIELD_ID,
	FIELD_ENUM,
	FIELD_POINTER
};

struct field {
	struct str name;
	struct str type; /* as written, without [] and * */
	struct str c;    /* C's type, up to the name: "struct wheel_item_list " */
	enum field_kind kind;
	bool optional;
	size_t at;
};

enum definition_kind { DEFINITION_STRUCT, DEFINITION_COMPONENT, DEFINITION_PAGE };

struct definition {
	enum definition_kind kind;
	const struct file *file;
	struct str name; /* as declared: wheel_item_page */
	struct str type; /* the struct: wheel_item_page, card_component */
	struct str base; /* of the functions: wheel_item, card */
	size_t at;       /* of the name */
	size_t first;    /* piece after the declaration */
	bool slot;
	struct field *field;
	size_t fields;
	struct out code; /* the functions */
	const struct definition **use;
	size_t uses, uses_cap;
	struct str *header; /* what the functions need */
	size_t headers, headers_cap;
	int mark; /* for walks over use and by-value fields */
};

enum { TEXT_PARAMS_MAX = 12, TEXT_SLOTS_MAX = 8 };

struct text_symbol {
	struct str key, header;
	struct str name[TEXT_PARAMS_MAX], type[TEXT_PARAMS_MAX];
	size_t params;
	struct str slot[TEXT_SLOTS_MAX];
	size_t slots;
};

struct pages {
	struct run *run;
	struct arena *arena;
	const char *src;
	struct file *file;
	size_t files;
	struct definition *def;
	size_t defs, defs_cap;
	struct text_symbol *text;
	size_t texts;
	struct str *right;
	size_t rights;
	struct str order; /* src/app/ORDER */
};

void split_file(struct pages *g, struct file *f, const struct source *in);
/* The statement's text without its first word. */
struct lexer rest_of(const struct file *f, const struct piece *p);

void heads_read(struct pages *g, struct file *f);
/* After all heads: names that clash, structs that hold themselves. */
void heads_check(struct pages *g);
const struct definition *definition_find(
    const struct pages *g, struct str name, enum definition_kind kind);
const struct field *field_find(const struct definition *d, struct str name);
bool is_c_word(struct str s);
bool is_small_name(struct str s);

/* --- a body on its way to C ------------------------------------------------------------------- */

struct element;

enum html_state { HTML_TEXT, HTML_TAG, HTML_VALUE, HTML_COMMENT };
enum url_state { URL_NONE, URL_START, URL_SCHEME, URL_AFTER_VALUE, URL_SAFE };

/* Where in HTML the writing is; copied when a branch begins. */
struct html {
	enum html_state state;
	bool gap;   /* in a tag: white space was seen, an attribute may begin */
	bool space; /* what was written last is white space on every way here */
	size_t tag_at;
	const struct element *tag;
	char quote;
	enum url_state url;
	bool broken;  /* in a tag, behind a mistake: up to the next white space */
	bool dynamic; /* the attribute's value has something that is not literal */
	size_t value_at;
};

struct open_element {
	const struct element *is;
	size_t at;
};

struct seen {
	struct str name;
	bool hidden; /* in another branch */
};

struct seen_list {
	struct seen *at;
	size_t n, cap;
};

struct variable {
	struct str name;
	bool each;                     /* a pointer that is never NULL */
	bool pointer;                  /* a {let} of one that may be */
	const struct definition *type; /* if a template declares it */
	const struct field *field;     /* what a {let} copies */
};

enum { DEPTH_MAX = 100, VARIABLES_MAX = 60 };

struct body {
	struct pages *g;
	const struct file *file;
	struct definition *def;
	size_t i; /* next piece */
	struct out code, literal;
	bool strip; /* white space that follows is not written */

	struct html h;
	struct open_element element[DEPTH_MAX];
	size_t elements, base; /* base: those that were open when the block began */
	struct seen_list attr, id;
	struct str attr_name;
	struct out value; /* literal part of the attribute's value */

	struct variable variable[VARIABLES_MAX];
	size_t variables;
	int each, may, form, nested, depth; /* form: in a {post}, or a component that may hold one;
	                                     * nested: in what a {slot} cannot stand in */
	int number;                         /* for names of our own */
	int indent;
	bool slot_seen;
	bool inner, inner_seen; /* in the slot of a text */
	int text_number;
	struct out resume; /* what the second half of a component begins with */
	size_t resume_depth;
};

/* Place of an offset in the body's file. */
void complain(struct body *b, size_t at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* pagegen_expr.c */
enum operand_kind {
	OPERAND_NONE,
	OPERAND_PATH,
	OPERAND_CALL,
	OPERAND_STRING,
	OPERAND_NUMBER,
	OPERAND_BOOL,
	OPERAND_CONSTANT
};

struct operand {
	enum operand_kind kind;
	struct str c;                    /* the C expression */
	struct str raw;                  /* of a string: its bytes */
	const struct field *field;       /* where the path ends, if a template declares it */
	const struct definition *type;   /* the struct that it is */
	const struct variable *variable; /* a variable by itself */
	bool lang;
	size_t at;
};

/* After a mistake the kind is OPERAND_NONE. */
struct operand operand_read(struct body *b, struct lexer *l, bool in_call);
/* A condition as a C expression; empty after a mistake. */
struct str condition_read(struct body *b, struct lexer *l);
/* What a value of a TEXT, BOOL… field is given. */
struct str field_value_read(struct body *b, struct lexer *l, const struct field *f);
/* A text as C of the type struct said: after the word t. *symbol is set when the key is known. */
struct str said_read(struct body *b, struct lexer *l, const struct text_symbol **symbol);
/* Complains of what stands behind the end. */
bool ended(struct body *b, struct lexer *l);

/* pagegen_html.c, pagegen_tag.c: literal HTML */
void html_literal(struct body *b, size_t at, size_t end);
void html_open_element(struct body *b, const struct element *e, size_t at);
/* Whether something that is no text (a field, a component) may stand here; complains. */
bool html_takes_markup(struct body *b, size_t at, const char *what);
/* Whether text may stand here; complains. */
bool html_takes_text(struct body *b, size_t at);
void tag_begin(struct body *b, size_t *i, size_t end);
void tag_go_on(struct body *b, size_t *i, size_t end);
void value_go_on(struct body *b, size_t *i, size_t end);
/* A value stands in the attribute's value: the function that writes it; NULL after a mistake. */
const char *value_writer(struct body *b, size_t at, const struct operand *x);
/* Complains of an & that begins no reference. */
void check_reference(struct body *b, size_t at, size_t end);
/* Inside an element whose content is text only. */
bool html_is_plain(const struct body *b);
bool html_within(const struct body *b, const char *name);
void seen_hide(struct seen_list *l, size_t from, bool hidden);

/* pagegen_elements.c */
enum {
	ELEMENT_VOID = 1,   /* has no end tag */
	ELEMENT_ENDS_P = 2, /* the parser ends a <p> before it */
	ELEMENT_PLAIN = 4,  /* holds text only */
	ELEMENT_KEEPS = 8,  /* its white space counts */
	ELEMENT_REFUSED = 16,
	ELEMENT_SVG = 32,       /* stands inside <svg> */
	ELEMENT_STRUCTURE = 64, /* holds no text itself */
};

struct element {
	const char *name;
	int flags;
	const char *parents; /* " table tbody ": where it may stand; NULL: anywhere */
	const char *why;     /* of a refused one */
};

const struct element *element_find(struct str name);
/* " a b " has the word. */
bool has_word(const char *words, const char *word);
bool is_url_attribute(struct str name);
bool is_refused_attribute(struct str name, const char **why);

/* pagegen_body.c, pagegen_block.c, pagegen_use.c */
void body_compile(struct pages *g, struct definition *d);
void flush_literal(struct body *b);
void code_line(struct body *b, size_t at); /* #line */
void code_indent(struct body *b);

struct stop {
	const struct piece *piece; /* NULL: the end of the file */
};
/* Up to {end}, {else}, {elif}, {empty}, or the next definition. */
struct stop body_run(struct body *b);
/* How things stood when a block or branch began. */
struct kept {
	struct html h;
	size_t elements, base, attrs, ids, variables;
	struct str attr_name;
};

struct kept keep(struct body *b);
/* Complains unless the HTML stands where it stood when the block began. */
void check_same(struct body *b, const struct kept *k, size_t at);
void leave(struct body *b, const struct kept *k);
/* Reads a block that cannot stand here up to its {end}. */
void swallow(struct body *b, const struct piece *p);
bool too_deep(struct body *b, const struct piece *p);
void open_brace(struct body *b);
void close_brace(struct body *b);
/* A brace that the second half of a component opens again. */
size_t resume_open(struct body *b);
void resume_close(struct body *b, size_t n);
void use_header(struct body *b, struct str header);

/* Statements; each begins behind its own piece and reads to its {end}. */
void statement_if(struct body *b, const struct piece *p);
void statement_each(struct body *b, const struct piece *p);
void statement_may(struct body *b, const struct piece *p);
void statement_post(struct body *b, const struct piece *p);
void statement_use(struct body *b, const struct piece *p);
void statement_text(struct body *b, const struct piece *p);
void statement_slot(struct body *b, const struct piece *p);
void statement_let(struct body *b, const struct piece *p);
void expect_end(struct body *b, const struct piece *opened, struct stop stop);

/* pagegen_write.c */
void folder_header_write(struct pages *g, struct str folder, struct out *o);
void file_c_write(struct pages *g, const struct file *f, struct out *o);
struct str header_of(struct pages *g, struct str folder);

/* pagegen_run.c: all but files. in must live on. */
void pages_compile(
    struct pages *g, struct source *in, size_t n, struct str texts, struct str rights);

/* pagegen_fuzz.c */
int pages_fuzz(uint64_t seed, int64_t n);

#endif
