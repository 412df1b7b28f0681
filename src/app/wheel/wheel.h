/* The annual wheel: what recurs every school year, and what each campus says of it. */
#ifndef APP_WHEEL_H
#define APP_WHEEL_H

#include "core/actor.h"
#include "core/http/http.h"
#include "lib/date.h"
#include "lib/ids.h"
#include "lib/text.h"

#include "app/wheel/wheel.rows.h" /* generated */

struct arena;
struct json;
struct json_in;
struct room;

extern const struct room wheel_room;

/* tidy: because what the wheel promises is one subject and is read together. */

/* --- years --------------------------------------------------------------------------------------- */

/* The school year that begins in `year`; false if there is none, or if it is a draft that `who` may
 * not see. */
bool wheel_year_find(struct tx *tx, const struct actor *who, int64_t year, struct school_year *y);

/* The published or closed year in which `today` lies; failing that the newest one that `who` may see. */
bool wheel_year_now(struct tx *tx, const struct actor *who, struct date today, struct school_year *y);

struct span wheel_year_span(const struct school_year *y);

/* A new draft with the days of the provider's school year: its items copied from the year before with their
 * dates computed anew, or from the template for the first. TAKEN: that year is there already. */
enum verdict wheel_year_begin(struct tx *tx, const struct actor *who, int64_t year);

/* CONFLICT: the year was changed since `version`, or is not in the state this starts from. Closing turns
 * no answer into no information; reopening takes that back. */
enum verdict wheel_year_publish(struct tx *tx, const struct actor *who, int64_t year, int64_t version);
enum verdict wheel_year_close(struct tx *tx, const struct actor *who, int64_t year, int64_t version);
enum verdict wheel_year_reopen(struct tx *tx, const struct actor *who, int64_t year, int64_t version);

/* --- what a campus says -------------------------------------------------------------------------- */

/* How an item looks to a reader. */
enum wheel_sight {
	WHEEL_NO_ANSWER,
	WHEEL_WAITING,
	WHEEL_COMING,
	WHEEL_DONE,
	WHEEL_OUR_WAY,
	WHEEL_NOT_HERE,
	WHEEL_NO_INFORMATION
};

/* An item waits two weeks after its last day, and only signed-in people are told; the public reads
 * "no answer yet" throughout. In a closed year no answer is no information. `answer` may be NULL. */
enum wheel_sight wheel_sight(const struct school_year *y, struct date ends,
    const struct wheel_answer *answer, struct date today, bool signed_in);

struct wheel_answer_form {
	int64_t state;  /* enum wheel_answer_state */
	int64_t reason; /* enum wheel_answer_reason */
	struct str words;
	struct date starts, ends;
	int64_t version; /* of the answer that the form was drawn from; 0 if there was none */
};

/* Records what a campus (or, with campus 0, the provider) says of an item, in the language `lang`.
 * NOT_FOUND: the item is not for this campus, or nobody answers it. FORBIDDEN: the student body answers
 * its own items only. CONFLICT: someone answered since form->version, and their words stand. */
enum verdict wheel_answer(struct tx *tx, const struct actor *who, wheel_item_id item, campus_id campus,
    const struct wheel_answer_form *form, enum lang lang);

/* Takes the answer back to what it was before; nothing of the history is lost. */
enum verdict wheel_answer_undo(struct tx *tx, const struct actor *who, wheel_item_id item,
    campus_id campus, int64_t version);

/* Kiitos, and taking it back. NOT_FOUND: thanking oneself. FORBIDDEN: the year is closed. */
enum verdict wheel_thank(struct tx *tx, const struct actor *who, wheel_answer_id answer, bool thanks);

/* Whether `who` may answer: staff and coordinators all items of their campus, the student body's board
 * those it is responsible for. */
bool wheel_may_answer(struct tx *tx, const struct actor *who, const struct wheel_item *item,
    campus_id campus);

/* Whether an item is a person's: it names them, or a duty that they have on that campus; for campus 0, anywhere. */
struct person_duty_list;
bool wheel_is_of(person_id who, struct person_duty_list duties, person_id named, duty_id duty, campus_id campus);

/* Whether the item is for that campus. */
bool wheel_item_is_for(struct tx *tx, const struct wheel_item *item, campus_id campus);

/* --- what takes place more than once ----------------------------------------------------------------------- */

/* Days on which what repeats does not take place. */
struct wheel_off {
	const struct span *at;
	size_t n;
};

/* Those of a campus in a span: holidays and its breaks; of campus 0 the breaks that all campuses have at once. */
struct wheel_off wheel_off_of(struct tx *tx, campus_id campus, struct span days);

struct wheel_time_list {
	struct span *at;
	size_t n;
};

/* Each time that an item takes place, in order. The first always does; it goes on each week, or each month or second
 * month on the same weekday of the month, as in "the first Tuesday" (a fifth one is the last), until the last time that
 * begins by `last`, and leaves out times whose working days are all off. A campus that has days of its own goes on from
 * those. */
struct wheel_time_list wheel_times(struct arena *a, enum wheel_item_repeats repeats, struct span first,
    struct date last, struct wheel_off off);

/* The day by which the last time of what repeats begins: that day, or without one the year's last. */
struct date wheel_repeats_last(const struct school_year *y, struct date until);

