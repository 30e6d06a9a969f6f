#include "CFluidSynth.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

static FluidSynthFunctions functions;
static char failure[512];
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void note_failure(const char *reason) {
  snprintf(failure, sizeof failure, "%s", reason ? reason : "unknown error");
}

static void find_functions(void) {
#ifdef __APPLE__
  static const char *const names[] = {"libfluidsynth.3.dylib", "libfluidsynth.dylib", "/opt/homebrew/lib/libfluidsynth.dylib"};
#else
  static const char *const names[] = {"libfluidsynth.so.3", "libfluidsynth.so.2", "libfluidsynth.so"};
#endif
  void *library = NULL;
  for (size_t i = 0; i < sizeof names / sizeof *names && !library; i++) {
    library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
    // The first name's reason is kept: it is the one to install.
    if (!library && i == 0) note_failure(dlerror());
  }
  if (!library) return;
  failure[0] = 0;

  const struct {
    const char *name;
    void *target;
  } symbols[] = {
      {"new_fluid_settings", &functions.newSettings},
      {"delete_fluid_settings", &functions.deleteSettings},
      {"fluid_settings_setint", &functions.setInteger},
      {"fluid_settings_setnum", &functions.setNumber},
      {"new_fluid_synth", &functions.newSynth},
      {"delete_fluid_synth", &functions.deleteSynth},
      {"fluid_synth_sfload", &functions.loadSoundFont},
      {"fluid_synth_get_sfont_by_id", &functions.soundFont},
      {"fluid_synth_add_sfont", &functions.addSoundFont},
      {"fluid_synth_remove_sfont", &functions.removeSoundFont},
      {"fluid_synth_noteon", &functions.noteOn},
      {"fluid_synth_noteoff", &functions.noteOff},
      {"fluid_synth_cc", &functions.controlChange},
      {"fluid_synth_program_change", &functions.programChange},
      {"fluid_synth_write_float", &functions.writeFloat},
  };
  for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++) {
    void *address = dlsym(library, symbols[i].name);
    if (!address) {
      note_failure(dlerror());
      return;
    }
    memcpy(symbols[i].target, &address, sizeof address);
  }

  // FluidSynth logs to stderr by default; its return codes say what a caller needs.
  void (*set_log)(int, void *, void *) = NULL;
  void *address = dlsym(library, "fluid_set_log_function");
  memcpy(&set_log, &address, sizeof address);
  for (int level = 0; set_log && level < 5; level++) set_log(level, NULL, NULL);
}

const FluidSynthFunctions *cfluidsynth_functions(const char **reason) {
  pthread_once(&once, find_functions);
  *reason = failure[0] ? failure : NULL;
  return failure[0] ? NULL : &functions;
}
