/* The words of a letter, written once: whoever reads mail as text and whoever reads it as HTML read the same. What is
 * built here is the body of a struct mail; it becomes both when the mail is sent. No pictures, nothing that tells who
 * read it; addresses stand bare in the text, in lines of at most 76 letters. */
#ifndef CORE_MAIL_LETTER_H
#define CORE_MAIL_LETTER_H

#include "lib/out.h"
#include "lib/str.h"
#include "lib/text.h"

struct letter {
	struct out o;
	enum lang lang;
};

struct letter letter_new(struct arena *a, enum lang lang);

/* Lines that follow each other are one paragraph; a gap ends it. */
void letter_line(struct letter *l, struct said words);
void letter_words(struct letter *l, struct str words); /* as somebody wrote them, maybe in several lines */
void letter_gap(struct letter *l);

void letter_heading(struct letter *l, struct said words);
void letter_name(struct letter *l, struct str words); /* what the lines below it are about */
void letter_item(struct letter *l, struct said words); /* of a list */
void letter_quote(struct letter *l, struct str words); /* to be copied */
void letter_link(struct letter *l, struct said words, struct str address);
void letter_button(struct letter *l, struct said words, struct str address);
void letter_small(struct letter *l, struct said words);

/* What was written, for struct mail. */
struct str letter_body(const struct letter *l);

/* The two ways to read a body. */
void letter_write_text(struct out *o, struct str body);
void letter_write_html(struct out *o, struct str body, struct str subject, enum lang lang);

#endif
