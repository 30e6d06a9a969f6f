// MPI's functions, found at run time: a training on several machines alone needs them, so no program links them.
// The prototypes are those of MPI 3.1 (mpi-forum.org), with the handles of Open MPI, which are addresses.
#ifndef CMPI_H
#define CMPI_H

typedef struct {
  // Handles: all processes, and the type of a byte. A request is one too.
  void *_Nonnull world;
  void *_Nonnull byte;

  // The level 2 (MPI_THREAD_SERIALIZED) lets any thread call, one at a time.
  int (*_Nonnull initialize)(
      int *_Nullable argc, char *_Nullable *_Nullable *_Nullable argv, int wanted, int *_Nonnull provided);
  int (*_Nonnull finalize)(void);
  int (*_Nonnull rank)(void *_Nonnull communicator, int *_Nonnull rank);
  int (*_Nonnull size)(void *_Nonnull communicator, int *_Nonnull size);
  int (*_Nonnull broadcast)(
      void *_Nonnull bytes, int count, void *_Nonnull type, int root, void *_Nonnull communicator);
  int (*_Nonnull gather)(
      const void *_Nonnull part, int count, void *_Nonnull type, void *_Nonnull parts, const int *_Nonnull counts,
      const int *_Nonnull offsets, void *_Nonnull partsType, void *_Nonnull communicator);
  int (*_Nonnull exchange)(
      const void *_Nonnull parts, const int *_Nonnull counts, const int *_Nonnull offsets, void *_Nonnull type,
      void *_Nonnull received, const int *_Nonnull receivedCounts, const int *_Nonnull receivedOffsets,
      void *_Nonnull receivedType, void *_Nonnull communicator, void *_Nullable *_Nonnull request);
  // Whether what a request stands for is done, and then no request any more. A status is not asked for.
  int (*_Nonnull test)(void *_Nullable *_Nonnull request, int *_Nonnull isDone, void *_Nullable status);
} MPIFunctions;

// The functions of Open MPI's library on this machine, or NULL with the dynamic linker's reason in *reason. The answer is
// found once and stays for the life of the process. Safe from any thread.
const MPIFunctions *_Nullable cmpi_functions(const char *_Nullable *_Nonnull reason);

#endif
