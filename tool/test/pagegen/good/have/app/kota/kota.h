/* What the templates call; the test defines it. */
#ifndef APP_KOTA_H
#define APP_KOTA_H

#include "app/kota/kota.rows.h"
#include "lib/date.h"
#include "lib/str.h"

struct kota_guest;
struct kota_log;
struct req;

struct kota_name_list {
	struct str *at;
	size_t n;
};

int64_t kota_minutes(struct req *r);
struct str kota_upper(struct req *r, struct str s);
bool kota_is_open(struct req *r);
struct str kota_log_name(const struct kota_log *log);
int64_t kota_age(const struct kota_guest *guest);
struct kota_name_list kota_names(struct req *r);
void kota_draw(struct req *r, int64_t n);

#endif
