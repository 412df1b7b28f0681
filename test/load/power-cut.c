/* LD_PRELOAD: a disk whose power goes. Beside the database and its log it keeps what was synced of them, in the folder
 * POWER_TO. At write number POWER_AT every write that was not synced is kept, lost or torn by a throw of dice
 * (POWER_DICE), in any combination, as real disks do, and the program and its parent are ended on the spot. POWER_TO
 * then holds the disk as it is found afterwards, and in the file "told": how many writes were kept, lost and torn. */
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FILES = 2, DESCRIPTORS_MAX = 8192, SECTOR = 512, BLOCK = 65536 };

enum fate { KEPT, LOST, TORN, FATES };

struct write {
	off64_t at;
	size_t n;
	unsigned char *data; /* NULL: the file is cut to `at` */
	struct write *next;
};

static struct {
	const char *name;
	int synced; /* the file of the same name in POWER_TO */
	struct write *first, **last;
} file[FILES] = {{.name = "nuotio.db"}, {.name = "nuotio.db-wal"}};

static unsigned char file_of[DESCRIPTORS_MAX]; /* its number and 1; 0 is another file */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static long left;
static unsigned dice;
static long fates[FATES];

#define REAL(name) \
	static __typeof__(name) *real; \
	if (!real) \
		real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

static unsigned
throw_dice(unsigned sides)
{
	dice = dice * 1103515245 + 12345;
	return (dice >> 16) % sides;
}

static void
really_write(int fd, const void *bytes, size_t n, off64_t at)
{
	REAL(pwrite64);
	if (real(fd, bytes, n, at) != (ssize_t)n)
		abort();
}

static void
apply(int f, const struct write *w, size_t n)
{
	REAL(ftruncate64);
	if (w->data)
		really_write(file[f].synced, w->data, n, w->at);
	else if (real(file[f].synced, w->at) != 0)
		abort();
}

/* With the lock held. `sure`: synced; else what the dice say. */
static void
settle(int f, int sure)
{
	for (struct write *w = file[f].first, *next; w; w = next) {
		enum fate fate = sure || throw_dice(3) == 0 ? KEPT :
		    w->data && w->n >= SECTOR && throw_dice(2) ? TORN : LOST;

		next = w->next;
		fates[fate] += !sure;
		if (fate != LOST)
			apply(f, w, fate == KEPT ? w->n : throw_dice((unsigned)(w->n / SECTOR)) * SECTOR);
		free(w->data);
		free(w);
	}
	file[f].first = NULL;
	file[f].last = &file[f].first;
}

static _Noreturn void
cut(void)
{
	char path[4096];
	FILE *told;

	for (int f = 0; f < FILES; f++)
		if (file[f].last)
			settle(f, 0);
	snprintf(path, sizeof path, "%s/told", getenv("POWER_TO"));
	told = fopen(path, "w");
	if (!told || fprintf(told, "%ld %ld %ld\n", fates[KEPT], fates[LOST], fates[TORN]) < 0 || fclose(told) != 0)
		abort();
	kill(getppid(), SIGKILL);
	kill(getpid(), SIGKILL);
	for (;;)
		pause();
}

/* With the lock held: the file as it is now has been there for long. */
static void
begin(int f, int fd)
{
	static unsigned char bytes[BLOCK];
	char path[4096];
	ssize_t n;

	REAL(open64);
	if (file[f].last)
		return;
	left = left ? left : strtol(getenv("POWER_AT"), NULL, 10);
	dice = dice ? dice : (unsigned)strtoul(getenv("POWER_DICE"), NULL, 10);
	file[f].last = &file[f].first;
	snprintf(path, sizeof path, "%s/%s", getenv("POWER_TO"), file[f].name);
	file[f].synced = real(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (file[f].synced < 0)
		abort();
	for (off64_t at = 0; (n = pread64(fd, bytes, sizeof bytes, at)) > 0; at += n)
		really_write(file[f].synced, bytes, (size_t)n, at);
}

int
open64(const char *path, int flags, ...)
{
	const char *name = strrchr(path, '/');
	va_list args;
	int fd;

	REAL(open64);
	va_start(args, flags);
	fd = real(path, flags, va_arg(args, mode_t));
	va_end(args);
	if (fd < 0 || fd >= DESCRIPTORS_MAX || !getenv("POWER_TO"))
		return fd;
	pthread_mutex_lock(&lock);
	for (int f = 0; f < FILES; f++)
		if (name && strcmp(name + 1, file[f].name) == 0 && (flags & O_ACCMODE) == O_RDWR) {
			file_of[fd] = (unsigned char)(f + 1);
			begin(f, fd);
		}
	pthread_mutex_unlock(&lock);
	return fd;
}

int
close(int fd)
{
	REAL(close);
	if (fd >= 0 && fd < DESCRIPTORS_MAX)
		file_of[fd] = 0;
	return real(fd);
}

static void
note(int fd, const void *bytes, size_t n, off64_t at)
{
	struct write *w = calloc(1, sizeof *w);
	int f = file_of[fd] - 1;

	if (!w || (bytes && !(w->data = malloc(n))))
		abort();
	w->at = at;
	w->n = n;
	if (bytes)
		memcpy(w->data, bytes, n);
	pthread_mutex_lock(&lock);
	*file[f].last = w;
	file[f].last = &w->next;
	if (--left == 0)
		cut(); /* with the lock: nobody writes any more */
	pthread_mutex_unlock(&lock);
}

ssize_t
pwrite64(int fd, const void *bytes, size_t n, off64_t at)
{
	REAL(pwrite64);
	if (fd >= 0 && fd < DESCRIPTORS_MAX && file_of[fd])
		note(fd, bytes, n, at);
	return real(fd, bytes, n, at);
}

int
ftruncate64(int fd, off64_t n)
{
	REAL(ftruncate64);
	if (fd >= 0 && fd < DESCRIPTORS_MAX && file_of[fd])
		note(fd, NULL, 0, n);
	return real(fd, n);
}

/* What is written while this runs is not yet synced: so what was written before is taken first. */
static void
synced(int fd)
{
	if (fd < 0 || fd >= DESCRIPTORS_MAX || !file_of[fd])
		return;
	pthread_mutex_lock(&lock);
	settle(file_of[fd] - 1, 1);
	pthread_mutex_unlock(&lock);
}

int
fdatasync(int fd)
{
	REAL(fdatasync);
	synced(fd);
	return real(fd);
}

int
fsync(int fd)
{
	REAL(fsync);
	synced(fd);
	return real(fd);
}
