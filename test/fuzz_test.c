/* Replays the corpus of the fuzz targets, and every file of it cut short at each byte. */
#include <dirent.h>
#include <stdio.h>

#include "lib/out.h"
#include "test/test.h"

#define LLVMFuzzerTestOneInput fuzz_query
#include "test/fuzz/query.c"
#undef LLVMFuzzerTestOneInput
#define LLVMFuzzerTestOneInput fuzz_multipart
#include "test/fuzz/multipart.c"
#undef LLVMFuzzerTestOneInput
#define LLVMFuzzerTestOneInput fuzz_cookie
#include "test/fuzz/cookie.c"
#undef LLVMFuzzerTestOneInput
#define LLVMFuzzerTestOneInput fuzz_form
#include "test/fuzz/form.c"
#undef LLVMFuzzerTestOneInput
#define LLVMFuzzerTestOneInput fuzz_router
#include "test/fuzz/router.c"
#undef LLVMFuzzerTestOneInput
#define LLVMFuzzerTestOneInput fuzz_ical
#include "test/fuzz/ical.c"
#undef LLVMFuzzerTestOneInput
#define LLVMFuzzerTestOneInput fuzz_picture
#include "test/fuzz/picture.c"
#undef LLVMFuzzerTestOneInput
#define LLVMFuzzerTestOneInput fuzz_csv
#include "test/fuzz/csv.c"

static void
replay(struct test *t, const char *name, int (*target)(const uint8_t *data, size_t n))
{
	struct str folder = str_fmt(t->arena, "test/fuzz/corpus/%s", name);
	DIR *dir = opendir(str_z(t->arena, folder));
	struct dirent *entry;
	int files = 0;

	CHECK(dir != NULL);
	while (dir && (entry = readdir(dir)) != NULL) {
		struct out o = out_new(t->arena);
		FILE *file;
		int c;

		if (entry->d_name[0] == '.')
			continue;
		file = fopen(
		    str_z(t->arena, str_fmt(t->arena, "%.*s/%s", STR_ARG(folder), entry->d_name)),
		    "rb");
		CHECK(file != NULL);
		while (file && (c = getc(file)) != EOF)
			out_char(&o, (char)c);
		if (file)
			fclose(file);
		for (size_t n = 0; n < o.n; n++)
			target((const uint8_t *)o.p, n);
		CHECK_INT(target((const uint8_t *)o.p, o.n), 0);
		files++;
	}
	if (dir)
		closedir(dir);
	CHECK(files >= 10);
}

TEST(fuzz_corpus_of_addresses)
{
	replay(t, "query", fuzz_query);
}

TEST(fuzz_corpus_of_multipart_bodies)
{
	replay(t, "multipart", fuzz_multipart);
}

TEST(fuzz_corpus_of_cookies)
{
	replay(t, "cookie", fuzz_cookie);
}

TEST(fuzz_corpus_of_forms)
{
	replay(t, "form", fuzz_form);
}

TEST(fuzz_corpus_of_paths)
{
	replay(t, "router", fuzz_router);
}

TEST(fuzz_corpus_of_pictures)
{
	replay(t, "picture", fuzz_picture);
}

TEST(fuzz_corpus_of_calendars)
{
	replay(t, "ical", fuzz_ical);
}

TEST(fuzz_corpus_of_tables)
{
	replay(t, "csv", fuzz_csv);
}
