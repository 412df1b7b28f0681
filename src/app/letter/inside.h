/* What the files of this room know of each other.
 * tidy: because the two letters, and what stops them, are told apart here. */
#ifndef APP_LETTER_INSIDE_H
#define APP_LETTER_INSIDE_H

#include "core/http/http.h"
#include "core/mail/letter.h"
#include "core/mail/mail.h"

#include "app/letter/letter.h"
#include "app/people/people.h"
#include "app/wheel/wheel.h"

#include "app/letter/letter.rows.h" /* generated */

struct job_context;

/* --- what somebody wants --- */

enum letter_kind { LETTER_MONDAY, LETTER_YEAR };

struct letter_wishes {
	bool monday, year;
};

struct letter_wishes letter_wishes_of(struct tx *tx, person_id person);

/* Where a mail program, or a person by a button, says that no more of a kind are wanted. Good for ever. */
struct str letter_off_address(struct tx *tx, person_id person, enum letter_kind kind, enum lang lang);

/* The end of such a letter: why it comes, and how it stops. Returns the mail, which a mail program can stop too. */
struct mail letter_finish(struct tx *tx, const struct person *to, struct said subject, struct letter *letter,
    struct said why, enum letter_kind kind);

/* --- Monday's --- */

/* Where one press says that an item was done; for four weeks from that day. */
struct str letter_press_address(struct tx *tx, person_id person, const struct wheel_due *due, struct date today,
    enum lang lang);

/* The letter of that day. False: there is nothing to say. */
bool letter_monday_mail(struct tx *tx, const struct person *to, struct date today, struct mail *mail);

/* The same, with an invented item for those who have nothing to see to. */
bool letter_monday_sample(struct tx *tx, const struct person *to, struct date today, struct mail *mail);

bool letter_monday_due(struct tx *tx);
void letter_monday_run(struct job_context *job);

/* --- of a year --- */

/* False: the person reads no campus, or wants none. */
bool letter_year_mail(struct tx *tx, const struct person *to, const struct school_year *year, struct mail *mail);

bool letter_year_due(struct tx *tx);
void letter_year_run(struct job_context *job);

/* --- some people at a time: batch.c --- */

enum { LETTERS_AT_ONCE = 20 };

struct letter_batch {
	struct date monday;      /* of Monday's letter */
	struct school_year year; /* of that of a year */
	struct person_list people;
	struct mail mail[LETTERS_AT_ONCE];
	bool says[LETTERS_AT_ONCE]; /* whether there is a mail for that person */
};

/* Sends until `make` fills no whole batch any more. Letters are made beside the writer, and queued in one go with the
 * mark of each that it was: `mark` says false for somebody who has the letter already. */
void letter_send(struct job_context *job, void (*make)(struct tx *tx, struct letter_batch *batch),
    bool (*mark)(struct tx *tx, const struct letter_batch *batch, person_id person));

/* --- for struct room --- */

extern const struct route letter_press_routes[], letter_wish_routes[];

#endif
