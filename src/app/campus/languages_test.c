/* Further languages: who writes them, what everybody reads, and from which side. */
#include "test/world.h"

#define ADMIN "/fi/admin/languages"

TEST(help_is_told_in_a_further_language_from_its_own_side)
{
	struct world *w = world(t);
	struct answered a;

	CHECK_STATUS(w, NULL, "/fi/languages/ar", 404);
	CHECK_INT(world_post(w, "aino", ADMIN "/new",
	    "tag=AR&name=العربية&what=مرحبا&whom=اتصل&how=&version=0").status, 303);
	CHECK_INT(world_post(w, "aino", ADMIN "/new",
	    "tag=uk&name=українська&what=Вітаємо&whom=Куратор&how=&version=0").status, 303);
	a = world_get(w, NULL, "/fi/languages/ar");
	CHECK_HOLDS(a, "<article lang=\"ar\" dir=\"rtl\">");
	CHECK_HOLDS(a, "مرحبا");
	CHECK_HOLDS(world_get(w, NULL, "/sv/languages/uk"), "<article lang=\"uk\" dir=\"ltr\">");
	a = world_get(w, NULL, "/fi/pohja");
	CHECK_HOLDS(a, "<a href=\"/fi/languages/ar\" lang=\"ar\" hreflang=\"ar\" dir=\"rtl\">العربية</a>");
	CHECK_HOLDS(world_get(w, NULL, "/en"), "/en/languages/uk");
	/* Hidden, it is nobody's any more, but not lost. */
	CHECK_INT(world_post(w, "aino", ADMIN "/ar/end", "version=1&ended=1").status, 303);
	CHECK_STATUS(w, NULL, "/fi/languages/ar", 404);
	CHECK_LACKS(world_get(w, NULL, "/fi"), "العربية");
	CHECK_INT(world_post(w, "aino", ADMIN "/ar/end", "version=1").status, 409);
	CHECK_INT(world_post(w, "aino", ADMIN "/ar/end", "version=2").status, 303);
	CHECK_STATUS(w, NULL, "/fi/languages/ar", 200);
	world_end(w);
}

TEST(a_further_language_is_one_that_is_not_there)
{
	struct world *w = world(t);
	const char *ar = "tag=ar&name=العربية&what=a&whom=b&version=0";
	struct answered a;

	CHECK_INT(world_post(w, "ilmari", ADMIN "/new", ar).status, 403);
	CHECK_INT(world_post(w, "aino", ADMIN "/new", ar).status, 303);
	a = world_post(w, "aino", ADMIN "/new", ar);
	CHECK_INT(a.status, 422);
	CHECK_HOLDS(a, "on jo luettelossa");
	a = world_post(w, "aino", ADMIN "/new", "tag=sv&name=svenska&what=a&whom=b&version=0");
	CHECK_INT(a.status, 422);
	CHECK_HOLDS(a, "koko palvelu on jo");
	a = world_post(w, "aino", ADMIN "/new", "tag=arabia&name=x&what=sanat&whom=b&version=0");
	CHECK_INT(a.status, 422);
	CHECK_HOLDS(a, "sanat</textarea>"); /* nothing is lost */
	CHECK_INT(world_post(w, "aino", ADMIN "/ar", "name=العربية&what=c&whom=d&version=1").status, 303);
	CHECK_INT(world_post(w, "aino", ADMIN "/ar", "name=العربية&what=e&whom=f&version=1").status, 409);
	CHECK_HOLDS(world_get(w, "aino", "/fi/admin/journal"), "muutti tekstiä muulla kielellä");
	world_end(w);
}
