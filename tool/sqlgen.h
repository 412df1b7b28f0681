/* Inside sqlgen: what one run knows of folders, tables and queries.
 * tidy: because each part of the compiler works on what the others found. */
#ifndef TOOL_SQLGEN_H
#define TOOL_SQLGEN_H

#include <sqlite3.h>

#include "tool/tool.h"

enum { NOWHERE = -1, NAME_MAX_BYTES = 50, PARAMS_MAX = 100, COLUMNS_MAX = 200, LANGS = 3 };

/* --- words of SQL: sqlgen_words.c ----------------------------------------------------------------- */

enum word_kind { W_END, W_NAME, W_PARAM, W_STRING, W_QUOTED, W_NUMBER, W_SIGN };

/* What a name stands for; found out by statement_read. */
enum word_role { R_PLAIN, R_TABLE, R_ALIAS, R_LABEL, R_TYPE };

struct word {
	enum word_kind kind;
	enum word_role role;
	struct str text; /* with its quotes or its colon */
	size_t at;       /* offset in the source */
	int open;        /* the word that is the bracket around it, or NOWHERE */
	int close;       /* of an opening bracket: where it ends */
	bool texts;      /* a column of three languages; found out by statement_read */
};

/* A piece of a file. word_at gives an end at and behind the last, and before the first. */
struct words {
	const struct source *in;
	struct word *at;
	int n;
	size_t end; /* offset */
};

/* The words of in->text from start to end; comments are none. A bracket or text that does not end,
 * and signs that are no SQL, are mistakes: false. */
bool words_read(struct run *run, const struct source *in, size_t start, size_t end, struct words *words);
const struct word *word_at(const struct words *words, int i);
/* Whether word i is this name or sign; names in any case. */
bool word_is(const struct words *words, int i, const char *text);
/* The same for a list of words that ends with NULL. */
bool word_is_one_of(const struct words *words, int i, const char *const *list);
struct place word_place(const struct words *words, int i);
/* The first of words from..to that a complaint of SQLite ends with or quotes; NOWHERE if none. */
int word_told(const struct words *words, int from, int to, const char *complaint);
/* What stands in a text or quoted name, without quotes. */
struct str word_inside(const struct word *word);
/* What is between words i − 1 and i when they are written: nothing, a space, or a new line. */
struct str word_gap(const struct words *words, int i, bool lines);
/* Words from..to as one line. */
void words_write(struct out *o, const struct words *words, int from, int to);
/* The word after i, or after the bracket that i opens. */
int word_next(const struct words *words, int i);

/* Small letters, digits and _, a letter first, no _ at the end, not too long, and none of C's words;
 * with `sql` none of the engines' words either. Complains of `what` otherwise. */
bool name_check(struct run *run, struct place at, struct str name, const char *what, bool sql);

/* --- what is known ---------------------------------------------------------------------------------- */

enum sql_type {
	T_ID, T_INT, T_BOOL, T_REAL, T_TEXT, T_DATE, T_INSTANT, T_BLOB, T_JSON, T_TEXTS, T_TYPES
};

extern const char *const type_names[T_TYPES];
extern const char *const lang_codes[LANGS];
/* The semantic type of a word; T_TYPES if it is none. */
enum sql_type type_of(struct str word);

struct table;

/* What a column, parameter or result is. */
struct value {
	enum sql_type type;
	bool maybe;                 /* may be NULL */
	bool list;                  /* a parameter of many */
	const struct table *id;     /* T_ID: whose */
	const struct column *words; /* T_TEXT: the column whose enum it is, or NULL */
};

struct column {
	struct str name;
	struct value is;
	const struct table *table;
	struct str *word; /* of CHECK (name IN ('a', 'b')) */
	size_t words;
	int from, to; /* in table->words: what follows the type */
	size_t at;
};

struct table {
	struct str name;
	struct folder *folder;
	struct words words; /* of its whole file */
	struct column *column;
	size_t columns;
	struct span_of_words { int from, to; } *rule; /* PRIMARY KEY (…), UNIQUE (…), CHECK (…) */
	size_t rules;
	const struct column *campus; /* its column `campus`, if it is an ID */
	bool private_to_campus;
	bool made; /* SQLite has it */
	size_t at;
};

struct param {
	struct str name;
	struct value is;
	size_t at;
	int number; /* of its first parameter in the statement, from 1 */
	bool used;
};

