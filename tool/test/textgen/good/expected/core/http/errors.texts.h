/* Generated from core/http/errors.texts. */
#ifndef CORE_HTTP_ERRORS_TEXTS_H
#define CORE_HTTP_ERRORS_TEXTS_H

#include "lib/text.h"

/* There is no such page */
extern const struct text text_http_not_found;
#define T_HTTP_NOT_FOUND (&text_http_not_found)

#endif
