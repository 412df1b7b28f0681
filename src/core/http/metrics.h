/* What a machine that watches the service may ask, on loopback only. */
#ifndef CORE_METRICS_H
#define CORE_METRICS_H

#include <stdbool.h>

struct exchange;

/* Answers /health and /metrics, and sees that /ready is; false: it is none of these, or not for this client. */
bool metrics_answer(struct exchange *e);
/* /ready, where reading is done: whether the database answers. */
void metrics_ready_step(struct exchange *e);

#endif
