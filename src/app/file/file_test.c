#include "app/file/file.h"

#include "app/page/page.h"
#include "core/http/form_read.h"
#include "lib/picture.h"
#include "lib/text_form.h"
#include "test/visits.h"

struct alt_form {
	struct form_file picture;
};

static const struct form_field fields[] = {
	{"picture", FORM_FILE, offsetof(struct alt_form, picture), .accept = PICTURE_ACCEPT},
};

static const struct form_spec spec = FORM_SPEC("alt", struct alt_form, fields);

/* A form with that file goes through its route's `prepare` and `post`. */
struct giving {
	struct world *w;
	struct form_file file;
	picture_id id;
	const char *problem;
	struct picture_view shown;
};

static void
give(struct tx *tx, void *arg)
{
	struct giving *g = arg;
	struct actor aino = {.person = 1};
	struct pair pair = {.name = STR("picture"), .file = &g->file};
	struct pairs pairs = {&pair, 1};
	struct req r = {.arena = g->w->arena, .tx = tx, .actor = aino};

	form_read(&r, &spec, &pairs);
	picture_prepare(&r, "picture", &((const struct alt_form *)r.form)->picture);
	g->problem = form_posted(&r)->problem[0].text ? form_posted(&r)->problem[0].text->key : "";
	g->id = picture_put(tx, &aino, r.prepared);
	g->shown = picture_view(&r, g->id);
}

static struct giving
given(struct world *w, const char *name, struct str bytes)
{
	struct giving g = {.w = w, .file = {.name = str_of(name), .bytes = bytes}};
	struct test *t = w->t;
	struct db_error error;

	CHECK(db_write_now(w->db, w->arena, world_now(), give, &g, &error));
	return g;
}

#define A_PICTURE "test/data/picture.jpg"

TEST(a_picture_that_was_given_is_shown_to_everyone)
{
	struct world *w = world(t);
	struct giving g = given(w, "kuva.jpg", file_read(t->arena, A_PICTURE));
	struct answered small, large;

	CHECK_STR(str_of(g.problem), "");
	CHECK(g.id.n > 0);
	small = world_get(w, NULL, str_z(t->arena, g.shown.small));
	large = world_get(w, "mira", str_z(t->arena, g.shown.large));
	CHECK_INT(small.status, 200);
	CHECK_INT(large.status, 200);
	CHECK_STR(small.type, "image/jpeg");
	CHECK(str_starts(small.body, STR("\xff\xd8")) && str_starts(large.body, STR("\xff\xd8")));
	/* it may be kept, by whoever asked */
	CHECK(!small.private_only && !large.private_only);
	CHECK_INT(g.shown.width, 640);
	CHECK_INT(g.shown.height, 480);
	world_end(w);
}

TEST(the_same_picture_is_kept_once)
{
	struct world *w = world(t);
	struct str bytes = file_read(t->arena, A_PICTURE);
	struct giving first = given(w, "a.jpg", bytes), second = given(w, "b.jpg", bytes);

	CHECK_INT(second.id.n, first.id.n);
	CHECK(str_eq(first.shown.large, second.shown.large));
	world_end(w);
}

TEST(what_is_no_picture_is_told_so)
{
	struct world *w = world_in_memory(t);
	struct str bytes = file_read(t->arena, A_PICTURE);

	CHECK_STR(str_of(given(w, "kirje.pdf", STR("%PDF-1.7")).problem), "file.unknown");
	CHECK_STR(str_of(given(w, "kuva.jpg", STR("")).problem), "file.unknown");
	CHECK_STR(str_of(given(w, "kuva.jpg", str_sub(bytes, 0, bytes.n / 2)).problem), "file.broken");
	CHECK_STR(str_of(given(w, "kuva.png", STR("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x75\x30\0\0\x75\x30\x08\2\0\0\0"
	    "\xe9\x45\x6f\xed\0\0\xff\xff" "IDAT\x78\x9c")).problem), "file.too_wide");
	/* no file is no mistake: the picture stays what it was */
	CHECK_STR(str_of(given(w, "", STR("")).problem), "");
	CHECK_INT(given(w, "", STR("")).id.n, 0);
	CHECK_INT(given(w, "", STR("")).shown.small.n, 0);
	world_end(w);
}

TEST(addresses_of_no_picture)
{
	struct world *w = world(t);
	struct str large = given(w, "kuva.jpg", file_read(t->arena, A_PICTURE)).shown.large;

	CHECK_STATUS(w, NULL, "/picture/nothing", 404);
	CHECK_STATUS(w, NULL, "/picture/-640.jpg", 404);
	CHECK_STATUS(w, NULL, "/picture/00000000000000000000000000000000-640.jpg", 404);
	CHECK_INT(world_get(w, NULL, str_z(t->arena, str_sub(large, 0, large.n - 4))).status, 404);
	CHECK_INT(world_get(w, NULL, str_z(t->arena, str_sub(large, 0, large.n - 9))).status, 404);
	world_end(w);
}

/* It was refused while it arrived, so the words are those of the page that needs no database. */
TEST(a_picture_that_is_too_large_is_told_so)
{
	static const char *const words[] = {"enintään 16 megatavua", "högst 16 megabyte", "at most 16 megabytes"};
	const struct route route = {.body_bytes_max = PICTURE_BYTES_MAX};

	for (enum lang l = 0; l < LANG_COUNT; l++) {
		struct req r = {.arena = t->arena, .lang = l, .route = &route, .out = out_new(t->arena)};

		page_bare(&r, 413);
		CHECK(str_contains(out_text(&r.out), str_of(words[l])));
	}
}
