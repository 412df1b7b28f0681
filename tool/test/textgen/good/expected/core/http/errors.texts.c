/* Generated from core/http/errors.texts. */
#include "core/http/errors.texts.h"
#include "lib/text_form.h"

#line 1 "src/core/http/errors.texts"
const struct text text_http_not_found = {
	.key = "http.not_found", .params = 0, .slots = 0,
	.choice = TEXT_ONE_FORM, .chooser = 0,
	.in[LANG_FI] = {(const struct text_form[]){
		{TEXT_FORM_OTHER, (const struct text_part[]){
			{TEXT_LITERAL, 0, 12, "Sivua ei ole"},
			{TEXT_END, 0, 0, 0}}},
	}, 1},
	.in[LANG_SV] = {(const struct text_form[]){
		{TEXT_FORM_OTHER, (const struct text_part[]){
			{TEXT_LITERAL, 0, 16, "Sidan finns inte"},
			{TEXT_END, 0, 0, 0}}},
	}, 1},
	.in[LANG_EN] = {(const struct text_form[]){
		{TEXT_FORM_OTHER, (const struct text_part[]){
			{TEXT_LITERAL, 0, 21, "There is no such page"},
			{TEXT_END, 0, 0, 0}}},
	}, 1},
};
