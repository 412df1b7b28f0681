/* Says everything of the good input in each language. */
#include <stdio.h>

#include "lib/arena.h"
#include "lib/i18n.h"
#include "lib/text_form.h"

#include "app/kota/kota.texts.h"
#include "app/rights.h"
#include "core/http/errors.texts.h"
#include "texts.all.h"

static void
say(struct arena *a, struct said s)
{
	printf("%s\n", s.text->key);
	for (enum lang lang = 0; lang < LANG_COUNT; lang++) {
		struct str words = said_plain(a, lang, s);

		printf("  %s %.*s\n", lang_code(lang), STR_ARG(words));
	}
}

int
main(void)
{
	struct arena *a = arena_new((size_t)1 << 20);
	struct texts place = {{STR("Ranta"), STR("Strand"), STR("")}};
	struct date first = date_of(2026, 11, 23), last = date_of(2026, 11, 27);
	enum role role = ROLE_STUDENT;

	text_table_set(text_all, text_all_count);
	say(a, said(T_KOTA_OPEN));
	say(a, said(T_HTTP_NOT_FOUND));
	say(a, t_kota_visits(1));
	say(a, t_kota_visits(12345));
	say(a, t_kota_burned(place, 2026, 1));
	say(a, t_kota_burned(place, 2026, 0));
	say(a, t_kota_state(KOTA_STATE_CLOSED));
	say(a, t_kota_state(KOTA_STATE_BURNING));
	say(a, t_kota_weather(KOTA_WEATHER_NONE));
	say(a, t_kota_weather(KOTA_WEATHER_OTHER));
	say(a, t_kota_may(ROLE_ADMIN, STR("Aino")));
	say(a, t_kota_may(ROLE_STUDENT, STR("Onni")));
	say(a, t_kota_in_language(LANG_SV));
	say(a, t_kota_when(first, 960, first, last, 48, 2026, last));
	say(a, said(T_KOTA_RULES));
	say(a, t_kota_mail_body(instant_of_iso(STR("2026-11-23T14:00:00Z")), STR("Aino")));

	for (size_t i = 0; i < text_all_count; i++)
		if (text_by_key(str_of(text_all[i]->key)) != text_all[i])
			printf("%s is not found\n", text_all[i]->key);
	if (text_by_key(STR("kota.none")) || text_by_key(STR("")) || text_by_key(STR("zzz")))
		printf("a text that is not there is found\n");

	for (int i = 0; i < RIGHT_COUNT; i++)
		printf("%s %#x %.*s\n", right_words[i], rights_roles[i],
		    STR_ARG(rights_names[i].at[LANG_SV]));
	if (!role_of(STR("admin"), &role) || role != ROLE_ADMIN || role_of(STR("king"), &role))
		printf("roles are not read\n");
	arena_free(a);
	return 0;
}