/* --- what waits for somebody --------------------------------------------------------------------- */

enum wheel_when { WHEEL_ANOTHER_TIME, WHEEL_NOW, WHEEL_WAITS, WHEEL_COMES };

/* An item that somebody answers for, on a campus or, with campus 0, for the provider. */
struct wheel_due {
	wheel_item_id item;
	campus_id campus;
	int64_t year;
	person_id person; /* whose it is: theirs, or of somebody they stand in for */
	struct texts title;
	duty_id duty;
	struct span days; /* of what repeats those that are next */
	enum wheel_sight sight;
	bool open; /* nobody has said how it went */
	enum wheel_when when;
	struct wheel_answer answer; /* id 0: there is none */
};

struct wheel_due_list {
	struct wheel_due *at;
	size_t n;
};

/* What somebody sees to in the running year: now, waiting, or coming within a month; the campuses in their order, then
 * what is of the provider. */
struct wheel_due_list wheel_due_for(struct tx *tx, const struct actor *who, struct date today);

/* One of them, whenever it is. False: it is not there any more, or `who` may not answer it. */
bool wheel_due_find(struct tx *tx, const struct actor *who, struct date today, wheel_item_id item, campus_id campus,
    struct wheel_due *due);

/* What makes an item ready to use. */
struct wheel_material_list wheel_material(struct tx *tx, wheel_item_id item);

/* --- items --------------------------------------------------------------------------------------- */

struct wheel_item_form {
	struct texts title, sentence, description;
	int64_t ring, timing, week;
	struct str anchor; /* MM-DD */
	struct date starts, ends;
	int64_t repeats; /* enum wheel_item_repeats; none is no */
	struct date repeats_until;
	int64_t duty, person, answers, every;
	bool core;
	bool guardians; /* told to the guardians of students */
	int64_t measures; /* a bit for each measure, in the order of their keys */
	struct ids campuses; /* none is all */
	int64_t version;
};

/* The days that the form gives in that year; {0} when it gives none that lie in it. */
struct span wheel_item_days(const struct school_year *y, const struct wheel_item_form *form);

/* The ring in which an item of a campus, or of all with campus 0, stands unless somebody chooses another; none when no
 * ring is in use. */
wheel_ring_id wheel_ring_usual(struct tx *tx, campus_id campus);

/* Adds (item 0) or changes an item; campus 0 is the common wheel. The days must have been checked by
 * wheel_item_days. CONFLICT: it was changed since form->version. */
enum verdict wheel_item_save(struct tx *tx, const struct actor *who, const struct school_year *y,
    wheel_item_id *item, campus_id campus, const struct wheel_item_form *form);

/* Cancels an item or brings it back; nothing is deleted. */
enum verdict wheel_item_set_cancelled(struct tx *tx, const struct actor *who, wheel_item_id item,
    int64_t version, bool cancelled);

/* Whether `who` may edit the item: coordinators all, a campus's staff its own items, the student body's
 * board its items of the ring campus. */
bool wheel_may_edit(struct tx *tx, const struct actor *who, const struct wheel_item *item);

/* Whether that goes for where it belongs too: ring, responsible role and person, who answers, core, campuses. The
 * student body's board may not give its items away. */
bool wheel_may_place(const struct actor *who, const struct wheel_item *item);

/* --- a copied year looked through -------------------------------------------------------------------------- */

enum wheel_review_choice { WHEEL_REVIEW_KEEP = 1, WHEEL_REVIEW_EARLIER, WHEEL_REVIEW_LATER, WHEEL_REVIEW_DROP };

/* Settles what becomes of a copied item: it stays, is moved by a week, or is cancelled. NOT_FOUND: it is not of that
 * year. FORBIDDEN: it is another's. CONFLICT: it was not copied, or somebody has settled it since. INVALID: the week
 * lies outside the year. */
enum verdict wheel_review_settle(struct tx *tx, const struct actor *who, const struct school_year *y, wheel_item_id id,
    enum wheel_review_choice choice);

/* Opens it again: days and being cancelled go back to what copying had made; words that were edited stay. CONFLICT: it
 * is open. */
enum verdict wheel_review_undo(struct tx *tx, const struct actor *who, const struct school_year *y, wheel_item_id id);

/* Whoever edits or cancels an item has looked it through; nothing for what was not copied. */
void wheel_review_mark(struct tx *tx, const struct actor *who, wheel_item_id item, enum wheel_review_verdict verdict);

/* How much of a year nobody has looked through yet. */
int64_t wheel_review_left(struct tx *tx, school_year_id year);

/* For struct room: the rings of the template; and the demo's past and present, last year closed with its answers, this
 * year up to today. */
void wheel_load(struct tx *tx, struct json_in *in, const struct json *college, struct date today);
void wheel_load_world(struct tx *tx, struct json_in *in, const struct json *world, struct date today);
void wheel_load_suggestions(struct tx *tx, struct json_in *in, const struct json *world);

extern const struct event wheel_answered, wheel_thanked_event, wheel_thanks_ended, wheel_item_saved,
    wheel_item_cancelled, wheel_material_added, wheel_material_ended, wheel_proposed, wheel_proposal_settled,
    wheel_year_changed, wheel_reviewed, wheel_ring_saved;

#endif
