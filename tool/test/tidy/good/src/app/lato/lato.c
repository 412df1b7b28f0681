#include "app/lato/lato.h"

#include "app/kota/kota.h"
#include "app/kota/kota.rows.h"
#include "app/room.h"

#include "core/db/tx.h"

const struct room lato_room = {"lato", 0};
