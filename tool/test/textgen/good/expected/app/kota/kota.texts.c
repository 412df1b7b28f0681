/* Generated from app/kota/kota.texts. */
#include "app/kota/kota.texts.h"
#include "lib/text_form.h"

#line 2 "src/app/kota/kota.texts"
const struct text text_kota_open = {
	.key = "kota.open", .params = 0, .slots = 0,
	.choice = TEXT_ONE_FORM, .chooser = 0,
	.in[LANG_FI] = {(const struct text_form[]){
		{TEXT_FORM_OTHER, (const struct text_part[]){
			{TEXT_LITERAL, 0, 4, "Auki"},
			{TEXT_END, 0, 0, 0}}},
	}, 1},
	.in[LANG_SV] = {(const struct text_form[]){
		{TEXT_FORM_OTHER, (const struct text_part[]){
			{TEXT_LITERAL, 0, 6, "\303\226ppet"},
			{TEXT_END, 0, 0, 0}}},
	}, 1},
	.in[LANG_EN] = {(const struct text_form[]){
		{TEXT_FORM_OTHER, (const struct text_part[]){
			{TEXT_LITERAL, 0, 4, "Open"},
			{TEXT_END, 0, 0, 0}}},
	}, 1},
};

#line 7 "src/app/kota/kota.texts"
const struct text text_kota_visits = {
	.key = "kota.visits", .params = 1, .slots = 0,
	.choice = TEXT_BY_COUNT, .chooser = 0,
	.param = (const struct text_param[]){{"n", TEXT_INT}},
	.in[LANG_FI] = {(const struct text_form[]){
		{TEXT_FORM_ONE, (const struct text_part[]){
			{TEXT_PARAM, 0, 0, 0},
			{TEXT_LITERAL, 0, 8, " k\303\244ynti"},
			{TEXT_END, 0, 0, 0}}},
		{TEXT_FORM_OTHER, (const struct text_part[]){
			{TEXT_PARAM, 0, 0, 0},
			{TEXT_LITERAL, 0, 10, " k\303\244ynti\303\244"},
			{TEXT_END, 0, 0, 0}}},
	}, 2},
	.in[LANG_SV] = {(const struct text_form[]){
		{TEXT_FORM_OTHER, (const struct text_part[]){
			{TEXT_PARAM, 0, 0, 0},
			{TEXT_LITERAL, 0, 7, " bes\303\266k"},
			{TEXT_END, 0, 0, 0}}},
	}, 1},
	.in[LANG_EN] = {(const struct text_form[]){
		{TEXT_FORM_ONE, (const struct text_part[]){
			{TEXT_PARAM, 0, 0, 0},
			{TEXT_LITERAL, 0, 6, " visit"},
			{TEXT_END, 0, 0, 0}}},
		{TEXT_FORM_OTHER, (const struct text_part[]){
			{TEXT_PARAM, 0, 0, 0},
			{TEXT_LITERAL, 0, 7, " visits"},
			{TEXT_END, 0, 0, 0}}},
	}, 2},
};

struct said
t_kota_visits(int64_t n)
{
	return (struct said){
		.text = &text_kota_visits,
		.arg[0] = {.n = n},
	};
}

