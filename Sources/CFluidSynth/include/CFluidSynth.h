// FluidSynth's functions, found at run time: the corpus maker alone needs it, so no program links it.
// The prototypes are those of FluidSynth 2's public API (fluidsynth.org/api).
#ifndef CFLUIDSYNTH_H
#define CFLUIDSYNTH_H

typedef struct FluidSettings FluidSettings;
typedef struct FluidSynth FluidSynth;
typedef struct FluidSoundFont FluidSoundFont;

typedef struct {
  FluidSettings *_Nullable (*_Nonnull newSettings)(void);
  void (*_Nonnull deleteSettings)(FluidSettings *_Nonnull);
  int (*_Nonnull setInteger)(FluidSettings *_Nonnull, const char *_Nonnull name, int value);
  int (*_Nonnull setNumber)(FluidSettings *_Nonnull, const char *_Nonnull name, double value);

  FluidSynth *_Nullable (*_Nonnull newSynth)(FluidSettings *_Nonnull);
  void (*_Nonnull deleteSynth)(FluidSynth *_Nonnull);
  // Returns the soundfont's number, or -1.
  int (*_Nonnull loadSoundFont)(FluidSynth *_Nonnull, const char *_Nonnull path, int resetPresets);
  FluidSoundFont *_Nullable (*_Nonnull soundFont)(FluidSynth *_Nonnull, int number);
  int (*_Nonnull addSoundFont)(FluidSynth *_Nonnull, FluidSoundFont *_Nonnull);
  int (*_Nonnull removeSoundFont)(FluidSynth *_Nonnull, FluidSoundFont *_Nonnull);

  int (*_Nonnull noteOn)(FluidSynth *_Nonnull, int channel, int key, int velocity);
  int (*_Nonnull noteOff)(FluidSynth *_Nonnull, int channel, int key);
  int (*_Nonnull controlChange)(FluidSynth *_Nonnull, int channel, int controller, int value);
  int (*_Nonnull programChange)(FluidSynth *_Nonnull, int channel, int program);
  // Writes frameCount floats at left[leftOffset + n * leftStride], and likewise to the right.
  int (*_Nonnull writeFloat)(
      FluidSynth *_Nonnull, int frameCount, void *_Nonnull left, int leftOffset, int leftStride,
      void *_Nonnull right, int rightOffset, int rightStride);
} FluidSynthFunctions;

// The functions of the first FluidSynth library found on this machine, or NULL with the dynamic linker's reason in
// *reason. The answer is found once and stays for the life of the process. Safe from any thread.
const FluidSynthFunctions *_Nullable cfluidsynth_functions(const char *_Nullable *_Nonnull reason);

#endif
