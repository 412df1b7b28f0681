/* The framework: the goals a college works for, the measures it takes, the results it looks for. */
#ifndef APP_FRAMEWORK_H
#define APP_FRAMEWORK_H

#include "app/framework/framework.rows.h" /* generated */

struct date;
struct json;
struct json_in;
struct room;
struct tx;

extern const struct room framework_room;

/* Measures in the order of their keys: M1, M2, … */
struct measure_list framework_measures(struct tx *tx);

/* The measure with this key; id 0 if there is none. */
struct measure framework_measure(struct tx *tx, struct str key);

/* For struct room: goals, measures, results and their links, from the framework that the product contains. */
void framework_load(struct tx *tx, struct json_in *in, const struct json *college, struct date today);

#endif
