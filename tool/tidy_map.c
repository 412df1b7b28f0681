/* `./dev map`: who stands on whom. Rooms have their order; the parts of core get theirs from what they include. Tests
 * are left out, for they may look everywhere. */
#include "tool/tidy.h"

#include <string.h>

enum { NODES_MAX = 100, NAME_COLUMNS = 10 };

struct node {
	struct str floor, name;
	/* How far from the ground: of a room its place in ORDER, of a part of core one more than the highest that it
	 * stands on. Rooms are higher than all of core. */
	int height;
};

struct map {
	struct node at[NODES_MAX];
	int n;
	bool on[NODES_MAX][NODES_MAX];
	bool above[NODES_MAX][NODES_MAX]; /* on it, or on what stands on it */
};

/* The room, part of core or floor of a path below src; without a name it is none: main.c, and what all rooms share. */
static struct node
node_named(struct str path)
{
	struct node node = {.floor = str_cut(&path, '/')};
	size_t n = str_find(path, '/');
	bool is_folder = n < path.n;

	if (str_is(node.floor, "lib"))
		node.name = node.floor;
	else if (is_folder ? str_is(node.floor, "app") || str_is(node.floor, "core") : str_is(node.floor, "core"))
		node.name = str_sub(path, 0, is_folder ? n : str_find(path, '.')); /* core/log.h is a part too */
	return node;
}

static int
node_of(struct map *m, struct str path, bool make)
{
	struct node node = node_named(path);

	if (!node.name.n)
		return -1;
	for (int i = 0; i < m->n; i++)
		if (str_eq(m->at[i].floor, node.floor) && str_eq(m->at[i].name, node.name))
			return i;
	if (!make || m->n == NODES_MAX)
		return -1;
	m->at[m->n] = node;
	return m->n++;
}

static struct str
below_src(const struct file *f)
{
	return str_sub(str_of(f->in.path), strlen("src/"), strlen(f->in.path));
}

static bool
is_drawn(const struct file *f)
{
	return f->code.n && !f->is_test && str_starts(str_of(f->in.path), STR("src/"));
}

static int
included_node(struct map *m, const struct include *include)
{
	return include->system ? -1 : node_of(m, include->path, false);
}

static void
nodes_read(const struct tree *t, struct map *m)
{
	struct include include;

	for (size_t i = 0; i < t->n; i++)
		if (is_drawn(&t->at[i]))
			node_of(m, below_src(&t->at[i]), true);
	for (size_t i = 0; i < t->n; i++)
		for (size_t at = 0; is_drawn(&t->at[i]) && include_next(&t->at[i], &at, &include);) {
			int from = node_of(m, below_src(&t->at[i]), false), to = included_node(m, &include);

			if (from >= 0 && to >= 0 && from != to)
				m->on[from][to] = true;
		}
}

static bool
is_of_core(const struct map *m, int i)
{
	return str_is(m->at[i].floor, "core");
}

/* Heights settle within as many rounds as there are parts, unless some stand on each other; those are told of. */
static void
heights_find(const struct tree *t, struct map *m)
{
	const struct file *order = tree_file(t, STR("src/app/ORDER"));
	struct lexer l = {order ? &order->in : NULL, 0, order ? order->in.text.n : 0};
	int place = NODES_MAX * 2;

	for (struct token one = order ? lex(&l) : (struct token){0}; one.kind != TOKEN_END; one = lex(&l))
		for (int i = 0; i < m->n; i++)
			if (str_is(m->at[i].floor, "app") && str_eq(m->at[i].name, one.text))
				m->at[i].height = ++place;
	for (int round = 0; round < m->n; round++)
		for (int i = 0; i < m->n; i++)
			for (int k = 0; k < m->n; k++)
				if (m->on[i][k] && is_of_core(m, i) && m->at[i].height <= m->at[k].height &&
				    m->at[k].height < m->n)
					m->at[i].height = m->at[k].height + 1;
}

static void
circles_check(const struct tree *t, struct map *m)
{
	struct include include;

	memcpy(m->above, m->on, sizeof m->on);
	for (int k = 0; k < m->n; k++)
		for (int i = 0; i < m->n; i++)
			for (int j = 0; m->above[i][k] && j < m->n; j++)
				m->above[i][j] |= m->above[k][j];
	for (size_t i = 0; i < t->n; i++)
		for (size_t at = 0; is_drawn(&t->at[i]) && include_next(&t->at[i], &at, &include);) {
			int from = node_of(m, below_src(&t->at[i]), false), to = included_node(m, &include);

			if (from < 0 || to < 0 || from == to || !m->above[to][from] || !is_of_core(m, from) ||
			    !is_of_core(m, to))
				continue;
			mistake(t->run, place_at(&t->at[i].in, include.at),
			    "core/%.*s stands on core/%.*s in turn: take apart what both need", STR_ARG(m->at[to].name),
			    STR_ARG(m->at[from].name));
		}
}

static const char *const floors[] = {"app", "core", "lib"};

/* ` | a b`: those of a floor that node i stands on; `room` is left to the first bar. */
static void
stands_on(const struct map *m, const int *shown, int i, const char *floor, int *room, struct out *o)
{
	bool some = false;

	for (int k = 0; k < m->n; k++) {
		if (!m->on[i][shown[k]] || !str_is(m->at[shown[k]].floor, floor))
			continue;
		out_fmt(o, "%*s%s%.*s", *room, "", some ? " " : " | ", STR_ARG(m->at[shown[k]].name));
		some = true;
		*room = 0;
	}
}

void
map_draw(const struct tree *t, struct out *o)
{
	struct map *m = ARENA_NEW(t->run->arena, struct map);
	struct str floor = {0};
	int shown[NODES_MAX];

	nodes_read(t, m);
	heights_find(t, m);
	circles_check(t, m);
	for (int i = 0; i < m->n; i++) { /* the highest first, else by name, as they came */
		int k = i;

		for (; k > 0 && m->at[shown[k - 1]].height < m->at[i].height; k--)
			shown[k] = shown[k - 1];
		shown[k] = i;
	}
	for (int i = 0; i < m->n && !str_is(m->at[shown[i]].floor, "lib"); i++) {
		const struct node *node = &m->at[shown[i]];
		int room = NAME_COLUMNS - (int)node->name.n;

		out_fmt(o, "%-6.*s%.*s", str_eq(floor, node->floor) ? 0 : (int)node->floor.n, node->floor.p,
		    STR_ARG(node->name));
		floor = node->floor;
		for (size_t k = 0; k < sizeof floors / sizeof *floors; k++)
			stands_on(m, shown, shown[i], floors[k], &room, o);
		out_char(o, '\n');
	}
	out_lit(o, "lib\n");
}
