#include "lib/tag.h"

#include <string.h>

#include "lib/arena.h"
#include "lib/out.h"

enum { SCRIPT_CHARS = 4 };

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
all(struct str s, bool (*is)(char c))
{
	for (size_t i = 0; i < s.n; i++)
		if (!is(s.p[i]))
			return false;
	return true;
}

static char
upper(char c)
{
	return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

static bool
is_script(struct str part)
{
	return part.n == SCRIPT_CHARS && all(part, is_letter);
}

static bool
is_region(struct str part)
{
	return (part.n == 2 && all(part, is_letter)) || (part.n == 3 && all(part, is_digit));
}

struct str
tag_of(struct arena *a, struct str typed)
{
	struct str rest = str_lower_ascii(a, str_trim(typed)), language = str_cut(&rest, '-');
	bool script = false, region = false, ends = str_ends(typed, STR("-"));
	struct out o = out_new(a);

	if (ends || (language.n != 2 && language.n != 3) || !all(language, is_letter))
		return STR("");
	out_str(&o, language);
	while (rest.n) {
		struct str part = str_cut(&rest, '-');

		out_char(&o, '-');
		if (is_script(part) && !script && !region) {
			script = true;
			out_char(&o, upper(part.p[0]));
			out_str(&o, str_sub(part, 1, part.n));
		} else if (is_region(part) && !region) {
			region = true;
			for (size_t i = 0; i < part.n; i++)
				out_char(&o, upper(part.p[i]));
		} else {
			return STR("");
		}
	}
	return out_text(&o);
}

static bool
is_one_of(struct str word, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_is(word, list[i]))
			return true;
	return false;
}

#define IS_ONE_OF(word, list) is_one_of(word, list, sizeof(list) / sizeof *(list))

bool
tag_is_rtl(struct str tag)
{
	static const char *const scripts[] = {"Adlm", "Arab", "Hebr", "Nkoo", "Rohg", "Syrc", "Thaa"};
	static const char *const languages[] = {"ar", "arc", "ckb", "dv", "fa", "he", "nqo", "prs", "ps", "sd", "syr",
	    "ug", "ur", "yi"};
	struct str rest = tag, language = str_cut(&rest, '-'), script = str_cut(&rest, '-');

	if (is_script(script))
		return IS_ONE_OF(script, scripts);
	return IS_ONE_OF(language, languages);
}
