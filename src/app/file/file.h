/* Pictures that people give. Each is made anew here and then shown to everyone; what it shows in words is kept by those
 * who use it. */
#ifndef APP_FILE_H
#define APP_FILE_H

#include <stddef.h>

#include "core/http/form.h"
#include "core/http/http.h"

#include "app/file/file.rows.h" /* generated */

struct actor;
struct picture_made;
struct room;
struct tx;

extern const struct room file_room;

/* For a form that takes a picture: how long its body may be (.body_bytes_max of its routes), and what its field is for
 * (.accept; telephones then send theirs as JPEG). */
enum { PICTURE_BYTES_MAX = 16 << 20 };
#define PICTURE_ACCEPT "image/jpeg,image/png"

/* In the `prepare` of a route: leaves what was sent in a field in r->prepared, made anew. What is no picture is a
 * problem of the field, and the form is refused. Without a file nothing happens. */
void picture_prepare(struct req *r, const char *field, const struct form_file *sent);

/* In its `post`: keeps what was prepared; 0 when nothing was. The same picture again is the same row. */
picture_id picture_put(struct tx *tx, const struct actor *who, const struct picture_made *made);

/* Erases a picture to which no room points any more: its address leads nowhere, and the journal keeps that it was
 * there. `place` is the campus where it was shown. */
void picture_erase(struct tx *tx, const struct actor *who, int64_t place, picture_id id);

/* What a page needs to show one in its small size, with a link to the large one: {use picture shown=… alt=…}. */
struct picture_view {
	struct str small, large; /* addresses; empty: there is none */
	int64_t width, height;   /* of the small one */
};

struct picture_view picture_view(struct req *r, picture_id id);

#endif
