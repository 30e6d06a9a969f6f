#include "CMPI.h"

#include <pthread.h>

#include "CDynamicLibrary.h"

static MPIFunctions functions;
static char failure[512];
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void find_functions(void) {
#ifdef __APPLE__
  static const char *const names[] = {"libmpi.40.dylib", "libmpi.dylib", "/opt/homebrew/lib/libmpi.dylib"};
#else
  static const char *const names[] = {"libmpi.so.40", "libmpi.so"};
#endif
  const DynamicSymbol symbols[] = {
      {"MPI_Init_thread", &functions.initialize}, {"MPI_Finalize", &functions.finalize},
      {"MPI_Comm_rank", &functions.rank},         {"MPI_Comm_size", &functions.size},
      {"MPI_Bcast", &functions.broadcast},        {"MPI_Allgatherv", &functions.gather},
      {"MPI_Ialltoallv", &functions.exchange},    {"MPI_Test", &functions.test},
      {"ompi_mpi_comm_world", &functions.world},
      {"ompi_mpi_byte", &functions.byte},
  };
  // Open MPI's own plugins look for its symbols among those of the program.
  cdynamiclibrary_find(
      names, sizeof names / sizeof *names, true, symbols, sizeof symbols / sizeof *symbols, failure, sizeof failure);
}

const MPIFunctions *cmpi_functions(const char **reason) {
  pthread_once(&once, find_functions);
  *reason = failure[0] ? failure : NULL;
  return failure[0] ? NULL : &functions;
}
