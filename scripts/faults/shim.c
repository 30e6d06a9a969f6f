// Takes away locks and sets the clock back, where the environment asks for it; preloaded by scripts/check-faults.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>
int flock(int file, int operation) {
  static int (*next)(int, int);
  if (!getenv("CHECK_NO_LOCKS")) {
    if (!next) next = dlsym(RTLD_NEXT, "flock");
    return next(file, operation);
  }
  errno = ENOLCK;
  return -1;
}
static time_t calls;
/* The time of day goes back by a day at every look; what measures spans is left alone. */
int clock_gettime(clockid_t clock, struct timespec *time) {
  static int (*next)(clockid_t, struct timespec *);
  if (!next) next = dlsym(RTLD_NEXT, "clock_gettime");
  int result = next(clock, time);
  if (clock == CLOCK_REALTIME && getenv("CHECK_CLOCK_BACK")) time->tv_sec -= 86400 * ++calls;
  return result;
}
int gettimeofday(struct timeval *time, void *zone) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  time->tv_sec = now.tv_sec, time->tv_usec = now.tv_nsec / 1000;
  return 0;
}