#line 15 "src/app/kota/kota.texts"
const struct text text_kota_burned = {
	.key = "kota.burned", .params = 3, .slots = 0,
	.choice = TEXT_BY_COUNT, .chooser = 2,
	.param = (const struct text_param[]){{"place", TEXT_TEXTS}, {"year", TEXT_INT}, {"n", TEXT_INT}},
	.in[LANG_FI] = {(const struct text_form[]){
		{TEXT_FORM_ONE, (const struct text_part[]){
			{TEXT_PARAM, 0, 0, 0},
			{TEXT_LITERAL, 0, 2, ": "},
			{TEXT_PARAM, 2, 0, 0},
			{TEXT_LITERAL, 0, 14, " halko vuonna "},
			{TEXT_PARAM, 1, 0, 0},
			{TEXT_END, 0, 0, 0}}},
		{TEXT_FORM_OTHER, (const struct text_part[]){
			{TEXT_PARAM, 0, 0, 0},
			{TEXT_LITERAL, 0, 2, ": "},
			{TEXT_PARAM, 2, 0, 0},
			{TEXT_LITERAL, 0, 15, " halkoa vuonna "},
			{TEXT_PARAM, 1, 0, 0},
			{TEXT_END, 0, 0, 0}}},
	}, 2},
	.in[LANG_SV] = {(const struct text_form[]){
		{TEXT_FORM_ONE, (const struct text_part[]){
			{TEXT_PARAM, 0, 0, 0},
			{TEXT_LITERAL, 0, 2, ": "},
			{TEXT_PARAM, 2, 0, 0},
			{TEXT_LITERAL, 0, 13, " vedtr\303\244 \303\245r "},
			{TEXT_PARAM, 1, 0, 0},
			{TEXT_END, 0, 0, 0}}},
		{TEXT_FORM_OTHER, (const struct text_part[]){
			{TEXT_PARAM, 0, 0, 0},
			{TEXT_LITERAL, 0, 2, ": "},
			{TEXT_PARAM, 2, 0, 0},
			{TEXT_LITERAL, 0, 14, " vedtr\303\244n \303\245r "},
			{TEXT_PARAM, 1, 0, 0},
			{TEXT_END, 0, 0, 0}}},
	}, 2},
	.in[LANG_EN] = {(const struct text_form[]){
		{TEXT_FORM_ONE, (const struct text_part[]){
			{TEXT_PARAM, 0, 0, 0},
			{TEXT_LITERAL, 0, 2, ": "},
			{TEXT_PARAM, 2, 0, 0},
			{TEXT_LITERAL, 0, 8, " log in "},
			{TEXT_PARAM, 1, 0, 0},
			{TEXT_END, 0, 0, 0}}},
		{TEXT_FORM_OTHER, (const struct text_part[]){
			{TEXT_PARAM, 0, 0, 0},
			{TEXT_LITERAL, 0, 2, ": "},
			{TEXT_PARAM, 2, 0, 0},
			{TEXT_LITERAL, 0, 9, " logs in "},
			{TEXT_PARAM, 1, 0, 0},
			{TEXT_END, 0, 0, 0}}},
	}, 2},
};

struct said
t_kota_burned(struct texts place, int64_t year, int64_t n)
{
	return (struct said){
		.text = &text_kota_burned,
		.arg[0] = {.t = place},
		.arg[1] = {.n = year},
		.arg[2] = {.n = n},
	};
}

#line 23 "src/app/kota/kota.texts"
const struct text text_kota_state = {
	.key = "kota.state", .params = 1, .slots = 0,
	.choice = TEXT_BY_WORD, .chooser = 0,
	.param = (const struct text_param[]){{"state", TEXT_WORD}},
	.in[LANG_FI] = {(const struct text_form[]){
#line 24
		{KOTA_STATE_OPEN, (const struct text_part[]){
			{TEXT_LITERAL, 0, 7, "Avoinna"},
			{TEXT_END, 0, 0, 0}}},
#line 25
		{KOTA_STATE_CLOSED, (const struct text_part[]){
			{TEXT_LITERAL, 0, 8, "Suljettu"},
			{TEXT_END, 0, 0, 0}}},
#line 26
		{TEXT_FORM_OTHER, (const struct text_part[]){
			{TEXT_LITERAL, 0, 11, "Ei tiedossa"},
			{TEXT_END, 0, 0, 0}}},
	}, 3},
	.in[LANG_SV] = {(const struct text_form[]){
#line 27
		{KOTA_STATE_OPEN, (const struct text_part[]){
			{TEXT_LITERAL, 0, 6, "\303\226ppen"},
			{TEXT_END, 0, 0, 0}}},
#line 28
		{KOTA_STATE_CLOSED, (const struct text_part[]){
			{TEXT_LITERAL, 0, 7, "St\303\244ngd"},
			{TEXT_END, 0, 0, 0}}},
#line 29
		{TEXT_FORM_OTHER, (const struct text_part[]){
			{TEXT_LITERAL, 0, 6, "Ok\303\244nt"},
			{TEXT_END, 0, 0, 0}}},
	}, 3},
	.in[LANG_EN] = {(const struct text_form[]){
#line 30
		{KOTA_STATE_OPEN, (const struct text_part[]){
			{TEXT_LITERAL, 0, 4, "Open"},
			{TEXT_END, 0, 0, 0}}},
#line 31
		{KOTA_STATE_CLOSED, (const struct text_part[]){
			{TEXT_LITERAL, 0, 6, "Closed"},
			{TEXT_END, 0, 0, 0}}},
#line 32
		{TEXT_FORM_OTHER, (const struct text_part[]){
			{TEXT_LITERAL, 0, 9, "Not known"},
			{TEXT_END, 0, 0, 0}}},
	}, 3},
};

