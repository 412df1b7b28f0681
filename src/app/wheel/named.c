/* What the entries of the journal are about: mostly an item, else what it belongs to. */
#include "app/wheel/pages.h"

#include "core/db/tx.h"

#include "app/wheel/wheel.sql.h" /* generated */

static struct texts
year_named(struct tx *tx, school_year_id id)
{
	int64_t year;

	return school_year_named(tx, id, &year) ? texts_same(str_fmt(tx->arena, "%lld\u2013%lld", (long long)year,
	    (long long)year + 1)) : (struct texts){0};
}

static struct texts
import_named(struct tx *tx, wheel_import_id id)
{
	struct wheel_file_name file;

	return wheel_import_named(tx, id, &file) ? texts_same(file.name) : (struct texts){0};
}

/* A change by its item, something new by what it was called when it was proposed. */
static struct texts
proposal_named(struct tx *tx, wheel_proposal_id id)
{
	struct wheel_name named = {0};
	struct str title;

	if (wheel_suggestion_named(tx, id, &title))
		return texts_same(title);
	wheel_proposal_named(tx, id, &named);
	return named.name;
}

struct texts
wheel_named(struct tx *tx, const struct event *event, int64_t subject)
{
	struct wheel_name named = {0};

	if (event == &wheel_year_changed)
		return year_named(tx, (school_year_id){subject});
	if (event == &wheel_imported || event == &wheel_import_taken_back)
		return import_named(tx, (wheel_import_id){subject});
	if (event == &wheel_proposed || event == &wheel_proposal_settled)
		return proposal_named(tx, (wheel_proposal_id){subject});
	if (event == &wheel_thanked_event || event == &wheel_thanks_ended)
		wheel_answer_named(tx, (wheel_answer_id){subject}, &named);
	else if (event == &wheel_ring_saved)
		wheel_ring_named(tx, (wheel_ring_id){subject}, &named);
	else
		wheel_item_named(tx, (wheel_item_id){subject}, &named);
	return named.name;
}
