#include "core/collate.h"

#include <pthread.h>
#include <stddef.h>

#include "lib/arena.h"
#include "lib/need.h"
#include "lib/out.h"
#include "test/test.h"

struct named {
	int number;
	struct str name;
};

/* The names, separated by spaces, in the order of a language. */
static struct str
sorted(struct test *t, enum lang lang, const char *names)
{
	struct named list[40];
	struct str rest = str_of(names);
	struct out o = out_new(t->arena);
	size_t n = 0;

	for (; rest.n; n++)
		list[n] = (struct named){(int)n, str_cut(&rest, ' ')};
	collate_sort(t->arena, lang, list, n, sizeof *list, offsetof(struct named, name));
	for (size_t i = 0; i < n; i++)
		out_fmt(&o, "%s%.*s", i ? " " : "", STR_ARG(list[i].name));
	return out_text(&o);
}

TEST(a_name_is_found_by_the_beginning_of_a_word)
{
	CHECK(collate_begins(LANG_FI, STR("Pohjan kampus"), STR("poh")));
	CHECK(collate_begins(LANG_FI, STR("Pohjan kampus"), STR("KAMP")));
	CHECK(collate_begins(LANG_FI, STR("Itä-Ämyri"), STR("äm")));
	CHECK(collate_begins(LANG_FI, STR("Léman"), STR("lem")));
	CHECK(!collate_begins(LANG_FI, STR("Pohja"), STR("ohja")));
	CHECK(!collate_begins(LANG_FI, STR("Åbo"), STR("ab"))); /* another letter here, and not an accent */
	CHECK(!collate_begins(LANG_FI, STR("Po"), STR("poh")));
	CHECK(!collate_begins(LANG_FI, STR(""), STR("a")));
}

TEST(names_stand_where_people_of_the_language_look_for_them)
{
	static const char names[] = "Östman Åkerblom Virtanen Äijälä Zetterberg aalto Wallin Aalto Ylä-Aho Vaara Asp";

	CHECK_STR(sorted(t, LANG_FI, names),
	    "aalto Aalto Asp Vaara Virtanen Wallin Ylä-Aho Zetterberg Åkerblom Äijälä Östman");
	CHECK_STR(sorted(t, LANG_SV, names),
	    "aalto Aalto Asp Vaara Virtanen Wallin Ylä-Aho Zetterberg Åkerblom Äijälä Östman");
	CHECK_STR(sorted(t, LANG_EN, names),
	    "aalto Aalto Äijälä Åkerblom Asp Östman Vaara Virtanen Wallin Ylä-Aho Zetterberg");
	CHECK_STR(sorted(t, LANG_FI, ""), "");
	CHECK_STR(sorted(t, LANG_FI, "Šalmi Salmi Zelenko Sarvi Žemaitis"), "Salmi Šalmi Sarvi Zelenko Žemaitis");
}

TEST(equal_names_keep_their_order)
{
	struct named list[] = {{1, STR("Mäki")}, {2, STR("Aho")}, {3, STR("Mäki")}, {4, STR("Aho")}, {5, STR("")}};

	collate_sort(t->arena, LANG_FI, list, 5, sizeof *list, offsetof(struct named, name));
	CHECK_INT(list[0].number, 5);
	CHECK_INT(list[1].number, 2);
	CHECK_INT(list[2].number, 4);
	CHECK_INT(list[3].number, 1);
	CHECK_INT(list[4].number, 3);
	CHECK_INT(collate(LANG_FI, STR(""), STR("")), 0);
	/* a letter in one piece or in two */
	CHECK_INT(collate(LANG_FI, STR("M\xc3\xa4ki"), STR("Ma\xcc\x88ki")), 0);
}

static void *
compare_often(void *arg)
{
	for (int i = 0; i < 2000; i++)
		if (collate((enum lang)(i % LANG_COUNT), STR("Äijälä"), STR("Aalto")) <= 0)
			*(bool *)arg = false;
	return NULL;
}

TEST(all_threads_may_compare)
{
	pthread_t thread[4];
	bool good[4] = {true, true, true, true};

	for (int i = 0; i < 4; i++)
		need(pthread_create(&thread[i], NULL, compare_often, &good[i]) == 0);
	for (int i = 0; i < 4; i++) {
		pthread_join(thread[i], NULL);
		CHECK(good[i]);
	}
}
