#include "core/password.h"

#include <errno.h>
#include <pthread.h>
#include <sodium.h>
#include <stdbool.h>
#include <string.h>
#include <time.h>

#include "lib/arena.h"
#include "lib/need.h"

enum { OPS = 3, MEMORY = 32 * 1024 * 1024 };

/* Of a password that nobody knows, with the costs above; see password_test.c. */
static const char dummy[crypto_pwhash_STRBYTES] =
    "$argon2id$v=19$m=32768,t=3,p=1"
    "$f1QHfVzuJbbgpdcL/ZDbwg$z0lNW+dgYvM8Cq16R5GaetgiuSlI1LWAhZg4KnrNEiA";

/* Who waits for the one place, in the order of arrival; a node lives on the stack of its thread. */
struct waiting {
	struct waiting *next;
};

static struct {
	pthread_once_t once;
	pthread_mutex_t mutex;
	pthread_cond_t turn;
	bool taken;
	struct waiting *first;
	int64_t patience_ms;
	struct password_figures figures;
} queue = {
	.once = PTHREAD_ONCE_INIT,
	.mutex = PTHREAD_MUTEX_INITIALIZER,
	.patience_ms = PASSWORD_PATIENCE_MS,
};

static void
prepare(void)
{
	pthread_condattr_t attributes;

	/* Also picks the fastest code that the processor has. */
	need(sodium_init() >= 0);
	need(pthread_condattr_init(&attributes) == 0);
	need(pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC) == 0);
	need(pthread_cond_init(&queue.turn, &attributes) == 0);
	pthread_condattr_destroy(&attributes);
}

static struct timespec
after_ms(int64_t ms)
{
	struct timespec at;

	clock_gettime(CLOCK_MONOTONIC, &at);
	at.tv_sec += ms / 1000;
	at.tv_nsec += ms % 1000 * 1000000;
	if (at.tv_nsec >= 1000000000) {
		at.tv_sec++;
		at.tv_nsec -= 1000000000;
	}
	return at;
}

static int64_t
now_us(void)
{
	struct timespec at;

	clock_gettime(CLOCK_MONOTONIC, &at);
	return at.tv_sec * (int64_t)1000000 + at.tv_nsec / 1000;
}

static void
leave_line(const struct waiting *me)
{
	struct waiting **at = &queue.first;

	while (*at != me)
		at = &(*at)->next;
	*at = me->next;
	queue.figures.waiting--;
}

static bool
wait_for_turn(void)
{
	struct timespec until = after_ms(queue.patience_ms);
	struct waiting me = {NULL}, **last = &queue.first;
	bool mine;
	int late = 0;

	while (*last)
		last = &(*last)->next;
	*last = &me;
	queue.figures.waiting++;
	while ((queue.taken || queue.first != &me) && late == 0)
		late = pthread_cond_timedwait(&queue.turn, &queue.mutex, &until);
	mine = !queue.taken && queue.first == &me;
	leave_line(&me);
	/* Who stood behind an impatient one may be first now. */
	if (!mine)
		pthread_cond_broadcast(&queue.turn);
	return mine;
}

static bool
take(void)
{
	bool mine;

	pthread_once(&queue.once, prepare);
	pthread_mutex_lock(&queue.mutex);
	if (!queue.taken && !queue.first)
		mine = true;
	else if (queue.figures.waiting >= PASSWORD_WAITING_MAX)
		mine = false;
	else
		mine = wait_for_turn();
	if (mine)
		queue.taken = true;
	else
		queue.figures.busy++;
	pthread_mutex_unlock(&queue.mutex);
	return mine;
}

static void
give_back(int64_t began_us)
{
	pthread_mutex_lock(&queue.mutex);
	queue.taken = false;
	queue.figures.runs++;
	queue.figures.runs_us += now_us() - began_us;
	pthread_cond_broadcast(&queue.turn);
	pthread_mutex_unlock(&queue.mutex);
}

static const char *
bytes(struct str s)
{
	return s.n ? s.p : "";
}

struct str
password_hash(struct arena *a, struct str password)
{
	char *hash = arena_bytes(a, crypto_pwhash_STRBYTES);
	int64_t began;
	bool good;

	if (!take())
		return STR("");
	began = now_us();
	good = crypto_pwhash_str_alg(hash, bytes(password), password.n, OPS, MEMORY,
	    crypto_pwhash_ALG_ARGON2ID13) == 0;
	give_back(began);
	return good ? str_of(hash) : STR("");
}

/* The library ends a text with NUL. False: it is no hash of ours. */
static bool
hash_copy(char to[crypto_pwhash_STRBYTES], struct str hash)
{
	memset(to, 0, crypto_pwhash_STRBYTES);
	if (hash.n >= crypto_pwhash_STRBYTES)
		return false;
	memcpy(to, bytes(hash), hash.n);
	return hash.n > 0 && crypto_pwhash_str_needs_rehash(to, OPS, MEMORY) >= 0;
}

enum password_verdict
password_try(struct str password, struct str hash)
{
	char known[crypto_pwhash_STRBYTES];
	bool is_hash, right, ran;
	int64_t began;

	if (!take())
		return PASSWORD_BUSY;
	began = now_us();
	is_hash = hash_copy(known, hash);
	errno = 0;
	right = crypto_pwhash_str_verify(is_hash ? known : dummy, bytes(password), password.n) == 0;
	/* The library says EINVAL for a wrong password, and no other way that memory was short. */
	ran = right || errno == EINVAL;
	give_back(began);
	if (!ran)
		return PASSWORD_BUSY;
	return right && is_hash ? PASSWORD_RIGHT : PASSWORD_WRONG;
}

struct password_figures
password_figures(void)
{
	struct password_figures figures;

	pthread_mutex_lock(&queue.mutex);
	figures = queue.figures;
	pthread_mutex_unlock(&queue.mutex);
	return figures;
}

void
password_hold(void)
{
	need(take());
}

void
password_release(void)
{
	give_back(now_us());
}

void
password_patience_set(int64_t ms)
{
	pthread_mutex_lock(&queue.mutex);
	queue.patience_ms = ms;
	pthread_mutex_unlock(&queue.mutex);
}