struct said
t_kota_state(enum kota_state state)
{
	return (struct said){
		.text = &text_kota_state,
		.arg[0] = {.n = (int64_t)state},
	};
}

#line 34 "src/app/kota/kota.texts"
const struct text text_kota_weather = {
	.key = "kota.weather", .params = 1, .slots = 0,
	.choice = TEXT_BY_WORD, .chooser = 0,
	.param = (const struct text_param[]){{"weather", TEXT_WORD}},
	.in[LANG_FI] = {(const struct text_form[]){
#line 35
		{KOTA_WEATHER_NONE, (const struct text_part[]){
			{TEXT_LITERAL, 0, 9, "Ei tietoa"},
			{TEXT_END, 0, 0, 0}}},
#line 36
		{KOTA_WEATHER_SUN, (const struct text_part[]){
			{TEXT_LITERAL, 0, 7, "Aurinko"},
			{TEXT_END, 0, 0, 0}}},
#line 37
		{KOTA_WEATHER_OTHER, (const struct text_part[]){
			{TEXT_LITERAL, 0, 9, "Muu s\303\244\303\244"},
			{TEXT_END, 0, 0, 0}}},
	}, 3},
	.in[LANG_SV] = {(const struct text_form[]){
#line 38
		{KOTA_WEATHER_NONE, (const struct text_part[]){
			{TEXT_LITERAL, 0, 13, "Ingen uppgift"},
			{TEXT_END, 0, 0, 0}}},
#line 39
		{KOTA_WEATHER_SUN, (const struct text_part[]){
			{TEXT_LITERAL, 0, 3, "Sol"},
			{TEXT_END, 0, 0, 0}}},
#line 40
		{KOTA_WEATHER_OTHER, (const struct text_part[]){
			{TEXT_LITERAL, 0, 12, "Annat v\303\244der"},
			{TEXT_END, 0, 0, 0}}},
	}, 3},
	.in[LANG_EN] = {(const struct text_form[]){
#line 41
		{KOTA_WEATHER_NONE, (const struct text_part[]){
			{TEXT_LITERAL, 0, 13, "Nothing known"},
			{TEXT_END, 0, 0, 0}}},
#line 42
		{KOTA_WEATHER_SUN, (const struct text_part[]){
			{TEXT_LITERAL, 0, 3, "Sun"},
			{TEXT_END, 0, 0, 0}}},
#line 43
		{KOTA_WEATHER_OTHER, (const struct text_part[]){
			{TEXT_LITERAL, 0, 13, "Other weather"},
			{TEXT_END, 0, 0, 0}}},
	}, 3},
};

struct said
t_kota_weather(enum kota_weather weather)
{
	return (struct said){
		.text = &text_kota_weather,
		.arg[0] = {.n = (int64_t)weather},
	};
}

#line 45 "src/app/kota/kota.texts"
const struct text text_kota_may = {
	.key = "kota.may", .params = 2, .slots = 0,
	.choice = TEXT_BY_WORD, .chooser = 0,
	.param = (const struct text_param[]){{"role", TEXT_WORD}, {"who", TEXT_STR}},
	.in[LANG_FI] = {(const struct text_form[]){
#line 46
		{ROLE_ADMIN, (const struct text_part[]){
			{TEXT_PARAM, 1, 0, 0},
			{TEXT_LITERAL, 0, 13, " hoitaa kotaa"},
			{TEXT_END, 0, 0, 0}}},
#line 47
		{TEXT_FORM_OTHER, (const struct text_part[]){
			{TEXT_PARAM, 1, 0, 0},
			{TEXT_LITERAL, 0, 13, " k\303\244y kodalla"},
			{TEXT_END, 0, 0, 0}}},
	}, 2},
	.in[LANG_SV] = {(const struct text_form[]){
#line 48
		{ROLE_ADMIN, (const struct text_part[]){
			{TEXT_PARAM, 1, 0, 0},
			{TEXT_LITERAL, 0, 15, " sk\303\266ter k\303\245tan"},
			{TEXT_END, 0, 0, 0}}},
#line 49
		{TEXT_FORM_OTHER, (const struct text_part[]){
			{TEXT_PARAM, 1, 0, 0},
			{TEXT_LITERAL, 0, 16, " bes\303\266ker k\303\245tan"},
			{TEXT_END, 0, 0, 0}}},
	}, 2},
	.in[LANG_EN] = {(const struct text_form[]){
#line 50
		{ROLE_ADMIN, (const struct text_part[]){
			{TEXT_PARAM, 1, 0, 0},
			{TEXT_LITERAL, 0, 13, " runs the hut"},
			{TEXT_END, 0, 0, 0}}},
#line 51
		{TEXT_FORM_OTHER, (const struct text_part[]){
			{TEXT_PARAM, 1, 0, 0},
			{TEXT_LITERAL, 0, 15, " visits the hut"},
			{TEXT_END, 0, 0, 0}}},
	}, 2},
};

