/* LD_PRELOAD: a disk that needs two milliseconds longer for every sync. */
#include <dlfcn.h>
#include <time.h>
#include <unistd.h>

static void
wait_for_the_disk(void)
{
	struct timespec two_ms = {.tv_nsec = 2000000};

	nanosleep(&two_ms, NULL);
}

int
fdatasync(int fd)
{
	static int (*real)(int);

	if (!real)
		real = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
	wait_for_the_disk();
	return real(fd);
}

int
fsync(int fd)
{
	static int (*real)(int);

	if (!real)
		real = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
	wait_for_the_disk();
	return real(fd);
}
