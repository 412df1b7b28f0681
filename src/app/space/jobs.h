/* What happens to bookings by itself, for struct room: whether there is something to do, and doing it. */
#ifndef APP_SPACE_JOBS_H
#define APP_SPACE_JOBS_H

#include <stdbool.h>

struct tx;

/* Asks whether they will come, so many hours before as the space says. */
bool space_ask_due(struct tx *tx);
void space_ask(struct tx *tx);
/* Frees what nobody confirmed in half of that time, and what nobody came to. */
bool space_free_due(struct tx *tx);
void space_free_unused(struct tx *tx);
/* Offers that nobody took, and times that are no longer held, go to whoever waits for them. */
bool space_pass_due(struct tx *tx);
void space_pass_on(struct tx *tx);
/* Forgets what was being filled in a day ago. */
bool space_tidy_due(struct tx *tx);
void space_tidy(struct tx *tx);
/* Ends requests whose time begins before anybody has answered. */
bool space_lapse_due(struct tx *tx);
void space_lapse(struct tx *tx);
/* Reminds those who answer, in the morning of the day that was promised and each day after it. */
bool space_remind_due(struct tx *tx);
void space_remind_all(struct tx *tx);

#endif