struct said
t_kota_may(enum role role, struct str who)
{
	return (struct said){
		.text = &text_kota_may,
		.arg[0] = {.n = (int64_t)role},
		.arg[1] = {.s = who},
	};
}

#line 53 "src/app/kota/kota.texts"
const struct text text_kota_in_language = {
	.key = "kota.in_language", .params = 1, .slots = 0,
	.choice = TEXT_BY_WORD, .chooser = 0,
	.param = (const struct text_param[]){{"lang", TEXT_WORD}},
	.in[LANG_FI] = {(const struct text_form[]){
#line 54
		{LANG_FI, (const struct text_part[]){
			{TEXT_LITERAL, 0, 8, "suomeksi"},
			{TEXT_END, 0, 0, 0}}},
#line 55
		{LANG_SV, (const struct text_part[]){
			{TEXT_LITERAL, 0, 9, "ruotsiksi"},
			{TEXT_END, 0, 0, 0}}},
#line 56
		{LANG_EN, (const struct text_part[]){
			{TEXT_LITERAL, 0, 11, "englanniksi"},
			{TEXT_END, 0, 0, 0}}},
	}, 3},
	.in[LANG_SV] = {(const struct text_form[]){
#line 57
		{LANG_FI, (const struct text_part[]){
			{TEXT_LITERAL, 0, 10, "p\303\245 finska"},
			{TEXT_END, 0, 0, 0}}},
#line 58
		{LANG_SV, (const struct text_part[]){
			{TEXT_LITERAL, 0, 11, "p\303\245 svenska"},
			{TEXT_END, 0, 0, 0}}},
#line 59
		{LANG_EN, (const struct text_part[]){
			{TEXT_LITERAL, 0, 12, "p\303\245 engelska"},
			{TEXT_END, 0, 0, 0}}},
	}, 3},
	.in[LANG_EN] = {(const struct text_form[]){
#line 60
		{LANG_FI, (const struct text_part[]){
			{TEXT_LITERAL, 0, 10, "in Finnish"},
			{TEXT_END, 0, 0, 0}}},
#line 61
		{LANG_SV, (const struct text_part[]){
			{TEXT_LITERAL, 0, 10, "in Swedish"},
			{TEXT_END, 0, 0, 0}}},
#line 62
		{LANG_EN, (const struct text_part[]){
			{TEXT_LITERAL, 0, 10, "in English"},
			{TEXT_END, 0, 0, 0}}},
	}, 3},
};

struct said
t_kota_in_language(enum lang lang)
{
	return (struct said){
		.text = &text_kota_in_language,
		.arg[0] = {.n = (int64_t)lang},
	};
}

