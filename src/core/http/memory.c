#include "core/http/memory.h"

#include <brotli/encode.h>
#include <microhttpd.h>
#include <pthread.h>
#include <sodium.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "lib/need.h"

/* Sets of four: of those that fall into the same, the one that was asked for longest ago goes. Quality: beyond these a
 * page takes much more time and hardly fewer bytes. */
enum { SETS = 256, WAYS = 4, BROTLI_QUALITY = 5, BROTLI_WINDOW = 18, GZIP_LEVEL = 6, GZIP_WINDOW = 15 + 16 };

struct kept {
	struct memory *memory;
	_Atomic int holders; /* the memory is one of them */
	struct kept_head head;
	char etag[40];
	struct MHD_Response *plain, *same;
	_Atomic(struct MHD_Response *) coded[CODING_BR + 1];
	_Atomic uint64_t coded_bytes[CODING_BR + 1];

	/* Under the memory's lock. */
	struct moment moment;
	int64_t asked;

	size_t key_n, body_n;
	char bytes[]; /* the key, then the body */
};

struct memory {
	pthread_mutex_t lock;
	struct kept *at[SETS][WAYS];
	int64_t asked, made, found, missed, pages;
	_Atomic size_t bytes;
	size_t bytes_max;
	int64_t ms_max;
	uint64_t process; /* tags of another process mean nothing here */
	unsigned char hash_key[crypto_shorthash_KEYBYTES];
};

struct memory *
memory_new(size_t bytes_max, int64_t ms_max)
{
	struct memory *m = calloc(1, sizeof *m);

	need(m != NULL);
	need(pthread_mutex_init(&m->lock, NULL) == 0);
	m->bytes_max = bytes_max;
	m->ms_max = ms_max;
	randombytes_buf(&m->process, sizeof m->process);
	crypto_shorthash_keygen(m->hash_key);
	return m;
}

void
memory_free(struct memory *m)
{
	if (!m)
		return;
	for (size_t i = 0; i < SETS; i++)
		for (size_t k = 0; k < WAYS; k++)
			kept_give(m->at[i][k]);
	need(atomic_load(&m->bytes) == 0);
	pthread_mutex_destroy(&m->lock);
	free(m);
}

/* --- a page ------------------------------------------------------------------------------------- */

static void
add(struct MHD_Response *response, const char *name, const char *value)
{
	need(MHD_add_response_header(response, name, value) == MHD_YES);
}

static struct MHD_Response *
response_of(const struct kept *k, const char *bytes, size_t n, enum MHD_ResponseMemoryMode mode, const char *coding)
{
	struct MHD_Response *response = MHD_create_response_from_buffer(n, (void *)(uintptr_t)bytes, mode);
	char number[16];

	need(response != NULL);
	headers_add(response, k->head.cache, ANSWER_PAGE, k->head.reports);
	add(response, MHD_HTTP_HEADER_CONTENT_TYPE, "text/html; charset=utf-8");
	add(response, MHD_HTTP_HEADER_ETAG, k->etag);
	add(response, MHD_HTTP_HEADER_VARY, "Accept-Encoding");
	if (coding)
		add(response, MHD_HTTP_HEADER_CONTENT_ENCODING, coding);
	if (k->head.refresh_s) {
		snprintf(number, sizeof number, "%d", k->head.refresh_s);
		add(response, "Refresh", number);
	}
	return response;
}

/* What a page counts for: twice, for what it takes compressed. */
static size_t
weight(size_t key_n, size_t body_n)
{
	return sizeof(struct kept) + key_n + 2 * body_n;
}

