/* Generated from app/kota/kota.texts. */
#ifndef APP_KOTA_KOTA_TEXTS_H
#define APP_KOTA_KOTA_TEXTS_H

#include "lib/text.h"
#include "app/rights.h"
#include "app/kota/kota.rows.h"

/* Open */
extern const struct text text_kota_open;
#define T_KOTA_OPEN (&text_kota_open)

/* {n} visits */
extern const struct text text_kota_visits;
struct said t_kota_visits(int64_t n);

/* {place}: {n} logs in {year} */
extern const struct text text_kota_burned;
struct said t_kota_burned(struct texts place, int64_t year, int64_t n);

/* Not known */
extern const struct text text_kota_state;
struct said t_kota_state(enum kota_state state);

/* Other weather */
extern const struct text text_kota_weather;
struct said t_kota_weather(enum kota_weather weather);

/* {who} visits the hut */
extern const struct text text_kota_may;
struct said t_kota_may(enum role role, struct str who);

/* in English */
extern const struct text text_kota_in_language;
struct said t_kota_in_language(enum lang lang);

/* {day} {at}, {span}, {week}, {year}, {on} */
extern const struct text text_kota_when;
struct said t_kota_when(struct date day, int64_t at, struct date span_first, struct date span_last, int64_t week, int64_t year, struct date on);

/* Read the rules; here is the map. */
extern const struct text text_kota_rules;
#define T_KOTA_RULES (&text_kota_rules)

/* Hello {who}!  See you in the hut {at}. / * *\/ {}<> #1 "really?" ??/ */
extern const struct text text_kota_mail_body;
struct said t_kota_mail_body(struct instant at, struct str who);

#endif
