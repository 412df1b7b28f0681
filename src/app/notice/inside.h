/* What the files of this room know of each other. */
#ifndef APP_NOTICE_INSIDE_H
#define APP_NOTICE_INSIDE_H

#include "core/http/http.h"
#include "lib/text.h"

#include "app/notice/notice.h"

struct json;
struct json_in;

struct notice_form {
	struct texts words;
	struct date starts, ends;
	int64_t version;
};

/* Writes a notice (id 0) or changes it. CONFLICT: it was changed or ended since form->version. TAKEN: there are as many
 * as anyone has time to read. */
enum verdict notice_save(struct tx *tx, const struct actor *who, notice_id id, campus_id campus,
    const struct notice_form *form, struct date today);

/* Ends it or takes that back; nothing is deleted. CONFLICT: as above, or it is so already. */
enum verdict notice_set_ended(struct tx *tx, const struct actor *who, const struct notice *notice, int64_t version,
    bool ended);

/* For struct room. */
void notice_draw_front(struct req *r);
void notice_draw_screen(struct req *r);
void notice_load_demo(struct tx *tx, struct json_in *in, const struct json *world, struct date today);

extern const struct route notice_routes[];

#endif
