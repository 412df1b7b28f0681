#include "tool/tool_fuzz.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/need.h"

enum { CUT_MAX = 60, HANGS_S = 60 };

void
fuzz_next(struct arena *a)
{
	arena_reset(a);
	alarm(HANGS_S);
}

static uint64_t
chance(uint64_t *state) /* splitmix64 */
{
	uint64_t z = *state += 0x9E3779B97F4A7C15U;

	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
	return z ^ (z >> 31);
}

size_t
fuzz_below(uint64_t *state, size_t n)
{
	return n ? (size_t)(chance(state) % n) : 0;
}

/* The text with `cut` bytes at `at` replaced by `piece`. */
static struct str
spliced(struct arena *a, struct str s, size_t at, size_t cut, struct str piece)
{
	struct out o = out_new(a);

	out_str(&o, str_sub(s, 0, at));
	out_str(&o, piece);
	out_str(&o, str_sub(s, at + cut, s.n));
	return out_text(&o);
}

static struct str
one_of(uint64_t *state, const char *const *pieces)
{
	size_t n = 0;

	while (pieces[n])
		n++;
	return str_of(pieces[fuzz_below(state, n)]);
}

struct str
fuzz_changed(struct arena *a, uint64_t *state, struct str s, const char *const *pieces)
{
	size_t at = fuzz_below(state, s.n + 1), cut = fuzz_below(state, CUT_MAX);
	char byte = (char)fuzz_below(state, 256);

	switch (fuzz_below(state, 6)) {
	case 0: /* something goes */ return spliced(a, s, at, cut, STR(""));
	case 1: /* something comes */
	case 2: return spliced(a, s, at, 0, one_of(state, pieces));
	case 3: /* something stands elsewhere too */
		return spliced(a, s, at, 0, str_sub(s, fuzz_below(state, s.n + 1), cut));
	case 4: /* the end goes */ return fuzz_below(state, 8) ? s : str_sub(s, 0, at);
	default: /* a byte is another one */ return spliced(a, s, at, 1, (struct str){&byte, 1});
	}
}

struct str
fuzz_exact(struct str s)
{
	char *p = malloc(s.n ? s.n : 1);

	need(p);
	if (s.n)
		memcpy(p, s.p, s.n);
	return (struct str){p, s.n};
}

void
fuzz_free(struct str s)
{
	free((char *)(uintptr_t)s.p);
}

static const struct source *
source_called(const struct source *in, size_t n, struct str path)
{
	for (size_t i = 0; i < n; i++)
		if (str_is(path, in[i].path))
			return &in[i];
	return NULL;
}

void
fuzz_check(const struct run *run, const struct source *in, size_t n)
{
	struct str all = out_text(&run->complaints);
	int complaints = 0;

	while (all.n) {
		struct str line = str_cut(&all, '\n');
		const struct source *it = source_called(in, n, str_cut(&line, ':'));
		int64_t at_line = 0, at_column = 0;

		need(it);
		need(str_int(str_cut(&line, ':'), &at_line) && str_int(str_cut(&line, ':'), &at_column));
		need(at_line >= 1 && at_line <= place_at(it, it->text.n).line);
		need(at_column >= 1 && line.n > 1);
		complaints++;
	}
	need(complaints == run->mistakes);
}
