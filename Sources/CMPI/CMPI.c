#include "CMPI.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

static MPIFunctions functions;
static char failure[512];
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void note_failure(const char *reason) {
  snprintf(failure, sizeof failure, "%s", reason ? reason : "unknown error");
}

static void find_functions(void) {
#ifdef __APPLE__
  static const char *const names[] = {"libmpi.40.dylib", "libmpi.dylib", "/opt/homebrew/lib/libmpi.dylib"};
#else
  static const char *const names[] = {"libmpi.so.40", "libmpi.so"};
#endif
  void *library = NULL;
  for (size_t i = 0; i < sizeof names / sizeof *names && !library; i++) {
    // Open MPI's own plugins look for its symbols among those of the program.
    library = dlopen(names[i], RTLD_NOW | RTLD_GLOBAL);
    if (!library && i == 0) note_failure(dlerror());
  }
  if (!library) return;
  failure[0] = 0;

  const struct {
    const char *name;
    void *target;
  } symbols[] = {
      {"MPI_Init_thread", &functions.initialize},        {"MPI_Finalize", &functions.finalize},
      {"MPI_Comm_rank", &functions.rank},         {"MPI_Comm_size", &functions.size},
      {"MPI_Bcast", &functions.broadcast},        {"MPI_Allgatherv", &functions.gather},
      {"MPI_Ialltoallv", &functions.exchange},    {"MPI_Test", &functions.test},
      {"ompi_mpi_comm_world", &functions.world},
      {"ompi_mpi_byte", &functions.byte},
  };
  for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++) {
    void *address = dlsym(library, symbols[i].name);
    if (!address) {
      note_failure(dlerror());
      return;
    }
    memcpy(symbols[i].target, &address, sizeof address);
  }
}

const MPIFunctions *cmpi_functions(const char **reason) {
  pthread_once(&once, find_functions);
  *reason = failure[0] ? failure : NULL;
  return failure[0] ? NULL : &functions;
}
