/* Spaces have pictures. */
#include "lib/arena.h"
#include "test/world.h"

#define LAITURI "/fi/ranta/space/laituri"
#define GIVE(version) "picture=@test/data/picture.jpg&alt_fi=Sohvat+ikkunan+edess%C3%A4&version=" version

/* The address of a picture on the page, behind "src" or "href". */
static const char *
address_in(struct answered page, struct arena *a, const char *attribute)
{
	struct answered part = world_part(page, str_z(a, str_fmt(a, "%s=\"/picture/", attribute)), "\"");

	return str_z(a, str_fmt(a, "/picture/%.*s", STR_ARG(part.body)));
}

TEST(a_space_gets_a_picture)
{
	struct world *w = world(t);
	struct answered page, picture;

	CHECK_STATUS(w, "kerttu", LAITURI "/edit/picture", 403);
	CHECK_INT(world_post(w, "kerttu", LAITURI "/edit/picture", GIVE("1")).status, 403);
	CHECK_LACKS(world_get(w, NULL, LAITURI), "<img src=\"/picture/");
	CHECK_HOLDS(world_get(w, "aino", LAITURI "/edit/picture"), "enctype=\"multipart/form-data\"");
	CHECK_INT(world_post(w, "aino", LAITURI "/edit/picture", GIVE("1")).status, 303);
	page = world_get(w, NULL, LAITURI);
	CHECK_HOLDS(page, "alt=\"Sohvat ikkunan edessä\" width=\"640\" height=\"480\"");
	picture = world_get(w, NULL, address_in(page, t->arena, "src"));
	CHECK_INT(picture.status, 200);
	CHECK_STR(picture.type, "image/jpeg");
	CHECK(!str_contains(picture.body, STR("Exif")));
	CHECK_INT(world_get(w, NULL, address_in(page, t->arena, "href")).status, 200);
	CHECK_HOLDS(world_get(w, "aino", "/fi/admin/journal"), "picture_fi: Sohvat");
	world_end(w);
}

TEST(words_and_picture_change_apart)
{
	struct world *w = world(t);
	struct answered a;
	const char *was;

	a = world_post(w, "aino", LAITURI "/edit/picture", "alt_fi=Sohvat&version=1");
	CHECK_INT(a.status, 422);
	CHECK_HOLDS(a, "Valitse kuva.");
	CHECK_INT(world_post(w, "aino", LAITURI "/edit/picture", GIVE("1")).status, 303);
	was = address_in(world_get(w, NULL, LAITURI), t->arena, "src");
	CHECK_INT(world_post(w, "aino", LAITURI "/edit/picture", "alt_fi=Penkit&version=2").status, 303);
	a = world_get(w, NULL, LAITURI);
	CHECK_HOLDS(a, "alt=\"Penkit\"");
	CHECK_STR(str_of(address_in(a, t->arena, "src")), was);
	/* the later of two */
	CHECK_INT(world_post(w, "aino", LAITURI "/edit/picture", GIVE("2")).status, 409);
	CHECK_INT(world_post(w, "aino", LAITURI "/edit/picture/drop", "version=2").status, 409);
	CHECK_INT(world_post(w, "aino", LAITURI "/edit/picture/drop", "version=3").status, 303);
	CHECK_LACKS(world_get(w, NULL, LAITURI), "<img src=\"/picture/");
	world_end(w);
}

TEST(what_is_no_picture_of_a_space_is_told_at_its_field)
{
	struct world *w = world(t);
	struct answered a = world_post(w, "aino", LAITURI "/edit/picture", "picture=@LICENSE&alt_fi=Sohvat&version=1");

	CHECK_INT(a.status, 422);
	CHECK_HOLDS(a, "Tätä tiedostoa ei voi lukea kuvana.");
	CHECK_HOLDS(a, "value=\"Sohvat\"");
	CHECK_HOLDS(a, "Valitse tiedosto uudelleen: LICENSE");
	CHECK_LACKS(world_get(w, NULL, LAITURI), "<img src=\"/picture/");
	world_end(w);
}

/* Gone at once, not only from the page; but not while another space shows the same. */
TEST(a_picture_that_no_space_shows_is_erased)
{
	struct world *w = world(t);
	const char *kulma = "/fi/pohja/space/kulma", *address;

	CHECK_INT(world_post(w, "aino", LAITURI "/edit/picture", GIVE("1")).status, 303);
	CHECK_INT(world_post(w, "aino", "/fi/pohja/space/kulma/edit/picture", GIVE("1")).status, 303);
	address = address_in(world_get(w, NULL, LAITURI), t->arena, "src");
	CHECK_INT(world_post(w, "aino", LAITURI "/edit/picture/drop", "version=2").status, 303);
	CHECK_INT(world_get(w, NULL, address).status, 200);
	CHECK_HOLDS(world_get(w, NULL, kulma), "<img src=\"/picture/");
	CHECK_LACKS(world_get(w, "aino", "/fi/admin/journal"), "Kuva poistettiin pysyvästi");
	/* another one takes its place */
	CHECK_INT(world_post(w, "aino", "/fi/pohja/space/kulma/edit/picture",
	    "picture=@test/data/other.png&alt_fi=Penkit&version=2").status, 303);
	CHECK_INT(world_get(w, NULL, address).status, 404);
	CHECK_HOLDS(world_get(w, "aino", "/fi/admin/journal"), "Kuva poistettiin pysyvästi");
	address = address_in(world_get(w, NULL, kulma), t->arena, "src");
	CHECK_INT(world_get(w, NULL, address).status, 200);
	/* its words alone change nothing of it */
	CHECK_INT(world_post(w, "aino", "/fi/pohja/space/kulma/edit/picture", "alt_fi=Lava&version=3").status, 303);
	CHECK_INT(world_get(w, NULL, address).status, 200);
	CHECK_INT(world_post(w, "aino", "/fi/pohja/space/kulma/edit/picture/drop", "version=4").status, 303);
	CHECK_INT(world_get(w, NULL, address).status, 404);
	world_end(w);
}
