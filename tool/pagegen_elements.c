#include <string.h>

#include "tool/pagegen.h"

#define V ELEMENT_VOID
#define P ELEMENT_ENDS_P
#define SVG ELEMENT_SVG
#define NO ELEMENT_REFUSED
#define HOLDS ELEMENT_STRUCTURE

/* Sorted by name. */
static const struct element elements[] = {
    {"a", 0, 0, 0},
    {"abbr", 0, 0, 0},
    {"address", P, 0, 0},
    {"applet", NO, 0, "it is obsolete"},
    {"area", V, 0, 0},
    {"article", P, 0, 0},
    {"aside", P, 0, 0},
    {"audio", 0, 0, 0},
    {"b", 0, 0, 0},
    {"base", NO, 0, "it changes what every link means"},
    {"bdi", 0, 0, 0},
    {"bdo", 0, 0, 0},
    {"blockquote", P, 0, 0},
    {"body", 0, " html ", 0},
    {"br", V, 0, 0},
    {"button", 0, 0, 0},
    {"canvas", 0, 0, 0},
    {"caption", 0, " table ", 0},
    {"center", NO, 0, "it is obsolete"},
    {"circle", SVG, 0, 0},
    {"cite", 0, 0, 0},
    {"clipPath", SVG, 0, 0},
    {"code", 0, 0, 0},
    {"col", V, " colgroup ", 0},
    {"colgroup", HOLDS, " table ", 0},
    {"data", 0, 0, 0},
    {"datalist", 0, 0, 0},
    {"dd", P, " dl div ", 0},
    {"defs", SVG, 0, 0},
    {"del", 0, 0, 0},
    {"desc", SVG, 0, 0},
    {"details", P, 0, 0},
    {"dfn", 0, 0, 0},
    {"dialog", P, 0, 0},
    {"div", P, 0, 0},
    {"dl", P | HOLDS, 0, 0},
    {"dt", P, " dl div ", 0},
    {"ellipse", SVG, 0, 0},
    {"em", 0, 0, 0},
    {"embed", NO, 0, "the policy of our pages forbids it"},
    {"fieldset", P, 0, 0},
    {"figcaption", P, " figure ", 0},
    {"figure", P, 0, 0},
    {"font", NO, 0, "it is obsolete"},
    {"footer", P, 0, 0},
    {"form", P, 0, 0},
    {"frame", NO, 0, "it is obsolete"},
    {"frameset", NO, 0, "it is obsolete"},
    {"g", SVG, 0, 0},
    {"h1", P, 0, 0},
    {"h2", P, 0, 0},
    {"h3", P, 0, 0},
    {"h4", P, 0, 0},
    {"h5", P, 0, 0},
    {"h6", P, 0, 0},
    {"head", HOLDS, " html ", 0},
    {"header", P, 0, 0},
    {"hgroup", P, 0, 0},
    {"hr", V | P, 0, 0},
    {"html", HOLDS, 0, 0},
    {"i", 0, 0, 0},
    {"iframe", NO, 0, "the policy of our pages forbids it"},
    {"image", SVG, 0, 0},
    {"img", V, 0, 0},
    {"input", V, 0, 0},
    {"ins", 0, 0, 0},
    {"kbd", 0, 0, 0},
    {"label", 0, 0, 0},
    {"legend", 0, " fieldset ", 0},
    {"li", P, " ul ol menu ", 0},
    {"line", SVG, 0, 0},
    {"linearGradient", SVG, 0, 0},
    {"link", V, 0, 0},
    {"main", P, 0, 0},
    {"map", 0, 0, 0},
    {"mark", 0, 0, 0},
    {"marker", SVG, 0, 0},
    {"marquee", NO, 0, "it is obsolete"},
    {"mask", SVG, 0, 0},
    {"menu", P | HOLDS, 0, 0},
    {"meta", V, 0, 0},
    {"meter", 0, 0, 0},
    {"nav", P, 0, 0},
    {"noembed", NO, 0, "it is obsolete"},
    {"noframes", NO, 0, "it is obsolete"},
    {"noscript", NO, 0, "browsers read it in two ways"},
    {"object", NO, 0, "the policy of our pages forbids it"},
    {"ol", P | HOLDS, 0, 0},
    {"optgroup", HOLDS, " select ", 0},
    {"option", ELEMENT_PLAIN, " select optgroup datalist ", 0},
    {"output", 0, 0, 0},
    {"p", P, 0, 0},
    {"path", SVG, 0, 0},
    {"pattern", SVG, 0, 0},
    {"picture", 0, 0, 0},
    {"plaintext", NO, 0, "it is obsolete"},
    {"polygon", SVG, 0, 0},
    {"polyline", SVG, 0, 0},
    {"pre", P | ELEMENT_KEEPS, 0, 0},
    {"progress", 0, 0, 0},
    {"q", 0, 0, 0},
    {"radialGradient", SVG, 0, 0},
    {"rect", SVG, 0, 0},
    {"rp", 0, " ruby ", 0},
    {"rt", 0, " ruby ", 0},
    {"ruby", 0, 0, 0},
    {"s", 0, 0, 0},
    {"samp", 0, 0, 0},
    {"script", ELEMENT_PLAIN, 0, 0},
    {"search", P, 0, 0},
    {"section", P, 0, 0},
    {"select", HOLDS, 0, 0},
    {"slot", NO, 0, "it is for scripts; the template's slot is {slot}"},
    {"small", 0, 0, 0},
    {"source", V, " picture video audio ", 0},
    {"span", 0, 0, 0},
    {"stop", SVG, 0, 0},
    {"strong", 0, 0, 0},
    {"style", NO, 0, "the policy of our pages forbids it: use the style sheet"},
    {"sub", 0, 0, 0},
    {"summary", P, " details ", 0},
    {"sup", 0, 0, 0},
    {"svg", 0, 0, 0},
    {"symbol", SVG, 0, 0},
    {"table", P | HOLDS, 0, 0},
    {"tbody", HOLDS, " table ", 0},
    {"td", 0, " tr ", 0},
    {"template", NO, 0, "it is for scripts"},
    {"text", SVG, 0, 0},
    {"textarea", ELEMENT_PLAIN | ELEMENT_KEEPS, 0, 0},
    {"tfoot", HOLDS, " table ", 0},
    {"th", 0, " tr ", 0},
    {"thead", HOLDS, " table ", 0},
    {"time", 0, 0, 0},
    {"title", ELEMENT_PLAIN, 0, 0},
    {"tr", HOLDS, " table thead tbody tfoot ", 0},
    {"track", V, " video audio ", 0},
    {"tspan", SVG, 0, 0},
    {"u", 0, 0, 0},
    {"ul", P | HOLDS, 0, 0},
    {"use", SVG, 0, 0},
    {"var", 0, 0, 0},
    {"video", 0, 0, 0},
    {"wbr", V, 0, 0},
    {"xmp", NO, 0, "it is obsolete"},
};