static struct kept *
new_page(struct memory *m, struct str key, const struct kept_head *head, struct str body, int64_t number)
{
	struct kept *k = calloc(1, sizeof *k + key.n + body.n);

	need(k != NULL);
	k->memory = m;
	k->holders = 1;
	k->head = *head;
	k->key_n = key.n;
	k->body_n = body.n;
	memcpy(k->bytes, key.p, key.n);
	if (body.n)
		memcpy(k->bytes + key.n, body.p, body.n);
	snprintf(k->etag, sizeof k->etag, "\"%llx-%llx\"", (unsigned long long)m->process, (unsigned long long)number);
	k->plain = response_of(k, k->bytes + key.n, body.n, MHD_RESPMEM_PERSISTENT, NULL);
	k->same = response_of(k, "", 0, MHD_RESPMEM_PERSISTENT, NULL);
	atomic_fetch_add(&m->bytes, weight(key.n, body.n));
	return k;
}

void
kept_give(struct kept *k)
{
	if (!k || atomic_fetch_sub(&k->holders, 1) > 1)
		return;
	MHD_destroy_response(k->plain);
	MHD_destroy_response(k->same);
	for (size_t i = 0; i <= CODING_BR; i++)
		if (atomic_load(&k->coded[i]))
			MHD_destroy_response(atomic_load(&k->coded[i]));
	atomic_fetch_sub(&k->memory->bytes, weight(k->key_n, k->body_n));
	free(k);
}

/* The bytes compressed, to be freed; NULL when that saves nothing. */
static unsigned char *
compress_brotli(const unsigned char *bytes, size_t n, size_t *out)
{
	unsigned char *to = malloc(n);

	need(to != NULL);
	*out = n;
	if (BrotliEncoderCompress(BROTLI_QUALITY, BROTLI_WINDOW, BROTLI_MODE_TEXT, n, bytes, out, to))
		return to;
	free(to);
	return NULL;
}

static unsigned char *
compress_gzip(const unsigned char *bytes, size_t n, size_t *out)
{
	z_stream z = {.next_in = (unsigned char *)(uintptr_t)bytes, .avail_in = (uInt)n, .avail_out = (uInt)n};
	unsigned char *to = malloc(n);
	int end;

	need(to != NULL);
	need(deflateInit2(&z, GZIP_LEVEL, Z_DEFLATED, GZIP_WINDOW, 8, Z_DEFAULT_STRATEGY) == Z_OK);
	z.next_out = to;
	end = deflate(&z, Z_FINISH);
	*out = z.total_out;
	deflateEnd(&z);
	if (end == Z_STREAM_END)
		return to;
	free(to);
	return NULL;
}

/* Of two threads that compress at once, the second throws its own away. */
static struct MHD_Response *
coded(struct kept *k, enum coding coding)
{
	const unsigned char *body = (const unsigned char *)k->bytes + k->key_n;
	struct MHD_Response *made, *there = NULL;
	unsigned char *bytes;
	size_t n;

	if (k->body_n == 0)
		return k->plain;
	bytes = coding == CODING_BR ? compress_brotli(body, k->body_n, &n) : compress_gzip(body, k->body_n, &n);
	if (!bytes)
		return k->plain;
	made = response_of(k, (char *)bytes, n, MHD_RESPMEM_MUST_FREE, coding == CODING_BR ? "br" : "gzip");
	atomic_store(&k->coded_bytes[coding], n);
	if (atomic_compare_exchange_strong(&k->coded[coding], &there, made))
		return made;
	MHD_destroy_response(made);
	return there;
}

struct MHD_Response *
kept_response(struct kept *k, enum coding coding, uint64_t *bytes)
{
	struct MHD_Response *response = coding == CODING_PLAIN ? k->plain : atomic_load(&k->coded[coding]);

	if (!response)
		response = coded(k, coding);
	*bytes = response == k->plain ? k->body_n : atomic_load(&k->coded_bytes[coding]);
	return response;
}

struct MHD_Response *
kept_same(struct kept *k)
{
	return k->same;
}

const char *
kept_etag(const struct kept *k)
{
	return k->etag;
}

/* --- all of them -------------------------------------------------------------------------------- */