/* A table, or the name of a WITH, where a statement reads or writes it. */
struct mention {
	const struct table *table; /* NULL: none of ours */
	struct str name, alias;    /* alias: how columns are called after it */
	int at;
	bool written; /* the table that the statement changes */
	bool outer;   /* on the side of a LEFT JOIN that may be empty */
};

/* One statement in one engine's words. */
struct statement {
	struct words words;
	struct mention *mention;
	size_t mentions;
	struct str *texts_label; /* new names of TEXTS: c.name AS campus_name */
	size_t texts_labels;
	bool compound;           /* has a UNION, EXCEPT or INTERSECT */
};

/* One column of the outermost list, as it is written. */
struct item {
	int from, to;
	const struct mention *star; /* x.*, or * of the only table */
	bool texts;
	int label; /* the word after AS, or NOWHERE */
	bool typed;
};

enum result_kind {
	RESULT_LIST, RESULT_MAYBE, RESULT_ONE, RESULT_CHANGED, RESULT_VALUE, RESULT_MAYBE_VALUE
};

struct result_column {
	struct str name;
	struct value is;
	int first; /* the statement's column, from 0 */
};

struct row {
	struct str name;
	const struct table *table; /* NULL: a query's own */
	struct folder *folder;
	struct result_column *column;
	size_t columns;
	const struct query *by; /* where it was first */
};

struct query {
	struct folder *folder;
	const struct source *in;
	struct str name, comment;
	size_t at;            /* of the name */
	size_t sql_at;        /* the first word of SQL */
	struct statement sql; /* for both engines, or for SQLite */
	struct statement own; /* for PostgreSQL alone, when it needs its own */
	bool pair;
	struct param *param;
	size_t params;
	int numbers; /* how many parameters the statement has */
	enum result_kind kind;
	struct str result; /* as written */
	size_t result_at;
	struct row *row;
	struct value value;
	bool writes;
	size_t any_campus_at; /* the line that exempts it; 0: none */
	struct str sqlite, postgres;
	int index;
};

struct folder {
	struct str path, name; /* app/wheel, wheel */
	int order;             /* 0: of core */
	struct table **table;
	size_t tables, tables_cap;
	struct query **query;
	size_t queries, queries_cap;
	struct row **row; /* its own, not those of tables */
	size_t rows, rows_cap;
	struct str *sqlite, *postgres; /* what makes its tables and indexes */
	size_t ddl, ddl_cap, ddl_cap_postgres;
};

/* A name that the C compiler will see. Tags of structs and enums are a world of their own. */
struct claim {
	struct str name;
	bool tag;
	const char *what;
	struct place at;
	struct claim *next;
};

enum { CLAIM_BUCKETS = 1024 };

struct sqlgen {
	struct run *run;
	sqlite3 *db;
	struct folder **folder;
	size_t folders, folders_cap;
	struct claim *claim[CLAIM_BUCKETS];
	bool dry; /* nothing is written */
	const char *root;
	struct source *written; /* the paths of what is written, without text */
	size_t written_n, written_cap;
};

/* *list grows by one. */
#define GROW(g, list, n, cap) \
	((list) = arena_grow((g)->run->arena, (list), (n), 1, sizeof *(list), &(cap)))

/* --- sqlgen_schema.c, sqlgen_ddl.c --------------------------------------------------------------------- */

void schema_read(struct sqlgen *g, struct folder *f, const struct source *in);
struct table *table_find(const struct sqlgen *g, struct str name);
const struct column *column_find(const struct table *t, struct str name);
/* The column whose enum is called so, or NULL. */
const struct column *enum_find(const struct sqlgen *g, struct str name);
struct str enum_name(struct sqlgen *g, const struct column *c);
/* Notes a name of the C that comes out; complains when it is taken: false. */
bool claim(struct sqlgen *g, bool tag, struct str name, const char *what, struct place at);

/* A column or rule of the brackets of CREATE TABLE; `loose`: what it refers to need not be there. */
void table_read_line(struct sqlgen *g, struct table *t, int from, int to, bool loose);
/* Reads what stands between the brackets at word `open`. */
void table_read_lines(struct sqlgen *g, struct table *t, int open, bool loose);

