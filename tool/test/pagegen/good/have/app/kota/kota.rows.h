#ifndef APP_KOTA_ROWS_H
#define APP_KOTA_ROWS_H

enum kota_fire { KOTA_FIRE_NONE, KOTA_FIRE_COLD, KOTA_FIRE_WARM };

#endif
