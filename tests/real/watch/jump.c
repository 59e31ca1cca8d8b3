/* The clock of one program, for LD_PRELOAD: it is ten minutes later from the moment on when the file that JUMP names is there. The clock that only counts
 * (CLOCK_MONOTONIC) goes on as it is, as it does when a computer sleeps. */
#define _GNU_SOURCE
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

int clock_gettime(clockid_t clock, struct timespec *now)
{
    int failed = (int)syscall(SYS_clock_gettime, clock, now);
    const char *jump = getenv("JUMP");
    if (!failed && clock == CLOCK_REALTIME && jump && access(jump, F_OK) == 0)
        now->tv_sec += 600;
    return failed;
}
