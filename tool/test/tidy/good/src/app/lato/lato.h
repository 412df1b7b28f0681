/* The barn. */
#ifndef APP_LATO_H
#define APP_LATO_H

extern const struct room lato_room;

#endif
