#include "core/secret.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/arena.h"
#include "test/test.h"

static const unsigned char key[SECRET_BYTES] = "0123456789abcdef0123456789abcde";

TEST(a_signature_fits_its_text_and_purpose_only)
{
	struct str signature;

	secret_set(key);
	signature = secret_sign(t->arena, "once", STR("a text"));
	CHECK_INT(signature.n, 32);
	CHECK(secret_signed("once", STR("a text"), signature));
	CHECK(!secret_signed("flash", STR("a text"), signature));
	CHECK(!secret_signed("once", STR("another"), signature));
	/* Purpose and text do not run into each other. */
	CHECK(!secret_signed("oncea", STR(" text"), signature));
	CHECK(!secret_signed("onc", STR("ea text"), signature));
	CHECK(!secret_signed("once", STR("a text"), str_sub(signature, 0, 31)));
	CHECK(!secret_signed("once", STR("a text"), STR("")));
	CHECK(!secret_signed("once", STR("a text"), STR("!")));
}

TEST(a_seal_opens_unless_it_was_changed)
{
	struct str sealed, text;
	char *changed;

	secret_set(key);
	sealed = secret_seal(t->arena, "form", STR("words=metsäkävely"));
	CHECK(!str_contains(sealed, STR("words")));
	CHECK(secret_open(t->arena, "form", sealed, &text));
	CHECK_STR(text, "words=metsäkävely");
	CHECK(!secret_open(t->arena, "other", sealed, &text));
	changed = str_z(t->arena, sealed);
	changed[50] = changed[50] == 'a' ? 'b' : 'a';
	CHECK(!secret_open(t->arena, "form", str_of(changed), &text));
	CHECK(!secret_open(t->arena, "form", STR("abc"), &text));
	CHECK(secret_open(t->arena, "form", secret_seal(t->arena, "form", STR("")), &text));
	CHECK_INT(text.n, 0);
}

TEST(a_folder_keeps_one_secret_that_only_its_owner_reads)
{
	char folder[] = "/tmp/nuotio-secret-XXXXXX", why[300], path[100];
	struct str first;
	struct stat st;

	CHECK(mkdtemp(folder) != NULL);
	CHECK(secret_load(folder, why, sizeof why));
	first = secret_sign(t->arena, "x", STR("y"));
	CHECK(secret_load(folder, why, sizeof why));
	CHECK(secret_signed("x", STR("y"), first));
	snprintf(path, sizeof path, "%s/secret.key", folder);
	CHECK(stat(path, &st) == 0 && (st.st_mode & 0777) == 0600);
	CHECK(truncate(path, 5) == 0);
	CHECK(!secret_load(folder, why, sizeof why));
	unlink(path);
	rmdir(folder);
	CHECK(!secret_load(folder, why, sizeof why));
}
