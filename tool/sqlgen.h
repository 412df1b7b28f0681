/* Inside sqlgen: what one run knows of folders, tables and queries. */
#ifndef TOOL_SQLGEN_H
#define TOOL_SQLGEN_H

#include <sqlite3.h>

#include "tool/tool.h"

enum sql_type { T_ID, T_INT, T_BOOL, T_REAL, T_TEXT, T_DATE, T_INSTANT, T_BLOB, T_JSON, T_TEXTS, T_TYPES };

struct table;

/* What a column, parameter or result is. */
struct value {
	enum sql_type type;
	bool maybe;               /* may be NULL */
	const struct table *id;   /* T_ID: whose */
	const struct column *words; /* T_TEXT: the column whose enum it is */
	bool list;                /* a parameter of many ids */
};

struct column {
	struct str name;
	struct value is;
	const struct table *table;
	struct str *word; /* of CHECK (name IN ('a', 'b')) */
	size_t words;
	struct str definition; /* what follows the type */
	size_t at;
};

struct table {
	struct str name;
	struct folder *folder;
	struct column *column;
	size_t columns;
	struct str *rule; /* PRIMARY KEY (…), UNIQUE (…), CHECK (…) of the table */
	size_t rules;
	bool has_campus, private_to_campus;
	const struct source *in;
	size_t at;
};

struct param {
	struct str name;
	struct value is;
	size_t at;
	int number; /* of its first parameter in the statement, from 1 */
};

enum result_kind { RESULT_LIST, RESULT_MAYBE, RESULT_ONE, RESULT_CHANGED, RESULT_VALUE, RESULT_MAYBE_VALUE };

struct result_column {
	struct str name;
	struct value is;
	int first; /* the statement's column, from 0 */
};

struct row {
	struct str name;
	const struct table *table; /* NULL: the query's own */
	struct result_column *column;
	size_t columns;
	const struct query *by;
};

struct query {
	struct folder *folder;
	const struct source *in;
	struct str name, comment;
	size_t at;     /* of the name */
	size_t sql_at; /* where the SQL begins */
	struct str sql;
	struct param *param;
	size_t params;
	int numbers; /* how many parameters the statement has */
	enum result_kind kind;
	struct str result; /* as written */
	size_t result_at;
	struct row *row;
	struct value value;
	bool writes;
	bool any_campus; /* exempt, with a reason */
	struct str sqlite, postgres;
	int index;
};

struct folder {
	struct str path, name; /* app/wheel, wheel */
	int order;
	struct table **table;
	size_t tables;
	struct query **query;
	size_t queries;
	struct row **row; /* its own, not tables */
	size_t rows;
};

struct sqlgen {
	struct run *run;
	sqlite3 *db;
	struct folder *folder;
	size_t folders;
	struct str *statement; /* CREATE INDEX and the like, in order, for both engines */
	size_t tables_all;
};

/* A word of SQL, with where it stands. */
enum sql_token { S_END, S_WORD, S_PARAM, S_STRING, S_QUOTED, S_NUMBER, S_OTHER };
struct sql_word {
	enum sql_token kind;
	struct str text;
	size_t at; /* offset in the text */
};
struct sql_word sql_next(struct str sql, size_t *at);
bool sql_is(struct sql_word w, const char *word); /* keywords, any case */

void schema_read(struct sqlgen *g, struct folder *f, const struct source *in);
void schema_write(struct sqlgen *g);
struct table *table_find(struct sqlgen *g, struct str name);
const struct column *column_find(const struct table *t, struct str name);
/* The semantic type of a word; T_TYPES if it is none. */
enum sql_type type_of(struct str word);

void queries_read(struct sqlgen *g, struct folder *f, const struct source *in);
void query_check(struct sqlgen *g, struct query *q);

void folder_write(struct sqlgen *g, struct folder *f);
void program_write(struct sqlgen *g);

/* *list grows by one pointer or value. */
#define GROW(g, list, n, cap) \
	((list) = arena_grow((g)->run->arena, (list), (n), 1, sizeof *(list), &(cap)))

#endif
