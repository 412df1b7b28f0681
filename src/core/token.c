#include "core/token.h"

#include <sodium.h>

#include "lib/arena.h"
#include "lib/need.h"

enum { TOKEN_BYTES = 32, CODES = 1000000 };

struct str
token_new(struct arena *a)
{
	unsigned char bytes[TOKEN_BYTES];
	size_t size =
	    sodium_base64_ENCODED_LEN(TOKEN_BYTES, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	char *p = arena_bytes(a, size);

	randombytes_buf(bytes, sizeof bytes);
	sodium_bin2base64(p, size, bytes, sizeof bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	return (struct str){p, size - 1};
}

struct str
token_code(struct arena *a)
{
	return str_fmt(a, "%06u", randombytes_uniform(CODES));
}

struct str
token_digest(struct arena *a, struct str token)
{
	unsigned char digest[TOKEN_BYTES];
	char *p = arena_bytes(a, 2 * TOKEN_BYTES + 1);

	need(crypto_generichash(
		 digest, sizeof digest, (const unsigned char *)token.p, token.n, NULL, 0) == 0);
	sodium_bin2hex(p, 2 * TOKEN_BYTES + 1, digest, sizeof digest);
	return (struct str){p, 2 * TOKEN_BYTES};
}

bool
token_same(struct str a, struct str b)
{
	return a.n == b.n && sodium_memcmp(a.p, b.p, a.n) == 0;
}
