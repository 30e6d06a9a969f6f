#include <oneapi/dnnl/dnnl.h>

#include "COneDNN.h"

static int has(int wanted) { return ((int)dnnl_get_effective_cpu_isa() & wanted) == wanted; }

int hiss_has_bfloat16(void) { return has(dnnl_cpu_isa_avx512_core_bf16); }

int hiss_has_int8(void) { return has(dnnl_cpu_isa_avx512_core_vnni); }

const char *hiss_instruction_set(void) {
#if defined(__x86_64__)
  switch ((int)dnnl_get_effective_cpu_isa()) {
  case dnnl_cpu_isa_sse41: return "sse41";
  case dnnl_cpu_isa_avx: return "avx";
  case dnnl_cpu_isa_avx2: return "avx2";
  case dnnl_cpu_isa_avx2_vnni: return "avx2_vnni";
  case dnnl_cpu_isa_avx512_core: return "avx512_core";
  case dnnl_cpu_isa_avx512_core_vnni: return "avx512_core_vnni";
  case dnnl_cpu_isa_avx512_core_bf16: return "avx512_core_bf16";
  case dnnl_cpu_isa_avx512_core_amx: return "avx512_core_amx";
#if DNNL_VERSION_MAJOR >= 3
  case dnnl_cpu_isa_avx2_vnni_2: return "avx2_vnni_2";
  case dnnl_cpu_isa_avx512_core_fp16: return "avx512_core_fp16";
  case dnnl_cpu_isa_avx512_core_amx_fp16: return "avx512_core_amx_fp16";
#endif
  default: return "x86-64";
  }
#elif defined(__aarch64__)
  return "aarch64";
#else
  return "other";
#endif
}
