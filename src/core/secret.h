/* The server's secret: 32 random bytes in the data folder, from which every signature and seal is
 * derived. */
#ifndef CORE_SECRET_H
#define CORE_SECRET_H

#include <stdbool.h>
#include <stddef.h>

#include "lib/str.h"

struct arena;

enum { SECRET_BYTES = 32 };

/* Reads the secret of a data folder, or makes one (mode 0600). False when the folder does not let
 * it; `why` is then a sentence. To be called once, before threads start. */
bool secret_load(const char *folder, char *why, size_t why_n);

/* For tests and tools, and for nodes that share one: any 32 bytes. */
void secret_set(const unsigned char key[SECRET_BYTES]);

/* The signature of a text for a purpose ("once", "flash"): 32 letters that are safe in an address.
 * Signatures of different purposes never fit each other. */
struct str secret_sign(struct arena *a, const char *purpose, struct str text);
bool secret_signed(const char *purpose, struct str text, struct str signature);

/* Text that only this server can read again, as letters that are safe in a form. */
struct str secret_seal(struct arena *a, const char *purpose, struct str text);
/* False if it was changed, or sealed for another purpose. */
bool secret_open(struct arena *a, const char *purpose, struct str sealed, struct str *text);

#endif
