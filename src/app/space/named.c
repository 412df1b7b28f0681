/* What the entries of the journal are about: a booking, a space, a calendar of somebody else. */
#include "app/space/inside.h"

#include "core/db/tx.h"

#include "app/space/space.sql.h" /* generated */

static struct texts
booking_named(struct tx *tx, space_booking_id id)
{
	struct texts title = {0};
	struct space_booking b;

	if (space_booking_by_id(tx, id, &b))
		title.at[b.language - SPACE_BOOKING_LANGUAGE_FI] = b.title;
	return title;
}

static struct texts
space_named_now(struct tx *tx, space_id id)
{
	struct space space;

	return space_by_id(tx, id, &space) ? space.name : (struct texts){0};
}

struct texts
space_named(struct tx *tx, const struct event *event, int64_t subject)
{
	struct space_name source;
	struct space_names broken;

	if (event == &space_saved || event == &space_hours_changed)
		return space_named_now(tx, (space_id){subject});
	if (event == &space_source_changed)
		return space_source_named(tx, (space_source_id){subject}, &source) ? texts_same(source.name)
		    : (struct texts){0};
	if (event == &space_fault_told || event == &space_fault_mended)
		return space_fault_named(tx, (space_fault_id){subject}, &broken) ? broken.name : (struct texts){0};
	return booking_named(tx, (space_booking_id){subject});
}
