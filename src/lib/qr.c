#include "lib/qr.h"

#include <qrencode.h>

enum { QUIET = 4 }; /* modules, by the standard */

/* One line of the drawing for each row of modules that are dark side by side. */
static void
write_row(struct out *o, const unsigned char *row, int width, int y)
{
	for (int x = 0, run; x < width; x += run) {
		for (run = 1; x + run < width && (row[x + run] & 1) == (row[x] & 1); run++)
			;
		if (row[x] & 1)
			out_fmt(o, "M%d %d.5h%d", x, y, run);
	}
}

bool
qr_svg(struct out *o, struct str text)
{
	QRcode *code = text.n ? QRcode_encodeData((int)text.n, (const unsigned char *)text.p, 0, QR_ECLEVEL_M) : NULL;
	int side;

	if (!code)
		return false;
	side = code->width + 2 * QUIET;
	out_fmt(o, "<svg class=\"qr\" aria-hidden=\"true\" focusable=\"false\" viewBox=\"-%d -%d %d %d\" "
	    "shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M-%d-%dh%dv%dh-%dz\"/><path stroke=\"#000\" d=\"",
	    QUIET, QUIET, side, side, QUIET, QUIET, side, side, side);
	for (int y = 0; y < code->width; y++)
		write_row(o, code->data + y * code->width, code->width, y);
	out_lit(o, "\"/></svg>");
	QRcode_free(code);
	return true;
}
