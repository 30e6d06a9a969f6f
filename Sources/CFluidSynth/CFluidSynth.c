#include "CFluidSynth.h"

#include <dlfcn.h>
#include <pthread.h>
#include <string.h>

#include "CDynamicLibrary.h"

static FluidSynthFunctions functions;
static char failure[512];
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void find_functions(void) {
#ifdef __APPLE__
  static const char *const names[] = {"libfluidsynth.3.dylib", "libfluidsynth.dylib", "/opt/homebrew/lib/libfluidsynth.dylib"};
#else
  static const char *const names[] = {"libfluidsynth.so.3", "libfluidsynth.so.2", "libfluidsynth.so"};
#endif
  const DynamicSymbol symbols[] = {
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
  void *library = cdynamiclibrary_find(
      names, sizeof names / sizeof *names, false, symbols, sizeof symbols / sizeof *symbols, failure, sizeof failure);
  if (!library) return;

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
