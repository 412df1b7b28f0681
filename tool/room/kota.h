/* Say here what the room is for, in words that a college uses: notes that people leave for all to read. */
#ifndef APP_KOTA_H
#define APP_KOTA_H

struct room;

extern const struct room kota_room;

#endif
