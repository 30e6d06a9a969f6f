// Csound's functions, found at run time: the corpus maker alone needs it, so no program links it.
// The prototypes are those of Csound 6's public API (csound.com/docs/api), in its build of doubles, libcsound64.
#ifndef CCSOUND_H
#define CCSOUND_H

typedef struct Csound Csound;

// CSOUND_AUDIO_CHANNEL | CSOUND_INPUT_CHANNEL of its csound.h.
enum { CSOUND_AUDIO_INPUT = 2 | 16 };

typedef struct {
  Csound *_Nullable (*_Nonnull create)(void *_Nullable hostData);
  void (*_Nonnull destroy)(Csound *_Nonnull);
  int (*_Nonnull setOption)(Csound *_Nonnull, const char *_Nonnull option);
  // 0 where the orchestra is right.
  int (*_Nonnull compileOrchestra)(Csound *_Nonnull, const char *_Nonnull text);
  int (*_Nonnull start)(Csound *_Nonnull);
  // Renders one control period; not 0 at the end of a performance.
  int (*_Nonnull performControlPeriod)(Csound *_Nonnull);
  // The control period's samples, channel by channel within each frame.
  double *_Nullable (*_Nonnull output)(Csound *_Nonnull);
  // An event that begins with the next control period: instrument, start, seconds, p4 and on. 0 where it was taken.
  int (*_Nonnull scoreEvent)(Csound *_Nonnull, char type, const double *_Nonnull fields, long count);
  // What a line of orchestra code returns.
  double (*_Nonnull evaluate)(Csound *_Nonnull, const char *_Nonnull code);
  // Points *samples at a control period of samples that instruments read by the channel's name; 0 where there is one. The type
  // is CSOUND_AUDIO_INPUT.
  int (*_Nonnull channel)(Csound *_Nonnull, double *_Nullable *_Nonnull samples, const char *_Nonnull name, int type);
} CsoundFunctions;

// The functions of the first Csound library found on this machine, or NULL with the reason in *reason. The answer is
// found once and stays for the life of the process. Safe from any thread.
const CsoundFunctions *_Nullable ccsound_functions(const char *_Nullable *_Nonnull reason);

// The last line that Csound complained with on this thread; empty where there is none.
const char *_Nonnull ccsound_complaint(void);

#endif
