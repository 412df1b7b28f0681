/* Generated. */
#include "texts.all.h"

#include "app/kota/kota.texts.h"
#include "core/http/errors.texts.h"

const struct text *const text_all[] = {
	&text_http_not_found,
	&text_kota_burned,
	&text_kota_in_language,
	&text_kota_mail_body,
	&text_kota_may,
	&text_kota_open,
	&text_kota_rules,
	&text_kota_state,
	&text_kota_visits,
	&text_kota_weather,
	&text_kota_when,
	0};
const size_t text_all_count = 11;
