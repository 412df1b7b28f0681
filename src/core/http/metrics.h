/* What a machine that watches the service may ask, on loopback only. */
#ifndef CORE_METRICS_H
#define CORE_METRICS_H

#include <stdbool.h>

struct exchange;

/* Answers /health, /ready and /metrics; false: it is none of these, or not for this client. */
bool metrics_answer(struct exchange *e);

#endif
