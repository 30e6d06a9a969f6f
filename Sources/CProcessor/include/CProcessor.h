// Nothing to call: that this target is linked in is enough. Before the program begins it ends it, in one line and with
// exit code 69, where the processor lacks instructions that the program was compiled for.
#ifndef HISS_PROCESSOR_H
#define HISS_PROCESSOR_H
#endif