enum engine { ENGINE_SQLITE, ENGINE_POSTGRES, ENGINE_OURS };
/* CREATE TABLE for an engine; ours keeps the semantic types, so that SQLite hands them back. */
struct str ddl_table(struct sqlgen *g, const struct table *t, enum engine engine);
/* Where the statement that begins at `from` ends: its ;, and of a trigger the one behind its END; w->n without. */
int statement_end(const struct words *w, int from);
/* Which engine the last line `-- sqlite:`, `-- postgres:` or `-- both:` before `at` names; ENGINE_OURS for both. */
enum engine engine_at(const struct words *w, size_t at);
void migrations_write(struct sqlgen *g, const struct source *in, size_t n);

/* --- sqlgen_query.c, sqlgen_statement.c, sqlgen_subset.c, sqlgen_walls.c, sqlgen_text.c, sqlgen_result.c - */

void queries_read(struct sqlgen *g, struct folder *f, const struct source *in);
void query_check(struct sqlgen *g, struct query *q);
/* A type word, the name of a table or of an enum. */
bool value_read(struct sqlgen *g, struct place at, struct str type, bool maybe, struct value *is);

/* Finds tables, aliases and labels. */
bool statement_read(struct sqlgen *g, struct statement *s);
const struct mention *mention_find(const struct statement *s, struct str alias);
/* The table that the statement changes, or NULL. */
const struct mention *mention_written(const struct statement *s);
/* The column that a name, after `alias.` or alone, stands for; NULL if it is none or cannot be told.
 * *mention gets its table, or NULL. */
const struct column *column_meant(const struct statement *s, int word, const struct mention **mention);
/* Whether FROM begins a list of tables: not so in IS DISTINCT FROM. */
bool is_from(const struct words *w, int i);
/* The next word at the bracket of word i that is one of the list and no IS DISTINCT FROM, from i on; the
 * end of the bracket or of the statement otherwise. */
int find_clause(const struct words *w, int i, const char *const *list);
/* The outermost list of columns: of SELECT, or of RETURNING. */
struct item *items_read(struct sqlgen *g, const struct statement *s, size_t *n);

/* What the engines understand differently, or what hides a mistake. */
void subset_check(struct sqlgen *g, const struct statement *s);
/* The same for an expression of a schema: functions, operators, words. */
void expression_check(struct run *run, const struct words *w, int from, int to);
void parameters_type(struct sqlgen *g, struct query *q);

/* The statement for an engine; with `map` also where each of its bytes comes from. */
struct text_map { struct text_step { size_t out, in; } *step; size_t n, cap; };
struct str statement_text(struct sqlgen *g, struct query *q, const struct statement *s, bool postgres,
    struct text_map *map);

/* The walls between rooms, by what SQLite says that a statement touches (an authorizer's function)… */
struct watch {
	struct sqlgen *g;
	const struct query *q;
	const struct statement *s;
	const struct table *told[8];
	size_t n;
};
int walls_watch(void *watch, int action, const char *table, const char *column, const char *database,
    const char *view);
/* … and by what its words say, for a statement that SQLite does not know. */
void walls_check_words(struct sqlgen *g, const struct query *q, const struct statement *s);
/* Where a campus must be compared. */
void walls_check_campus(struct sqlgen *g, const struct query *q);

void result_read(struct sqlgen *g, struct query *q, sqlite3_stmt *s);

/* --- sqlgen_write.c, sqlgen_code.c ------------------------------------------------------------------------ */

void file_write(struct sqlgen *g, struct str path, const struct out *o);
/* All that is generated of folders and of the whole program. */
void program_write(struct sqlgen *g);
/* Every statement, for a reader. */
void program_list(struct sqlgen *g, struct out *o);
/* A script for psql that makes the schema, prepares each statement and tells its columns. */
void program_prove(struct sqlgen *g, struct out *o);

struct str c_type(struct sqlgen *g, struct value v);
/* `between` stands behind the type of what comes back. */
void prototype_write(struct sqlgen *g, const struct query *q, struct out *o, const char *between);
/* The words of the enums, and each query's function, behind what o holds already; `path` is that of o. */
void code_write(struct sqlgen *g, const struct folder *f, struct out *o, struct str path);

/* --- sqlgen.c, sqlgen_fuzz.c -------------------------------------------------------------------------------- */

/* The .sql files under root, and ORDER. */
struct source *sources_read(struct arena *a, const char *root, size_t *n);
/* Compiles the sources: app/ORDER, schemas and queries; true without mistakes. */
bool compile(struct sqlgen *g, const struct source *file, size_t files);
void program_end(struct sqlgen *g);
int sqlgen_fuzz(uint64_t seed, int64_t n, const char *root);

#endif
