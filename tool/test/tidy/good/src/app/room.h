/* A room. */
#ifndef APP_ROOM_H
#define APP_ROOM_H

struct room {
	const char *name;
	void (*show)(void);
};

#endif
