#include "lib/qr.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/arena.h"
#include "test/test.h"

enum { SIDE_MAX = 177 };

/* The dark modules that a drawing says. */
struct modules {
	int side, around; /* side: of the whole drawing */
	bool dark[SIDE_MAX][SIDE_MAX];
};

static void
read_svg(struct test *t, struct str svg, struct modules *m)
{
	char *z = str_z(t->arena, svg), *box = strstr(z, "viewBox=\"-"), *d = strstr(z, "stroke=\"#000\" d=\"");
	int x, y, run, n;

	CHECK(box && d);
	if (!box || !d || sscanf(box, "viewBox=\"-%d -%*d %d", &m->around, &m->side) != 2)
		return;
	for (d = strchr(d, 'M'); d && sscanf(d, "M%d %d.5h%d%n", &x, &y, &run, &n) == 3; d += n)
		for (int i = 0; i < run; i++)
			m->dark[y][x + i] = true;
}

static struct modules *
code_of(struct test *t, struct str text)
{
	struct modules *m = ARENA_NEW(t->arena, struct modules);
	struct out o = out_new(t->arena);

	CHECK(qr_svg(&o, text));
	read_svg(t, out_text(&o), m);
	return m;
}

/* Seven by seven modules, in three corners. */
static bool
is_finder(const struct modules *m, int left, int top)
{
	for (int y = 0; y < 7; y++)
		for (int x = 0; x < 7; x++) {
			bool ring = x == 0 || x == 6 || y == 0 || y == 6, middle = x > 1 && x < 5 && y > 1 && y < 5;

			if (m->dark[top + y][left + x] != (ring || middle))
				return false;
		}
	return true;
}

TEST(a_code_has_its_corners_its_quiet_zone_and_its_correction)
{
	const struct modules *m = code_of(t, STR("https://nuotio.example/fi/pohja/space/kulma"));
	int width = m->side - 2 * m->around;

	CHECK_INT(m->around, 4);
	CHECK_INT((width - 17) % 4, 0);
	CHECK(is_finder(m, 0, 0));
	CHECK(is_finder(m, width - 7, 0));
	CHECK(is_finder(m, 0, width - 7));
	/* The first two signs of the format, as it is masked: 1 0 is correction M. */
	CHECK(m->dark[8][0] && !m->dark[8][1]);
}

TEST(a_longer_text_makes_a_larger_code_and_one_too_long_none)
{
	char long_text[4000];
	struct out o = out_new(t->arena);

	memset(long_text, 'x', sizeof long_text);
	CHECK(code_of(t, STR("a"))->side < code_of(t, (struct str){long_text, 300})->side);
	CHECK(!qr_svg(&o, (struct str){long_text, sizeof long_text}));
	CHECK(!qr_svg(&o, STR("")));
	CHECK_INT(o.n, 0);
}
