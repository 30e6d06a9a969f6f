#include "CProcessor.h"

#if defined(__x86_64__)
#include <cpuid.h>
#include <stdint.h>
#include <unistd.h>

// This function runs on processors that the rest was not compiled for, so it is compiled for the oldest x86-64, whatever
// the command line says, and calls nothing but write and _exit. The options that are taken back one by one are those that
// -march=native adds one by one.
#define ANY_PROCESSOR                                                                                                 \
  __attribute__((noinline,                                                                                            \
      target("arch=x86-64,no-sse3,no-avx,no-avx2,no-bmi,no-bmi2,no-lzcnt,no-popcnt,no-movbe,no-adx,no-fma,no-f16c,"    \
             "no-avx512f")))

// What the compiler was told it may use, as bits of cpuid's answers: leaf 1 ecx, leaf 7 ebx, ecx, edx, leaf 7.1 eax, leaf
// 0x80000001 ecx.
enum { ONE_C, SEVEN_B, SEVEN_C, SEVEN_D, SEVEN_ONE_A, EXTENDED_C, ANSWERS };

static const uint32_t wanted[ANSWERS] = {
    [ONE_C] = 0
#ifdef __SSE3__
        | 1u << 0
#endif
#ifdef __SSSE3__
        | 1u << 9
#endif
#ifdef __FMA__
        | 1u << 12
#endif
#ifdef __SSE4_1__
        | 1u << 19
#endif
#ifdef __SSE4_2__
        | 1u << 20
#endif
#ifdef __MOVBE__
        | 1u << 22
#endif
#ifdef __POPCNT__
        | 1u << 23
#endif
#ifdef __AVX__
        | 1u << 28 | 1u << 27  // AVX, and a system that saves its registers (OSXSAVE)
#endif
#ifdef __F16C__
        | 1u << 29
#endif
    ,
    [SEVEN_B] = 0
#ifdef __BMI__
        | 1u << 3
#endif
#ifdef __AVX2__
        | 1u << 5
#endif
#ifdef __BMI2__
        | 1u << 8
#endif
#ifdef __AVX512F__
        | 1u << 16
#endif
#ifdef __AVX512DQ__
        | 1u << 17
#endif
#ifdef __ADX__
        | 1u << 19
#endif
#ifdef __AVX512IFMA__
        | 1u << 21
#endif
#ifdef __AVX512CD__
        | 1u << 28
#endif
#ifdef __AVX512BW__
        | 1u << 30
#endif
#ifdef __AVX512VL__
        | 1u << 31
#endif
    ,
    [SEVEN_C] = 0
#ifdef __AVX512VBMI__
        | 1u << 1
#endif
#ifdef __AVX512VBMI2__
        | 1u << 6
#endif
#ifdef __GFNI__
        | 1u << 8
#endif
#ifdef __VAES__
        | 1u << 9
#endif
#ifdef __VPCLMULQDQ__
        | 1u << 10
#endif
#ifdef __AVX512VNNI__
        | 1u << 11
#endif
#ifdef __AVX512BITALG__
        | 1u << 12
#endif
#ifdef __AVX512VPOPCNTDQ__
        | 1u << 14
#endif
    ,
    [SEVEN_D] = 0
#ifdef __AVX512VP2INTERSECT__
        | 1u << 8
#endif
#ifdef __AVX512FP16__
        | 1u << 23
#endif
    ,
    [SEVEN_ONE_A] = 0
#ifdef __AVXVNNI__
        | 1u << 4
#endif
#ifdef __AVX512BF16__
        | 1u << 5
#endif
#ifdef __AVXIFMA__
        | 1u << 23
#endif
    ,
    [EXTENDED_C] = 0
#ifdef __LZCNT__
        | 1u << 5
#endif
};

#if defined(__AVX512F__)
#define LEVEL "x86-64-v4 (AVX-512) or newer"
#elif defined(__AVX2__)
#define LEVEL "x86-64-v3 (AVX2) or newer"
#else
#define LEVEL "x86-64-v2 (SSE 4.2) or newer"
#endif

ANY_PROCESSOR __attribute__((constructor(101))) static void check_processor(void) {
  volatile uint32_t has[ANSWERS] = {0};
  uint32_t a, b, c, d, highest, saved = 0, missing = 0;
  __cpuid(0, highest, b, c, d);
  __cpuid(1, a, b, c, d);
  has[ONE_C] = c;
  if (c & 1u << 27) __asm__ volatile("xgetbv" : "=a"(saved), "=d"(d) : "c"(0));
  if (highest >= 7) {
    __cpuid_count(7, 0, a, b, c, d);
    has[SEVEN_B] = b, has[SEVEN_C] = c, has[SEVEN_D] = d;
    if (a >= 1) {
      __cpuid_count(7, 1, a, b, c, d);
      has[SEVEN_ONE_A] = a;
    }
  }
  __cpuid(0x80000000u, highest, b, c, d);
  if (highest >= 0x80000001u) {
    __cpuid(0x80000001u, a, b, c, d);
    has[EXTENDED_C] = c;
  }
  for (int i = 0; i < ANSWERS; i++) missing |= wanted[i] & ~has[i];
#ifdef __AVX512F__
  missing |= (saved & 0xe6) ^ 0xe6;
#elif defined(__AVX__)
  missing |= (saved & 6) ^ 6;
#endif
  if (!missing) return;
  static const char line[] = "hiss: this program was built for processors of level " LEVEL ", and this one lacks some of "
                             "their instructions: build Hiss here, or copy what scripts/install makes\n";
  if (write(2, line, sizeof line - 1) < 0) _exit(71);
  _exit(69);
}
#endif
