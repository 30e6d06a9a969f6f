#include "CCsound.h"

#include <fenv.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "CDynamicLibrary.h"

static CsoundFunctions functions;
// Csound's own.
static CsoundFunctions library;
static char failure[512];
static pthread_once_t once = PTHREAD_ONCE_INIT;
static _Thread_local char complaint[256];

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
  int (*initialize)(int) = NULL;
  int (*sample_size)(void) = NULL;
  void (*set_messages)(void (*)(Csound *, int, const char *, va_list)) = NULL;
  const DynamicSymbol symbols[] = {
      {"csoundCreate", &library.create},
      {"csoundDestroy", &library.destroy},
      {"csoundSetOption", &library.setOption},
      {"csoundCompileOrc", &library.compileOrchestra},
      {"csoundStart", &library.start},
      {"csoundPerformKsmps", &library.performControlPeriod},
      {"csoundGetSpout", &library.output},
      {"csoundScoreEvent", &library.scoreEvent},
      {"csoundEvalCode", &library.evaluate},
      {"csoundGetChannelPtr", &library.channel},
      {"csoundInitialize", &initialize},
      {"csoundGetSizeOfMYFLT", &sample_size},
      {"csoundSetDefaultMessageCallback", &set_messages},
  };
  void *handle = cdynamiclibrary_find(
      names, sizeof names / sizeof *names, false, symbols, sizeof symbols / sizeof *symbols, failure, sizeof failure);
  if (!handle) return;
  if (sample_size() != sizeof(double)) {
    snprintf(failure, sizeof failure, "its samples are no doubles");
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
