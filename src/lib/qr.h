/* A text as a QR code, for phones to read from a screen or a wall. */
#ifndef LIB_QR_H
#define LIB_QR_H

#include <stdbool.h>

#include "lib/out.h"
#include "lib/str.h"

/* Writes it as an SVG of class qr, black on white in any theme, with the quiet zone around it that readers need. It
 * stays readable with a seventh of it torn off (error correction M). False, and nothing written: the text is empty or
 * too long for any code. */
bool qr_svg(struct out *o, struct str text);

#endif
