/* What pages call of the server, made up for tests. */
#include "core/http/form.h"
#include "core/http/http.h"
#include "core/http/once.h"

static const struct form_field guest_fields[] = {{.name = "age"}, {.name = "name"}};
static const struct form_spec guest_spec = {.name = "guest", .field = guest_fields, .fields = 2};
static struct form_state guest_form = {.spec = &guest_spec};

struct form_state *
form_find(const struct req *r, const char *spec)
{
	(void)r;
	return str_is(str_of(spec), "guest") ? &guest_form : NULL;
}

size_t
form_field_index(const struct form_spec *spec, const char *name)
{
	size_t i = 0;

	while (!str_is(str_of(spec->field[i].name), name))
		i++;
	return i;
}

struct form_way
form_way_to(const struct req *r, struct str path)
{
	(void)r;
	return (struct form_way){str_is(path, "/picture"), str_is(path, "/plain")};
}

struct str
once_new(struct req *r, struct str path)
{
	return str_fmt(r->arena, "once for %.*s", STR_ARG(path));
}

bool
path_has(const struct req *r, const char *name)
{
	(void)r;
	return str_is(str_of(name), "campus");
}

struct str
path_fill(struct req *r, const char *pattern)
{
	return str_fmt(r->arena, "/%s%s", lang_code(r->lang), pattern + 7);
}

int64_t
route_place(const struct req *r)
{
	return r->place;
}