const struct element *
element_find(struct str name)
{
	size_t low = 0, high = sizeof elements / sizeof *elements;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int c = str_compare(name, str_of(elements[middle].name));

		if (c == 0)
			return &elements[middle];
		if (c < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

bool
has_word(const char *words, const char *word)
{
	size_t n = strlen(word);

	if (n == 0 || strchr(word, ' '))
		return false;
	for (const char *at = words; (at = strstr(at, word)); at++) {
		if (at > words && at[-1] == ' ' && at[n] == ' ')
			return true;
	}
	return false;
}

static bool
is_one_of(struct str name, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (str_is(name, list[i]))
			return true;
	}
	return false;
}

bool
is_url_attribute(struct str name)
{
	static const char *const urls[] = {"href", "src", "action", "formaction", "poster", "cite",
	    "xlink:href", "data", "background", "manifest"};

	return is_one_of(name, urls, sizeof urls / sizeof *urls);
}

bool
is_refused_attribute(struct str name, const char **why)
{
	if (str_starts(name, STR("on")))
		*why = "the policy of our pages forbids scripts in attributes";
	else if (str_is(name, "style"))
		*why = "the policy of our pages forbids it: use a class and the style sheet";
	else if (str_is(name, "srcdoc") || str_is(name, "http-equiv") || str_is(name, "ping") ||
	    str_is(name, "background") || str_is(name, "manifest") || str_is(name, "data"))
		*why = "it is of no use here and can do harm";
	else
		return false;
	return true;
}
