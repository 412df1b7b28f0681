/* What stands around every page: its frame, and small things that pages of all rooms are made of. It knows no
 * college: `home` fills the frame.
 * tidy: because the frame and its small parts are drawn together. */
#ifndef APP_PAGE_H
#define APP_PAGE_H

#include "core/http/form.h"
#include "core/http/http.h"
#include "core/http/page.h"
#include "lib/text.h"

/* A link with words that come from the database or a text. */
struct link {
	struct str words, address;
	bool current;
	enum lang lang; /* of the words, for links to other languages */
	int64_t color;  /* of a campus, else 0 */
	int64_t waiting; /* how much waits behind it */
};

struct link_list {
	struct link *at;
	size_t n;
};

/* A line of a drop-down list. */
struct option {
	struct str value, words;
	bool chosen;
};

struct option_list {
	struct option *at;
	size_t n;
};

/* Choices as options, one of them chosen by its value. */
struct option_list page_options(struct req *r, struct choices choices, int64_t chosen);

/* Where a student gets help. */
struct frame_help {
	struct texts who, hours, ask;
	struct str contact, address; /* address: tel: or mailto:, empty for walking in */
	struct str languages;
	struct said how;
};

struct frame_help_list {
	struct frame_help *at;
	size_t n;
};

struct frame {
	struct texts provider;
	struct texts place;  /* the campus, empty on pages of the provider */
	bool place_words, at_provider, at_home; /* at_home: this is the front page */
	int64_t color;       /* of the campus, 1 to 8; 0 without */
	struct str home;     /* the front page of the campus or provider */
	struct str top;      /* the front page of the provider */
	struct link_list campuses, nav, languages;
	struct frame_help_list help;
	struct str person, given, me, sign_in; /* person, and its first name, are empty for those not signed in */
	struct str here;     /* the address of this page, for coming back */
};

/* The frame of the running request, filled when it is first asked for. */
const struct frame *page_frame(struct req *r);

/* Whether the title is the provider's name, which need not be said twice. */
bool page_is_provider_name(struct req *r, struct str title);
/* "light", "dark" or "auto". */
struct str page_theme(const struct req *r);
/* A flash, or the reason of a refusal, is shown once at the top, or `below` by the page itself. */
bool page_has_flash(const struct req *r, bool below);
/* "true" or "false", for data attributes. */
struct str page_yes(bool yes);
/* A text without parameters in the reader's language. */
struct str page_words(const struct req *r, const struct text *text);
/* Whether that form was refused and holds what was typed. */
bool page_form_is_typed(const struct req *r, const char *spec);
/* An address of this request, filled in, with a query behind it. */
struct str page_with_query(struct req *r, const char *pattern, struct str query);
/* An address below another: page_under(r, "/fi/diary/3", "/remove"). */
struct str page_under(struct req *r, struct str address, const char *what);
/* What dials a number as people write it: "tel:+358…"; empty for none. */
struct str page_call_address(const struct req *r, struct str number);
/* A page of ours as a code for a phone, and what one would type: "nuotio.example.fi/fi/pohja/space/kulma". */
struct markup page_code(struct req *r, struct str path);
struct str page_letters(struct req *r, struct str path);
/* An address of the build's assets. */
struct str page_asset(const char *path);

/* At the top of a form that was refused: what needs mending, each a link to its field. */
void page_problems(struct req *r, const char *spec);

/* The field of one thing of a FORM_EACH_TEXT, for {use field_input} or, of a longer text, {use field_long}. */
struct field_view;
struct field_view page_field_of(struct req *r, const struct form_state *form, const char *field, int64_t thing,
    struct said label);
/* "ruotsiksi": behind what is said in that language, or is to be. */
struct str page_in_language(const struct req *r, enum lang lang);

/* What waits for the reader, of all rooms; nothing when nothing does. */
void page_draw_todo(struct req *r);

/* A table that people take with them, for their spreadsheet. `word` is "csv" or "xlsx"; false: another. The routes are
 * slow. */
enum page_sheet_form { PAGE_SHEET_CSV, PAGE_SHEET_XLSX };
struct sheet;
bool page_sheet_form(struct str word, enum page_sheet_form *form);
void page_sheet(struct req *r, const struct sheet *sheet, enum page_sheet_form form, struct str filename);

/* The room's own route: the theme switch. */
struct room;
extern const struct room page_room;

/* Hooks for struct http_app. */
void page_error(struct req *r, int status);
/* The same without the database. */
void page_bare(struct req *r, int status);
/* Beside every long text it says that nothing is written about an individual student. */
void page_draw_field(struct req *r, const struct form_state *form, size_t field);
struct said page_verdict_words(enum verdict v);

#endif
