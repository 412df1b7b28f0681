#include "core/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lib/arena.h"
#include "lib/need.h"

enum { SIGNATURE_BYTES = 24, VARIANT = sodium_base64_VARIANT_URLSAFE_NO_PADDING };

static unsigned char secret[SECRET_BYTES];
static bool is_set;

void
secret_set(const unsigned char key[SECRET_BYTES])
{
	need(sodium_init() >= 0);
	memcpy(secret, key, SECRET_BYTES);
	is_set = true;
}

/* A new secret gets its name only when it is whole and on disk. */
static bool
make(const char *path)
{
	char fresh[4096];
	bool good;
	int fd;

	snprintf(fresh, sizeof fresh, "%s.%d", path, (int)getpid());
	fd = open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return false;
	randombytes_buf(secret, sizeof secret);
	good = write(fd, secret, sizeof secret) == (ssize_t)sizeof secret && fsync(fd) == 0;
	good = close(fd) == 0 && good;
	if (good && link(fresh, path) != 0 && errno != EEXIST)
		good = false;
	unlink(fresh);
	return good;
}

bool
secret_load(const char *folder, char *why, size_t why_n)
{
	char path[4000];
	ssize_t n;
	int fd;

	need(sodium_init() >= 0);
	snprintf(path, sizeof path, "%s/secret.key", folder);
	if (access(path, F_OK) != 0 && !make(path)) {
		snprintf(why, why_n, "%s cannot be written: %s", path, strerror(errno));
		return false;
	}
	fd = open(path, O_RDONLY | O_CLOEXEC);
	n = fd < 0 ? -1 : read(fd, secret, sizeof secret);
	if (fd >= 0)
		close(fd);
	if (n != (ssize_t)sizeof secret) {
		snprintf(why, why_n, "%s is not a secret of %d bytes", path, SECRET_BYTES);
		return false;
	}
	is_set = true;
	return true;
}

static void
derive(const char *purpose, unsigned char key[SECRET_BYTES])
{
	need(is_set);
	need(crypto_generichash(key, SECRET_BYTES, (const unsigned char *)purpose, strlen(purpose),
		 secret, sizeof secret) == 0);
}

static struct str
base64(struct arena *a, const unsigned char *bytes, size_t n)
{
	size_t size = sodium_base64_ENCODED_LEN(n, VARIANT);
	char *p = arena_bytes(a, size);

	sodium_bin2base64(p, size, bytes, n, VARIANT);
	return (struct str){p, size - 1};
}

/* The purpose stands before the text, up to its NUL: cheaper than a key of its own for each. */
static void
sign(const char *purpose, struct str text, unsigned char signature[SIGNATURE_BYTES])
{
	crypto_generichash_state state;

	need(is_set);
	need(crypto_generichash_init(&state, secret, sizeof secret, SIGNATURE_BYTES) == 0);
	need(crypto_generichash_update(&state, (const unsigned char *)purpose, strlen(purpose) + 1) == 0);
	need(crypto_generichash_update(&state, (const unsigned char *)text.p, text.n) == 0);
	need(crypto_generichash_final(&state, signature, SIGNATURE_BYTES) == 0);
}

struct str
secret_sign(struct arena *a, const char *purpose, struct str text)
{
	unsigned char signature[SIGNATURE_BYTES];

	sign(purpose, text, signature);
	return base64(a, signature, sizeof signature);
}

bool
secret_signed(const char *purpose, struct str text, struct str signature)
{
	unsigned char wanted[SIGNATURE_BYTES], got[SIGNATURE_BYTES];
	size_t n;

	if (sodium_base642bin(got, sizeof got, signature.p ? signature.p : "", signature.n, NULL,
		&n, NULL, VARIANT) != 0 ||
	    n != sizeof got)
		return false;
	sign(purpose, text, wanted);
	return sodium_memcmp(wanted, got, sizeof wanted) == 0;
}

struct str
secret_seal(struct arena *a, const char *purpose, struct str text)
{
	size_t n = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + text.n;
	unsigned char key[SECRET_BYTES], *sealed = (unsigned char *)arena_bytes(a, n);

	derive(purpose, key);
	randombytes_buf(sealed, crypto_secretbox_NONCEBYTES);
	need(crypto_secretbox_easy(sealed + crypto_secretbox_NONCEBYTES,
		 (const unsigned char *)text.p, text.n, sealed, key) == 0);
	return base64(a, sealed, n);
}

bool
secret_open(struct arena *a, const char *purpose, struct str sealed, struct str *text)
{
	unsigned char key[SECRET_BYTES], *bytes = (unsigned char *)arena_bytes(a, sealed.n + 1);
	size_t n, head = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
	char *plain;

	if (sodium_base642bin(bytes, sealed.n + 1, sealed.p ? sealed.p : "", sealed.n, NULL, &n,
		NULL, VARIANT) != 0 ||
	    n < head)
		return false;
	derive(purpose, key);
	plain = arena_bytes(a, n - head + 1);
	if (crypto_secretbox_open_easy((unsigned char *)plain, bytes + crypto_secretbox_NONCEBYTES,
		n - crypto_secretbox_NONCEBYTES, bytes, key) != 0)
		return false;
	*text = (struct str){plain, n - head};
	return true;
}
