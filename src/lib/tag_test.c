#include "lib/tag.h"

#include "test/test.h"

TEST(a_tag_is_written_as_is_usual_or_is_none)
{
	CHECK_STR(tag_of(t->arena, STR("ar")), "ar");
	CHECK_STR(tag_of(t->arena, STR(" KU-arab ")), "ku-Arab");
	CHECK_STR(tag_of(t->arena, STR("zh-hant-tw")), "zh-Hant-TW");
	CHECK_STR(tag_of(t->arena, STR("es-419")), "es-419");
	CHECK_STR(tag_of(t->arena, STR("")), "");
	CHECK_STR(tag_of(t->arena, STR("a")), "");
	CHECK_STR(tag_of(t->arena, STR("arabia")), "");
	CHECK_STR(tag_of(t->arena, STR("ar-")), "");
	CHECK_STR(tag_of(t->arena, STR("ar--EG")), "");
	CHECK_STR(tag_of(t->arena, STR("ar-EG-Arab")), "");
	CHECK_STR(tag_of(t->arena, STR("a1")), "");
	CHECK_STR(tag_of(t->arena, STR("../x")), "");
}

TEST(a_script_says_from_which_side_one_reads)
{
	CHECK(tag_is_rtl(STR("ar")));
	CHECK(tag_is_rtl(STR("fa-AF")));
	CHECK(tag_is_rtl(STR("ku-Arab")));
	CHECK(!tag_is_rtl(STR("ku")));
	CHECK(!tag_is_rtl(STR("uk")));
	CHECK(!tag_is_rtl(STR("ur-Latn")));
}
