/* For the server only: from the body of a POST to the struct of its form. */
#ifndef CORE_FORM_READ_H
#define CORE_FORM_READ_H

#include "core/http/form.h"
#include "core/http/query.h"

/* The fields of a body that is sent to a form of that spec, which may be NULL. Returns 0, or the status to refuse it
 * with: 400 if it is malformed, 415 if it is no form, or holds a file that the form has no field for, 413 if what is no
 * file is longer than `text_max`. What it finds may point into the body. */
int form_body(struct arena *a, const struct form_spec *spec, struct str content_type, struct str body,
    size_t text_max, struct pairs *pairs);

/* Fills r->form and puts the form, as it was typed, first among r->forms. False: something is wrong
 * with it, said in the state. Fields that were not sent read as empty; names that the form has not
 * are ignored. */
bool form_read(struct req *r, const struct form_spec *spec, const struct pairs *pairs);

/* Puts the form, as it was typed, first among r->forms and leaves r->form alone. Nothing is said to
 * be wrong: its person has not sent it again yet. */
void form_refill(struct req *r, const struct form_spec *spec, const struct pairs *pairs);

/* For form.c and form_read.c: a form of that spec, empty, first among r->forms. */
struct form_state *form_state_new(struct req *r, const struct form_spec *spec);
/* What stands in the HTML for a choice. */
struct str form_choice_word(struct arena *a, const struct choice *choice);

#endif