static struct kept **
set_of(struct memory *m, struct str key)
{
	uint64_t hash;

	crypto_shorthash((unsigned char *)&hash, (const unsigned char *)key.p, key.n, m->hash_key);
	return m->at[hash % SETS];
}

static struct kept **
place_of(struct kept **set, struct str key)
{
	for (size_t i = 0; i < WAYS; i++)
		if (set[i] && str_eq((struct str){set[i]->bytes, set[i]->key_n}, key))
			return &set[i];
	return NULL;
}

static bool
still(const struct memory *m, const struct moment *was, const struct moment *is)
{
	return was->commits == is->commits && was->minute == is->minute &&
	    (m->ms_max == 0 || is->ms - was->ms < m->ms_max);
}

struct kept *
memory_find(struct memory *m, struct str key, const struct moment *moment)
{
	struct kept **place, *k = NULL;

	pthread_mutex_lock(&m->lock);
	place = place_of(set_of(m, key), key);
	if (place && still(m, &(*place)->moment, moment)) {
		k = *place;
		k->asked = ++m->asked;
		atomic_fetch_add(&k->holders, 1);
		m->found++;
	} else {
		m->missed++;
	}
	pthread_mutex_unlock(&m->lock);
	return k;
}

static void
drop(struct memory *m, struct kept **place)
{
	kept_give(*place);
	*place = NULL;
	m->pages--;
}

/* Makes room by dropping what would not be found any more. */
static bool
has_room(struct memory *m, size_t n, const struct moment *moment)
{
	if (n > m->bytes_max)
		return false;
	if (atomic_load(&m->bytes) + n <= m->bytes_max)
		return true;
	for (size_t i = 0; i < SETS; i++)
		for (size_t k = 0; k < WAYS; k++)
			if (m->at[i][k] && !still(m, &m->at[i][k]->moment, moment))
				drop(m, &m->at[i][k]);
	return atomic_load(&m->bytes) + n <= m->bytes_max;
}

/* A place in the set: a free one, or that of the page which was asked for longest ago. */
static struct kept **
place_for(struct memory *m, struct kept **set)
{
	struct kept **oldest = &set[0];

	for (size_t i = 0; i < WAYS; i++) {
		if (!set[i])
			return &set[i];
		if (set[i]->asked < (*oldest)->asked)
			oldest = &set[i];
	}
	drop(m, oldest);
	return oldest;
}

static bool
reads_the_same(const struct kept *k, const struct kept_head *head, struct str body)
{
	return k->head.cache == head->cache && k->head.refresh_s == head->refresh_s &&
	    k->head.reports == head->reports && str_eq((struct str){k->bytes + k->key_n, k->body_n}, body);
}

struct kept *
memory_keep(struct memory *m, struct str key, const struct moment *moment, const struct kept_head *head,
    struct str body)
{
	struct kept **set, **place, *k = NULL;

	pthread_mutex_lock(&m->lock);
	set = set_of(m, key);
	place = place_of(set, key);
	if (place && (*place)->moment.commits > moment->commits) {
		/* Another thread read it later and came here sooner. */
	} else if (place && reads_the_same(*place, head, body)) {
		k = *place;
		k->moment = *moment;
	} else {
		if (place)
			drop(m, place);
		if (has_room(m, weight(key.n, body.n), moment)) {
			place = place_for(m, set);
			k = *place = new_page(m, key, head, body, ++m->made);
			k->moment = *moment;
			m->pages++;
		}
	}
	if (k) {
		k->asked = ++m->asked;
		atomic_fetch_add(&k->holders, 1);
	}
	pthread_mutex_unlock(&m->lock);
	return k;
}

struct memory_figures
memory_figures(struct memory *m)
{
	struct memory_figures f;

	pthread_mutex_lock(&m->lock);
	f = (struct memory_figures){m->found, m->missed, m->pages, (int64_t)atomic_load(&m->bytes)};
	pthread_mutex_unlock(&m->lock);
	return f;
}
