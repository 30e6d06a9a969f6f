// A thin shim over oneDNN's C interface: matrix products only, on the calling thread only. It exists so that oneDNN 2
// (Debian 12) and oneDNN 3 (newer systems) differ in this one target.
#ifndef HISS_ONEDNN_H
#define HISS_ONEDNN_H

#include <stddef.h>
#include <stdint.h>

typedef enum { HissFloat32 = 0, HissBFloat16 = 1, HissInt8 = 2 } HissElement;

/// result[b] (rows × columns, float32) = left[b] (rows × inner) · right[b] (inner × columns), any strides in elements.
/// Where left and right are bytes, the result is int32.
typedef struct {
  int64_t batch, rows, inner, columns;
  int64_t left_batch, left_row, left_inner;
  int64_t right_batch, right_inner, right_column;
  int64_t result_batch, result_row;  // the columns of a result are adjacent
  int32_t element;                   // HissElement of left and right
  int32_t accumulate;                // add to what result holds
  int32_t packed;                    // right is in the layout that hiss_product_pack writes
} HissProductShape;

typedef struct HissProduct HissProduct;

/// What came of a call: `HissFailed` where oneDNN has no such product or got wrong arguments, `HissNoMemory` where there
/// was no memory for it, or none for the code that it makes.
typedef enum { HissDone = 0, HissFailed = 1, HissNoMemory = 2 } HissOutcome;

/// NULL when there is none; the outcome says why.
HissProduct *hiss_product_create(const HissProductShape *shape, HissOutcome *outcome);
void hiss_product_destroy(HissProduct *product);

/// Thread-safe.
HissOutcome hiss_product_execute(HissProduct *product, const void *left, const void *right, void *result);

/// Size and identity of the packed layout of `right`; products with equal identities can share packed weights.
size_t hiss_product_packed_bytes(const HissProduct *product);
uint64_t hiss_product_packed_layout(const HissProduct *product);
/// Reorders `right` (of the shape's element type, by the shape's right strides) into `packed`; 0 on success.
HissOutcome hiss_product_pack(const HissProduct *product, const void *right, void *packed);

/// Whether this processor multiplies bfloat16 in hardware.
int hiss_has_bfloat16(void);
/// Whether this processor multiplies bytes and sums them in int32, four at a time (AVX-512 VNNI).
int hiss_has_int8(void);

/// The instructions that products are computed with: what the processor has, as far as DNNL_MAX_CPU_ISA lets it. Results
/// differ between them. "avx512_core_amx", say; another processor's own name where it is no x86-64.
const char *hiss_instruction_set(void);

#endif
