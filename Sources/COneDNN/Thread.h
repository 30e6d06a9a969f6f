// What products need of the process and of the thread that runs them. Included by COneDNN.c alone.
#include <dlfcn.h>
#include <oneapi/dnnl/dnnl.h>
#include <pthread.h>
#include <stdlib.h>

static dnnl_engine_t engine;
static pthread_once_t engine_once = PTHREAD_ONCE_INIT;

static void make_engine(void) {
  // Whatever DNNL_VERBOSE says: oneDNN would write its notes to stdout, which is for results.
  dnnl_set_verbose(0);
  dnnl_set_jit_dump(0);
  if (dnnl_engine_create(&engine, dnnl_cpu, 0) != dnnl_success) engine = NULL;
}

// What belongs to one thread: its stream, its scratch memory, and oneDNN's OpenMP kept to this one thread. Parallel
// work is split above the products, where the order of sums can be fixed.
static __thread dnnl_stream_t thread_stream;
static __thread void *thread_scratch;
static __thread size_t thread_scratch_bytes;

static dnnl_stream_t stream(void) {
  if (!thread_stream) {
    void (*set_threads)(int) = (void (*)(int))dlsym(RTLD_DEFAULT, "omp_set_num_threads");
    if (set_threads) set_threads(1);
    if (dnnl_stream_create(&thread_stream, engine, dnnl_stream_default_flags) != dnnl_success) thread_stream = NULL;
  }
  return thread_stream;
}

static HissOutcome outcome_of(dnnl_status_t status) {
  // Of code that it got no memory for oneDNN says that something went wrong at run time.
  const int is_memory = status == dnnl_out_of_memory || status == dnnl_runtime_error;
  return status == dnnl_success ? HissDone : is_memory ? HissNoMemory : HissFailed;
}

static void *scratch(size_t bytes) {
  if (bytes > thread_scratch_bytes) {
    free(thread_scratch);
    thread_scratch_bytes = (bytes + 4095) & ~(size_t)4095;
    thread_scratch = aligned_alloc(64, thread_scratch_bytes);
    if (!thread_scratch) thread_scratch_bytes = 0;
  }
  return thread_scratch;
}