#line 64 "src/app/kota/kota.texts"
const struct text text_kota_when = {
	.key = "kota.when", .params = 6, .slots = 0,
	.choice = TEXT_ONE_FORM, .chooser = 0,
	.param = (const struct text_param[]){{"day", TEXT_DAY}, {"at", TEXT_TIME}, {"span", TEXT_RANGE}, {"week", TEXT_WEEK}, {"year", TEXT_YEAR}, {"on", TEXT_DATE}},
	.in[LANG_FI] = {(const struct text_form[]){
		{TEXT_FORM_OTHER, (const struct text_part[]){
			{TEXT_PARAM, 0, 0, 0},
			{TEXT_LITERAL, 0, 1, " "},
			{TEXT_PARAM, 1, 0, 0},
			{TEXT_LITERAL, 0, 2, ", "},
			{TEXT_PARAM, 2, 0, 0},
			{TEXT_LITERAL, 0, 2, ", "},
			{TEXT_PARAM, 3, 0, 0},
			{TEXT_LITERAL, 0, 2, ", "},
			{TEXT_PARAM, 4, 0, 0},
			{TEXT_LITERAL, 0, 2, ", "},
			{TEXT_PARAM, 5, 0, 0},
			{TEXT_END, 0, 0, 0}}},
	}, 1},
	.in[LANG_SV] = {(const struct text_form[]){
		{TEXT_FORM_OTHER, (const struct text_part[]){
			{TEXT_PARAM, 0, 0, 0},
			{TEXT_LITERAL, 0, 1, " "},
			{TEXT_PARAM, 1, 0, 0},
			{TEXT_LITERAL, 0, 2, ", "},
			{TEXT_PARAM, 2, 0, 0},
			{TEXT_LITERAL, 0, 2, ", "},
			{TEXT_PARAM, 3, 0, 0},
			{TEXT_LITERAL, 0, 2, ", "},
			{TEXT_PARAM, 4, 0, 0},
			{TEXT_LITERAL, 0, 2, ", "},
			{TEXT_PARAM, 5, 0, 0},
			{TEXT_END, 0, 0, 0}}},
	}, 1},
	.in[LANG_EN] = {(const struct text_form[]){
		{TEXT_FORM_OTHER, (const struct text_part[]){
			{TEXT_PARAM, 0, 0, 0},
			{TEXT_LITERAL, 0, 1, " "},
			{TEXT_PARAM, 1, 0, 0},
			{TEXT_LITERAL, 0, 2, ", "},
			{TEXT_PARAM, 2, 0, 0},
			{TEXT_LITERAL, 0, 2, ", "},
			{TEXT_PARAM, 3, 0, 0},
			{TEXT_LITERAL, 0, 2, ", "},
			{TEXT_PARAM, 4, 0, 0},
			{TEXT_LITERAL, 0, 2, ", "},
			{TEXT_PARAM, 5, 0, 0},
			{TEXT_END, 0, 0, 0}}},
	}, 1},
};

struct said
t_kota_when(struct date day, int64_t at, struct date span_first, struct date span_last, int64_t week, int64_t year, struct date on)
{
	return (struct said){
		.text = &text_kota_when,
		.arg[0] = {.date = day},
		.arg[1] = {.n = at},
		.arg[2] = {.range = {span_first, span_last}},
		.arg[3] = {.n = week},
		.arg[4] = {.n = year},
		.arg[5] = {.date = on},
	};
}

#line 69 "src/app/kota/kota.texts"
const struct text text_kota_rules = {
	.key = "kota.rules", .params = 0, .slots = 2,
	.choice = TEXT_ONE_FORM, .chooser = 0,
	.slot = (const char *const[]){"rules", "map"},
	.in[LANG_FI] = {(const struct text_form[]){
		{TEXT_FORM_OTHER, (const struct text_part[]){
			{TEXT_LITERAL, 0, 4, "Lue "},
			{TEXT_SLOT_OPEN, 0, 5, "rules"},
			{TEXT_LITERAL, 0, 10, "s\303\244\303\244nn\303\266t"},
			{TEXT_SLOT_CLOSE, 0, 5, "rules"},
			{TEXT_LITERAL, 0, 4, " ja "},
			{TEXT_SLOT_OPEN, 1, 3, "map"},
			{TEXT_LITERAL, 0, 6, "kartta"},
			{TEXT_SLOT_CLOSE, 1, 3, "map"},
			{TEXT_LITERAL, 0, 1, "."},
			{TEXT_END, 0, 0, 0}}},
	}, 1},
	.in[LANG_SV] = {(const struct text_form[]){
		{TEXT_FORM_OTHER, (const struct text_part[]){
			{TEXT_LITERAL, 0, 5, "L\303\244s "},
			{TEXT_SLOT_OPEN, 0, 5, "rules"},
			{TEXT_LITERAL, 0, 8, "reglerna"},
			{TEXT_SLOT_CLOSE, 0, 5, "rules"},
			{TEXT_LITERAL, 0, 5, " och "},
			{TEXT_SLOT_OPEN, 1, 3, "map"},
			{TEXT_LITERAL, 0, 6, "kartan"},
			{TEXT_SLOT_CLOSE, 1, 3, "map"},
			{TEXT_LITERAL, 0, 1, "."},
			{TEXT_END, 0, 0, 0}}},
	}, 1},
	.in[LANG_EN] = {(const struct text_form[]){
		{TEXT_FORM_OTHER, (const struct text_part[]){
			{TEXT_LITERAL, 0, 9, "Read the "},
			{TEXT_SLOT_OPEN, 0, 5, "rules"},
			{TEXT_LITERAL, 0, 5, "rules"},
			{TEXT_SLOT_CLOSE, 0, 5, "rules"},
			{TEXT_LITERAL, 0, 14, "; here is the "},
			{TEXT_SLOT_OPEN, 1, 3, "map"},
			{TEXT_LITERAL, 0, 3, "map"},
			{TEXT_SLOT_CLOSE, 1, 3, "map"},
			{TEXT_LITERAL, 0, 1, "."},
			{TEXT_END, 0, 0, 0}}},
	}, 1},
};

