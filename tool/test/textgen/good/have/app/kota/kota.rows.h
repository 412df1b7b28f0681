/* What sqlgen would write. */
#pragma once
enum kota_state { KOTA_STATE_NONE, KOTA_STATE_OPEN, KOTA_STATE_CLOSED, KOTA_STATE_BURNING };
enum kota_weather { KOTA_WEATHER_NONE, KOTA_WEATHER_SUN, KOTA_WEATHER_OTHER };
