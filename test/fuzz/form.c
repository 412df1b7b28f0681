/* Bodies of forms, read into a form with a field of each type. Whatever comes, the struct keeps its
 * promises. */
#include "core/http/form.h"

#include "lib/typed.h"

#include "core/http/form_read.h"
#include "core/http/http.h"
#include "test/fuzz/fuzz.h"

struct fuzz_form {
	struct str t, l, e, p, c;
	int64_t n, r, s, b, h, m;
	struct maybe_int z;
	struct ids i, j;
	struct date d;
	bool k;
	struct texts x, y;
	struct form_picks q;
	struct form_words w;
};

static const struct choice fuzz_choices[] = {
    {.value = 1, .word = "a"}, {.value = 2, .word = "b"}, {.value = 3}};

#define FUZZ_AT(name) .offset = offsetof(struct fuzz_form, name)
#define FUZZ_CHOICES .choices = {fuzz_choices, 3}

static const struct form_field fuzz_fields[] = {
    {"t", FORM_TEXT, FUZZ_AT(t), .min = 2, .max = 9},
    {"l", FORM_LONG, FUZZ_AT(l)},
    {"e", FORM_EMAIL, FUZZ_AT(e)},
    {"p", FORM_PASSWORD, FUZZ_AT(p)},
    {"c", FORM_CODE, FUZZ_AT(c), .min = 6, .max = 6},
    {"n", FORM_INT, FUZZ_AT(n), .min = -5, .max = 50},
    {"r", FORM_CHOICE, FUZZ_AT(r), FUZZ_CHOICES},
    {"s", FORM_SELECT, FUZZ_AT(s), FUZZ_CHOICES},
    {"b", FORM_CHECKS, FUZZ_AT(b), FUZZ_CHOICES},
    {"h", FORM_HIDDEN, FUZZ_AT(h)},
    {"m", FORM_CHECKS, FUZZ_AT(m)},
    {"i", FORM_ANY, FUZZ_AT(i)},
    {"j", FORM_ANY, FUZZ_AT(j), FUZZ_CHOICES},
    {"d", FORM_DATE, FUZZ_AT(d)},
    {"z", FORM_TIME, FUZZ_AT(z)},
    {"k", FORM_CHECK, FUZZ_AT(k)},
    {"x", FORM_TEXTS, FUZZ_AT(x), .max = 9},
    {"y", FORM_TEXTS_LONG, FUZZ_AT(y)},
    {"q", FORM_EACH, FUZZ_AT(q), FUZZ_CHOICES},
    {"w", FORM_EACH_TEXT, FUZZ_AT(w), .max = 9},
};

static const struct form_spec fuzz_spec = FORM_SPEC("fuzz", struct fuzz_form, fuzz_fields);

static void
is_text(struct str s, size_t most, bool lines)
{
	need(str_is_utf8(s) && str_chars(s) <= most);
	need(str_find(s, '\r') == s.n && (lines || str_find(s, '\n') == s.n));
	need(s.n == 0 || (s.p[0] != ' ' && s.p[s.n - 1] != ' '));
}

static void
is_set(struct ids ids, int64_t most)
{
	for (size_t i = 0; i < ids.n; i++)
		need(ids.at[i] > (i ? ids.at[i - 1] : 0) && ids.at[i] <= most);
}

static void
is_right(struct arena *a, const struct fuzz_form *f)
{
	is_text(f->t, 9, false);
	need(f->t.n == 0 || str_chars(f->t) >= 2);
	is_text(f->l, 200, true);
	is_text(f->e, 200, false);
	need(f->e.n == 0 || typed_is_email(f->e));
	need(str_is_utf8(f->p) && str_chars(f->p) <= 200);
	need(f->c.n == 0 || f->c.n == 6);
	need(f->n >= -5 && f->n <= 50);
	need(f->r >= 0 && f->r <= 3 && f->s >= 0 && f->s <= 3 && f->b >= 0 && f->b <= 7);
	need(f->m >= 0 && f->m < INT64_C(1) << 62);
	is_set(f->i, INT64_MAX);
	is_set(f->j, 3);
	need(f->z.n >= 0 && f->z.n <= 1440 && (f->z.has || f->z.n == 0));
	need(f->d.day >= 0 && f->d.day <= date_of(9999, 12, 31).day);
	for (enum lang l = 0; l < LANG_COUNT; l++) {
		is_text(f->x.at[l], 9, false);
		is_text(f->y.at[l], 200, true);
	}
	for (size_t i = 0; i < f->q.n; i++)
		need(f->q.at[i].id > 0 && f->q.at[i].value >= 1 && f->q.at[i].value <= 3);
	for (size_t i = 0; i < f->w.n; i++) {
		need(f->w.at[i].id > 0 && f->w.at[i].text.n > 0 && !f->w.at[i].problem.text);
		is_text(f->w.at[i].text, 9, true);
		for (size_t k = 0; k < i; k++)
			need(f->w.at[k].id != f->w.at[i].id);
	}
	/* What was cleaned is clean. */
	need(str_eq(typed_text(a, f->t, false), f->t) && str_eq(typed_text(a, f->l, true), f->l));
}

static struct req
fuzz_request(struct arena *a)
{
	return (struct req){.arena = a, .today = date_of(2026, 11, 23)};
}

/* The form drawn from the struct and sent again is the same, as far as it is drawn. */
static void
comes_back(struct arena *a, const struct fuzz_form *f)
{
	struct req r = fuzz_request(a);
	struct form_state *s = form_show(&r, &fuzz_spec, f);
	const struct fuzz_form *again;
	struct pairs pairs = {ARENA_ARRAY(a, struct pair, fuzz_spec.fields), fuzz_spec.fields};

	for (size_t i = 0; i < pairs.n; i++)
		pairs.at[i] = (struct pair){str_of(fuzz_fields[i].name), s->value[i].at[0]};
	r = fuzz_request(a);
	form_read(&r, &fuzz_spec, &pairs);
	again = r.form;
	need(str_eq(f->t, again->t) && str_eq(f->l, again->l) && str_eq(f->e, again->e) &&
	    str_eq(f->c, again->c));
	need(f->n == again->n && f->r == again->r && f->s == again->s && f->h == again->h &&
	    f->d.day == again->d.day && f->z.has == again->z.has && f->z.n == again->z.n);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *a = fuzz_arena();
	struct req r = fuzz_request(a);
	struct pairs pairs;
	bool good;

	if (form_body(a, &fuzz_spec, STR("application/x-www-form-urlencoded"),
	    str_copy(a, (struct str){(const char *)data, n}), SIZE_MAX, &pairs) != 0)
		return 0;
	good = form_read(&r, &fuzz_spec, &pairs);
	need(good == (r.forms->problems == 0));
	is_right(a, r.form);
	for (size_t i = 0; i < fuzz_spec.fields; i++)
		said_plain(a, LANG_FI, r.forms->problem[i]);
	comes_back(a, r.form);
	form_refill(&r, &fuzz_spec, &pairs);
	need(r.forms->problems == 0);
	return 0;
}
