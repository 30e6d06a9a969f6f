#define _GNU_SOURCE
#include "CMemory.h"

#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

enum { PROBE = 256 << 20 };

static const char *last_line;
static size_t last_length;
static int last_code;
static atomic_flag ending = ATOMIC_FLAG_INIT;

// How the runtimes end a process that they get no memory for, and oneDNN one whose memory it did not check.
static const int faults[] = {SIGABRT, SIGILL, SIGTRAP, SIGSEGV, SIGBUS};
enum { FAULTS = sizeof faults / sizeof *faults };
static struct sigaction before[FAULTS];

typedef void (*Terminate)(void);
static Terminate terminate_before;

int hiss_memory_is_short(void) {
  void *probe = mmap(NULL, PROBE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (probe == MAP_FAILED) return 1;
  munmap(probe, PROBE);
  return 0;
}

// Calls nothing that a signal handler may not call.
void hiss_memory_end(void) {
  if (!last_line) return;
  // Of several threads that get no memory one speaks.
  if (atomic_flag_test_and_set(&ending))
    for (;;) pause();
  if (write(STDERR_FILENO, last_line, last_length) < 0) _exit(last_code);
  _exit(last_code);
}

static void on_fault(int number, siginfo_t *info, void *context) {
  (void)context;
  if (hiss_memory_is_short()) hiss_memory_end();
  for (int i = 0; i < FAULTS; i++)
    if (faults[i] == number) sigaction(number, &before[i], NULL);
  // A faulting instruction is tried again, and faults for whoever came before; what was sent has to be sent again.
  if (info->si_code <= 0 || number == SIGTRAP) raise(number);
}

static void on_terminate(void) {
  if (hiss_memory_is_short()) hiss_memory_end();
  if (terminate_before) terminate_before();
}

void hiss_memory_watch(const char *line, size_t length, int code) {
  if (last_line) return;
  last_line = line, last_length = length, last_code = code;
  struct sigaction action = {.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO};
  sigemptyset(&action.sa_mask);
  for (int i = 0; i < FAULTS; i++) sigaction(faults[i], &action, &before[i]);
  // std::set_terminate, wherever the C++ library is: what throws for want of memory would else say so in its own words.
  Terminate (*set_terminate)(Terminate) = (Terminate (*)(Terminate))dlsym(RTLD_DEFAULT, "_ZSt13set_terminatePFvvE");
  if (set_terminate) terminate_before = set_terminate(on_terminate);
#ifdef __GLIBC__
  // Each thread would reserve 64 MB of addresses for memory of its own, which a small limit counts as taken.
  struct rlimit limit;
  if (getrlimit(RLIMIT_AS, &limit) == 0 && limit.rlim_cur < (rlim_t)4 << 30) mallopt(M_ARENA_MAX, 1);
#endif
}

// ---- Where memory is asked for ----
//
// What the runtimes say when they get none is several lines, and comes before any handler. So glibc's functions are
// replaced, as it allows: the same functions, but that where there is no memory the process ends at once if it is to. Most
// callers would only crash; the few that would not, sorting in place, say, are not worth telling apart.

#ifndef __has_feature
#define __has_feature(x) 0
#endif
#if defined(__GLIBC__) && !__has_feature(address_sanitizer) && !__has_feature(thread_sanitizer)
extern void *__libc_malloc(size_t);
extern void *__libc_calloc(size_t, size_t);
extern void *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);

static void *got(void *block, size_t size) {
  if (!block && size) hiss_memory_end();
  return block;
}

void *malloc(size_t size) { return got(__libc_malloc(size), size); }
void *calloc(size_t count, size_t size) { return got(__libc_calloc(count, size), count && size); }
void *realloc(void *block, size_t size) { return got(__libc_realloc(block, size), size); }
void *aligned_alloc(size_t alignment, size_t size) { return got(__libc_memalign(alignment, size), size); }
void *memalign(size_t alignment, size_t size) { return got(__libc_memalign(alignment, size), size); }

int posix_memalign(void **block, size_t alignment, size_t size) {
  if (alignment % sizeof(void *) || alignment & (alignment - 1) || !alignment) return EINVAL;
  void *made = got(__libc_memalign(alignment, size), size);
  if (!made && size) return ENOMEM;
  *block = made;
  return 0;
}

void *hiss_memory_try(size_t alignment, size_t size) { return __libc_memalign(alignment, size); }
#else
void *hiss_memory_try(size_t alignment, size_t size) {
  void *block;
  return posix_memalign(&block, alignment, size) == 0 ? block : NULL;
}
#endif

void hiss_memory_keep(int most) {
#ifdef __GLIBC__
  mallopt(M_TRIM_THRESHOLD, most);
  // The largest that glibc allows.
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
#else
  (void)most;
#endif
}
