#include "app/kota/kota.h"

#include "app/lato/lato.h"
#include "app/lato/lato.sql.h"
#include "core/config.h"
#include "core/db/fixture.h"
#include "main.h"
#include "test/test.h"

TEST(the_hut_is_shown)
{
	kota_room.show();
	config();
	str_cut();
	system("true");
}
