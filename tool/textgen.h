/* Inside textgen: what one run knows of texts, enums and rights.
 * tidy: because each part of the compiler works on what the others found. */
#ifndef TOOL_TEXTGEN_H
#define TOOL_TEXTGEN_H

#include "tool/tool.h"

enum { LANGS = 3, PARAMS_MAX = 6, SLOTS_MAX = 8, LITERAL_BYTES_MAX = 65535 };

extern const char *const lang_codes[LANGS];

/* An enum whose words may choose the form of a text: from OUT/enums.sym, or one of the two of our
 * own. */
struct word_enum {
	struct str name, header;
	struct str *word;
	size_t n;
	struct str prefix; /* of its constants: WHEEL_ANSWER_STATE */
	bool none;         /* it has a first value NONE that no row holds */
};

/* What a parameter may be. */
struct param_type {
	const char *name;     /* as written: INT */
	const char *constant; /* TEXT_INT */
	const char *c;        /* int64_t */
	const char *field;    /* of struct text_arg */
};

struct param {
	struct str name;
	struct str type_name;
	size_t at; /* offset in the source */
	const struct param_type *type;
	const struct word_enum *words; /* of an enum */
	bool used[LANGS];
};

enum part_kind { PART_LITERAL, PART_PARAM, PART_OPEN, PART_CLOSE };

struct part {
	enum part_kind kind;
	size_t number; /* of the parameter or slot */
	struct str text;
};

/* One form in one language: `fi one   {n} vastaus`. */
struct form {
	int lang;
	struct str word; /* empty, or one, other, or a word of the enum */
	size_t at;
	int line;
	size_t slots[SLOTS_MAX]; /* how often each slot stands in it */
	struct part *part;
	size_t parts, cap;
};

struct block {
	const struct source *in;
	struct str key;
	size_t at;
	int line;
	struct param param[PARAMS_MAX];
	size_t params;
	bool broken; /* its first line was wrong: what follows from it is not complained of */
	struct str slot[SLOTS_MAX];
	size_t slots;
	struct form *form;
	size_t forms, cap;
	int chooser; /* -1, or the parameter that chooses the form */
};

struct texts_run {
	struct run *run;
	const char *src;
	const struct word_enum *word_enum;
	size_t word_enums;
	struct block *block; /* as they stand in the sources */
	size_t blocks, cap;
	struct block **sorted; /* by key */
};

/* Whether the form is chosen by an enum's word. */
bool chosen_by_word(const struct block *b);

/* textgen_enums.c: the enums of OUT/enums.sym (empty if there is none), and role and lang. */
void enums_read(struct texts_run *t, struct str sym);

/* textgen_read.c: adds the blocks of a file to t. */
void texts_read(struct texts_run *t, const struct source *in);

/* textgen_check.c: complains about blocks that are not whole, and about keys that clash. Fills
 * t->sorted. */
void texts_check(struct texts_run *t);

/* textgen_write.c: the files made of one source, and those made of all. */
void texts_write_source(struct texts_run *t, const struct source *in, struct out *header,
    struct out *c);
void texts_write_all(struct texts_run *t, const struct source *in, size_t n, struct out *header,
    struct out *c, struct out *sym);

/* Text for inside a comment: whatever would end or begin one is taken apart. */
void out_comment(struct out *o, struct str s);

/* textgen_rights.c: rights.tbl. */
struct rights_out {
	struct out header, c, sym;
};
void rights_compile(struct run *run, const struct source *in, struct rights_out *out);
extern const char *const role_names[];
extern const size_t role_count;

/* textgen_fuzz.c: n inputs made of a good one by chance; returns the exit status. */
int texts_fuzz(uint64_t seed, int64_t n);

#endif
