/* Following the foreign keys of a whole database. */
#include <stdlib.h>

#include "core/db/engine.h"
#include "core/db/schema.h"
#include "lib/out.h"

/* A line for each foreign key that is broken; its words fit any number. */
static const char broken_of_sqlite[] =
    "SELECT group_concat(line, char(10)) FROM (SELECT f.\"table\" || '.' || l.\"from\" || ': rows that refer to a '"
    " || f.parent || ' that is not there: ' || count(*) AS line"
    " FROM pragma_foreign_key_check AS f JOIN pragma_foreign_key_list(f.\"table\") AS l ON l.id = f.fkid"
    " GROUP BY f.\"table\", l.\"from\", f.parent ORDER BY 1)";

/* PostgreSQL holds its foreign keys, but whoever copies data in may switch that off. This question answers with
 * the question to ask: one part for each key of this schema, all of one column. */
static const char question_of_postgres[] =
    "SELECT 'SELECT string_agg(line, E''\\n'' ORDER BY line COLLATE \"C\") FROM (' || string_agg(format("
    "'SELECT format(%L, count(*)) AS line FROM %s AS c WHERE c.%I IS NOT NULL"
    " AND NOT EXISTS (SELECT FROM %s AS p WHERE p.%I = c.%I) HAVING count(*) > 0',"
    " format('%s.%s: rows that refer to a %s that is not there: ', t.relname, a.attname, r.relname) || '%s',"
    " k.conrelid::regclass, a.attname, k.confrelid::regclass, b.attname, a.attname), ' UNION ALL ')"
    " || ') AS lines'"
    " FROM pg_constraint k JOIN pg_class t ON t.oid = k.conrelid JOIN pg_class r ON r.oid = k.confrelid"
    " JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]"
    " JOIN pg_attribute b ON b.attrelid = k.confrelid AND b.attnum = k.confkey[1]"
    " WHERE k.contype = 'f' AND t.relnamespace = current_schema()::regnamespace";

static char *
broken_references(struct db_connection *c)
{
	char *question, *lines;

	if (!db_revive(c))
		return NULL;
	if (!db_is_postgres(c->db))
		return c->db->engine->ask(c, broken_of_sqlite);
	question = c->db->engine->ask(c, question_of_postgres);
	lines = question ? c->db->engine->ask(c, question) : NULL;
	free(question);
	return lines;
}

bool
db_check_references(struct db *db, struct out *out)
{
	struct db_connection *c = db->writer_connection;
	char *lines;
	bool whole;

	pthread_mutex_lock(&db->writing);
	lines = broken_references(c);
	whole = lines && !*lines;
	if (!lines)
		out_fmt(out, "references cannot be followed: %s\n", c->error.what);
	else if (*lines)
		out_fmt(out, "%s\n", lines);
	pthread_mutex_unlock(&db->writing);
	free(lines);
	return whole;
}
