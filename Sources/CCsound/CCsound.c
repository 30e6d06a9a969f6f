#include "CCsound.h"

#include <dlfcn.h>
#include <fenv.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static CsoundFunctions functions;
// Csound's own.
static CsoundFunctions library;
static char failure[512];
static pthread_once_t once = PTHREAD_ONCE_INIT;
static _Thread_local char complaint[256];

static void note_failure(const char *reason) {
  snprintf(failure, sizeof failure, "%s", reason ? reason : "unknown error");
}

// Csound says much on stderr; what is an error is kept, the rest is not said.
static void keep_complaint(Csound *csound, int attributes, const char *format, va_list arguments) {
  enum { type_mask = 0x7000, is_error = 0x1000 };
  char line[sizeof complaint];
  (void)csound;
  vsnprintf(line, sizeof line, format, arguments);
  line[strcspn(line, "\n")] = 0;
  if ((attributes & type_mask) == is_error && line[0] && line[0] != '\033') memcpy(complaint, line, sizeof line);
}

// Calls Csound, which rounds small numbers to zero on the thread that calls it, and leaves it so: others would compute otherwise then.
#define KEEPING_ROUNDING(call) \
  fenv_t own;                  \
  fegetenv(&own);              \
  call;                        \
  fesetenv(&own)

static Csound *create(void *host) {
  KEEPING_ROUNDING(Csound *result = library.create(host));
  return result;
}

static void destroy(Csound *csound) {
  KEEPING_ROUNDING(library.destroy(csound));
}

static int setOption(Csound *csound, const char *option) {
  KEEPING_ROUNDING(int result = library.setOption(csound, option));
  return result;
}

static int compileOrchestra(Csound *csound, const char *text) {
  KEEPING_ROUNDING(int result = library.compileOrchestra(csound, text));
  return result;
}

static int start(Csound *csound) {
  KEEPING_ROUNDING(int result = library.start(csound));
  return result;
}

static int performControlPeriod(Csound *csound) {
  KEEPING_ROUNDING(int result = library.performControlPeriod(csound));
  return result;
}

static int scoreEvent(Csound *csound, char type, const double *fields, long count) {
  KEEPING_ROUNDING(int result = library.scoreEvent(csound, type, fields, count));
  return result;
}

static double evaluate(Csound *csound, const char *code) {
  KEEPING_ROUNDING(double result = library.evaluate(csound, code));
  return result;
}

static void find_functions(void) {
#ifdef __APPLE__
  static const char *const names[] = {"libcsound64.6.0.dylib", "libcsound64.dylib", "/opt/homebrew/lib/libcsound64.dylib"};
#else
  static const char *const names[] = {"libcsound64.so.6.0", "libcsound64.so"};
#endif
  void *handle = NULL;
  for (size_t i = 0; i < sizeof names / sizeof *names && !handle; i++) {
    handle = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
    // The first name's reason is kept: it is the one to install.
    if (!handle && i == 0) note_failure(dlerror());
  }
  if (!handle) return;
  failure[0] = 0;

  int (*initialize)(int) = NULL;
  int (*sample_size)(void) = NULL;
  void (*set_messages)(void (*)(Csound *, int, const char *, va_list)) = NULL;
  const struct {
    const char *name;
    void *target;
  } symbols[] = {
      {"csoundCreate", &library.create},
      {"csoundDestroy", &library.destroy},
      {"csoundSetOption", &library.setOption},
      {"csoundCompileOrc", &library.compileOrchestra},
      {"csoundStart", &library.start},
      {"csoundPerformKsmps", &library.performControlPeriod},
      {"csoundGetSpout", &library.output},
      {"csoundScoreEvent", &library.scoreEvent},
      {"csoundEvalCode", &library.evaluate},
      {"csoundInitialize", &initialize},
      {"csoundGetSizeOfMYFLT", &sample_size},
      {"csoundSetDefaultMessageCallback", &set_messages},
  };
  for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++) {
    void *address = dlsym(handle, symbols[i].name);
    if (!address) {
      note_failure(dlerror());
      return;
    }
    memcpy(symbols[i].target, &address, sizeof address);
  }
  if (sample_size() != sizeof(double)) {
    note_failure("its samples are no doubles");
    return;
  }
  functions = library;
  functions.create = create;
  functions.destroy = destroy;
  functions.setOption = setOption;
  functions.compileOrchestra = compileOrchestra;
  functions.start = start;
  functions.performControlPeriod = performControlPeriod;
  functions.scoreEvent = scoreEvent;
  functions.evaluate = evaluate;
  set_messages(keep_complaint);
  enum { no_signal_handler = 1, no_exit_handler = 2 };
  initialize(no_signal_handler | no_exit_handler);
}

const CsoundFunctions *ccsound_functions(const char **reason) {
  pthread_once(&once, find_functions);
  *reason = failure[0] ? failure : NULL;
  return failure[0] ? NULL : &functions;
}

const char *ccsound_complaint(void) { return complaint; }