#line 74 "src/app/kota/kota.texts"
const struct text text_kota_mail_body = {
	.key = "kota.mail.body", .params = 2, .slots = 1,
	.choice = TEXT_ONE_FORM, .chooser = 0,
	.param = (const struct text_param[]){{"at", TEXT_INSTANT}, {"who", TEXT_STR}},
	.slot = (const char *const[]){"map"},
	.in[LANG_FI] = {(const struct text_form[]){
		{TEXT_FORM_OTHER, (const struct text_part[]){
			{TEXT_LITERAL, 0, 4, "Hei "},
			{TEXT_PARAM, 1, 0, 0},
			{TEXT_LITERAL, 0, 14, "!\n\nN\303\244hd\303\244\303\244n "},
			{TEXT_SLOT_OPEN, 0, 3, "map"},
			{TEXT_LITERAL, 0, 7, "kodalla"},
			{TEXT_SLOT_CLOSE, 0, 3, "map"},
			{TEXT_LITERAL, 0, 1, "\n"},
			{TEXT_PARAM, 0, 0, 0},
			{TEXT_LITERAL, 0, 1, "."},
			{TEXT_END, 0, 0, 0}}},
	}, 1},
	.in[LANG_SV] = {(const struct text_form[]){
		{TEXT_FORM_OTHER, (const struct text_part[]){
			{TEXT_LITERAL, 0, 4, "Hej "},
			{TEXT_PARAM, 1, 0, 0},
			{TEXT_LITERAL, 0, 12, "!\n\nVi ses i "},
			{TEXT_SLOT_OPEN, 0, 3, "map"},
			{TEXT_LITERAL, 0, 6, "k\303\245tan"},
			{TEXT_SLOT_CLOSE, 0, 3, "map"},
			{TEXT_LITERAL, 0, 1, "\n"},
			{TEXT_PARAM, 0, 0, 0},
			{TEXT_LITERAL, 0, 1, "."},
			{TEXT_END, 0, 0, 0}}},
	}, 1},
	.in[LANG_EN] = {(const struct text_form[]){
		{TEXT_FORM_OTHER, (const struct text_part[]){
			{TEXT_LITERAL, 0, 6, "Hello "},
			{TEXT_PARAM, 1, 0, 0},
			{TEXT_LITERAL, 0, 18, "!\n\nSee you in the "},
			{TEXT_SLOT_OPEN, 0, 3, "map"},
			{TEXT_LITERAL, 0, 3, "hut"},
			{TEXT_SLOT_CLOSE, 0, 3, "map"},
			{TEXT_LITERAL, 0, 1, "\n"},
			{TEXT_PARAM, 0, 0, 0},
			{TEXT_LITERAL, 0, 30, ". /* *\\/ {}<> #1 \"really\077\" \077\077/"},
			{TEXT_END, 0, 0, 0}}},
	}, 1},
};

struct said
t_kota_mail_body(struct instant at, struct str who)
{
	return (struct said){
		.text = &text_kota_mail_body,
		.arg[0] = {.instant = at},
		.arg[1] = {.s = who},
	};
}
