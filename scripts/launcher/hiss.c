// PREFIX/bin/hiss of an installed Hiss: starts the build of the program that this processor is new enough for,
// PREFIX/libexec/hiss/hiss-x86-64-v4, -v3 or -v2. scripts/install compiles it for the oldest processors.
//
// Whole programs rather than functions, because the linker keeps one copy of each specialised generic function and of
// each inlined one, whichever module it comes from: in one program, one compiled for AVX-512 could end up in all paths.
#define _GNU_SOURCE
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { unavailable = 69 };  // EX_UNAVAILABLE of sysexits.h

int main(int count, char **arguments) {
  (void)count;
  char path[PATH_MAX + 64];
  const ssize_t length = readlink("/proc/self/exe", path, PATH_MAX);
  if (length <= 0) {
    fputs("hiss: /proc/self/exe does not say where the program lies\n", stderr);
    return unavailable;
  }
  path[length] = 0;
  // PREFIX/bin/hiss: two names are cut off.
  for (int i = 0; i < 2; i++) {
    char *slash = strrchr(path, '/');
    if (slash) *slash = 0;
  }
  const size_t prefix = strlen(path);

  const char *levels[3];
  int supported = 0;
  __builtin_cpu_init();
  if (__builtin_cpu_supports("x86-64-v4")) levels[supported++] = "x86-64-v4";
  if (__builtin_cpu_supports("x86-64-v3")) levels[supported++] = "x86-64-v3";
  if (__builtin_cpu_supports("x86-64-v2")) levels[supported++] = "x86-64-v2";
  if (!supported) {
    fputs("hiss: this processor is older than x86-64-v2 (SSE 4.2, of 2008), which Hiss needs\n", stderr);
    return unavailable;
  }
  for (int i = 0; i < supported; i++) {
    snprintf(path + prefix, sizeof path - prefix, "/libexec/hiss/hiss-%s", levels[i]);
    execv(path, arguments);
    if (errno != ENOENT) break;
  }
  if (errno == ENOENT) {
    path[prefix] = 0;
    fprintf(stderr, "hiss: %s/libexec/hiss has no build for this processor: run scripts/install again\n", path);
  } else {
    fprintf(stderr, "hiss: cannot start %s: %s\n", path, strerror(errno));
  }
  return unavailable;
}
