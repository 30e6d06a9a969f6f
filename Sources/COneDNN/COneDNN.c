#define _GNU_SOURCE
#include "COneDNN.h"

#include <oneapi/dnnl/dnnl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "Thread.h"
#include "Versions.h"

struct HissProduct {
  dnnl_primitive_t primitive;
  const_dnnl_primitive_desc_t descriptor;
  HissProductShape shape;
  size_t scratch_bytes;
  int argument_count;
  atomic_flag busy;
  dnnl_exec_arg_t arguments[4];
};

static dnnl_data_type_t type_of(int32_t element) {
  return element == HissInt8 ? dnnl_s8 : element == HissBFloat16 ? dnnl_bf16 : dnnl_f32;
}

static dnnl_data_type_t result_type_of(int32_t element) { return element == HissInt8 ? dnnl_s32 : dnnl_f32; }

static Queried query(const HissProduct *p, dnnl_query_t what) {
  return dnnl_primitive_desc_query_md(p->descriptor, what, 0);
}

// ---- Products ----

// Descriptions of the buffers of one execution. Each product keeps one set, which the first of several threads takes;
// the others make their own.
static dnnl_status_t make_arguments(const HissProduct *p, dnnl_exec_arg_t *arguments) {
  static const dnnl_query_t what[4] = {dnnl_query_src_md, dnnl_query_weights_md, dnnl_query_dst_md, dnnl_query_scratchpad_md};
  static const int role[4] = {DNNL_ARG_SRC, DNNL_ARG_WEIGHTS, DNNL_ARG_DST, DNNL_ARG_SCRATCHPAD};
  dnnl_status_t status = dnnl_success;
  for (int i = 0; i < p->argument_count && status == dnnl_success; i++) {
    arguments[i] = (dnnl_exec_arg_t){role[i], NULL};
    status = dnnl_memory_create(&arguments[i].memory, query(p, what[i]), engine, NULL);
  }
  return status;
}

static void drop_arguments(const HissProduct *p, dnnl_exec_arg_t *arguments) {
  for (int i = 0; i < p->argument_count; i++) if (arguments[i].memory) dnnl_memory_destroy(arguments[i].memory);
}

static dnnl_status_t make_attributes(const HissProductShape *s, dnnl_primitive_attr_t *attributes) {
  dnnl_post_ops_t ops = NULL;
  dnnl_status_t status = dnnl_primitive_attr_create(attributes);
  if (status == dnnl_success) status = dnnl_primitive_attr_set_scratchpad_mode(*attributes, dnnl_scratchpad_mode_user);
  if (status != dnnl_success || !s->accumulate) return status;
  status = dnnl_post_ops_create(&ops);
  if (status == dnnl_success) status = append_sum(ops);
  if (status == dnnl_success) status = dnnl_primitive_attr_set_post_ops(*attributes, ops);
  if (ops) dnnl_post_ops_destroy(ops);
  return status;
}

// The product's descriptor; NULL where the status is another than success.
static dnnl_status_t describe_product(const HissProductShape *s, dnnl_primitive_desc_t *descriptor) {
  const int n = s->batch > 1 ? 3 : 2, skip = 3 - n;
  const dnnl_dims_t left_dims = {s->batch, s->rows, s->inner};
  dnnl_dims_t left_strides = {s->left_batch, s->left_row, s->left_inner};
  const dnnl_dims_t right_dims = {s->batch, s->inner, s->columns}, right_strides = {s->right_batch, s->right_inner, s->right_column};
  const dnnl_dims_t result_dims = {s->batch, s->rows, s->columns};
  dnnl_dims_t result_strides = {s->result_batch, s->result_row, 1};
#if DNNL_VERSION_MAJOR >= 3
  // oneDNN 3.7 takes a single row or column for a dense one, whatever its stride, where the stride of the dimension of
  // length one lets it. That stride means nothing, so it is one that does not.
  if (s->rows == 1 && s->left_inner != 1) left_strides[1] = s->inner * s->left_inner;
  if (s->columns == 1 && s->result_row != 1) result_strides[2] = s->rows * s->result_row;
#endif
  *descriptor = NULL;
  Description part[3];
  int described = 0;
  dnnl_status_t status = describe(&part[0], n, left_dims + skip, type_of(s->element), left_strides + skip);
  described += status == dnnl_success;
  if (status == dnnl_success) status = describe(&part[1], n, right_dims + skip, type_of(s->element), s->packed ? NULL : right_strides + skip);
  described += status == dnnl_success;
  if (status == dnnl_success) status = describe(&part[2], n, result_dims + skip, result_type_of(s->element), result_strides + skip);
  described += status == dnnl_success;
  dnnl_primitive_attr_t attributes = NULL;
  if (status == dnnl_success) status = make_attributes(s, &attributes);
  if (status == dnnl_success) status = make_descriptor(descriptor, &part[0], &part[1], &part[2], attributes);
  if (attributes) dnnl_primitive_attr_destroy(attributes);
  for (int i = 0; i < described; i++) forget(&part[i]);
  return status;
}

HissProduct *hiss_product_create(const HissProductShape *s, HissOutcome *outcome) {
  *outcome = HissNoMemory;
  pthread_once(&engine_once, make_engine);
  // Primitives are made for as many threads as OpenMP has at their making: one.
  if (!engine || !stream()) return NULL;
  dnnl_primitive_desc_t descriptor;
  dnnl_status_t status = describe_product(s, &descriptor);
  *outcome = outcome_of(status);
  if (status != dnnl_success) return NULL;
  HissProduct *p = calloc(1, sizeof *p);
  if (!p) {
    dnnl_primitive_desc_destroy(descriptor);
    *outcome = HissNoMemory;
    return NULL;
  }
  p->shape = *s;
  p->descriptor = descriptor;
  Queried scratchpad = query(p, dnnl_query_scratchpad_md);
  p->scratch_bytes = scratchpad ? dnnl_memory_desc_get_size(scratchpad) : 0;
  p->argument_count = p->scratch_bytes ? 4 : 3;
  atomic_flag_clear(&p->busy);
  status = dnnl_primitive_create(&p->primitive, descriptor);
  if (status == dnnl_success) status = make_arguments(p, p->arguments);
  *outcome = outcome_of(status);
  if (status == dnnl_success) return p;
  hiss_product_destroy(p);
  return NULL;
}

void hiss_product_destroy(HissProduct *p) {
  if (!p) return;
  drop_arguments(p, p->arguments);
  if (p->primitive) dnnl_primitive_destroy(p->primitive);
  dnnl_primitive_desc_destroy((dnnl_primitive_desc_t)p->descriptor);
  free(p);
}

HissOutcome hiss_product_execute(HissProduct *p, const void *left, const void *right, void *result) {
  dnnl_stream_t on = stream();
  void *const handle[4] = {(void *)left, (void *)right, result, scratch(p->scratch_bytes)};
  // oneDNN would write to where it is told, without looking.
  if (!on || (p->scratch_bytes && !handle[3])) return HissNoMemory;
  const int mine = !atomic_flag_test_and_set_explicit(&p->busy, memory_order_acquire);
  dnnl_exec_arg_t own[4] = {{0}}, *arguments = mine ? p->arguments : own;
  dnnl_status_t status = mine ? dnnl_success : make_arguments(p, own);
  for (int i = 0; i < p->argument_count && status == dnnl_success; i++)
    status = dnnl_memory_set_data_handle(arguments[i].memory, handle[i]);
  if (status == dnnl_success) status = dnnl_primitive_execute(p->primitive, on, p->argument_count, arguments);
  if (mine) atomic_flag_clear_explicit(&p->busy, memory_order_release);
  else drop_arguments(p, own);
  return outcome_of(status);
}

size_t hiss_product_packed_bytes(const HissProduct *p) { return dnnl_memory_desc_get_size(query(p, dnnl_query_weights_md)); }

uint64_t hiss_product_packed_layout(const HissProduct *p) { return identity(query(p, dnnl_query_weights_md)); }

static HissOutcome pack(const HissProduct *p, const void *right, const dnnl_dims_t strides, void *packed) {
  const HissProductShape *s = &p->shape;
  const dnnl_dims_t dims = {s->inner, s->columns};
  Description plain;
  dnnl_memory_t from = NULL, to = NULL;
  dnnl_primitive_desc_t descriptor = NULL;
  dnnl_primitive_t reorder = NULL;
  if (s->batch > 1) return HissFailed;
  if (!stream()) return HissNoMemory;
  dnnl_status_t status = describe(&plain, 2, dims, type_of(s->element), strides);
  if (status != dnnl_success) return outcome_of(status);
  Queried layout = query(p, dnnl_query_weights_md);
  status = dnnl_memory_create(&from, reference(&plain), engine, (void *)right);
  if (status == dnnl_success) status = dnnl_memory_create(&to, layout, engine, packed);
  if (status == dnnl_success) status = dnnl_reorder_primitive_desc_create(&descriptor, reference(&plain), engine, layout, engine, NULL);
  if (status == dnnl_success) status = dnnl_primitive_create(&reorder, descriptor);
  const dnnl_exec_arg_t arguments[2] = {{DNNL_ARG_FROM, from}, {DNNL_ARG_TO, to}};
  if (status == dnnl_success) status = dnnl_primitive_execute(reorder, stream(), 2, arguments);
  if (reorder) dnnl_primitive_destroy(reorder);
  if (descriptor) dnnl_primitive_desc_destroy(descriptor);
  if (from) dnnl_memory_destroy(from);
  if (to) dnnl_memory_destroy(to);
  forget(&plain);
  return outcome_of(status);
}

HissOutcome hiss_product_pack(const HissProduct *p, const void *right, void *packed) {
  const HissProductShape *s = &p->shape;
  const dnnl_dims_t strides = {s->right_inner, s->right_column};
  const int by_rows = s->right_column == 1 && s->right_inner == s->columns;
  const int by_columns = s->right_inner == 1 && s->right_column == s->inner;
  if (s->element != HissInt8 || by_rows || by_columns) return pack(p, right, strides, packed);
  // oneDNN 3.7 packs bytes wrongly from rows with anything between them, and 2.6 from a single one: from a dense copy.
  const dnnl_dims_t dense = {s->columns, 1};
  int8_t *copy = malloc((size_t)(s->inner * s->columns));
  if (!copy) return HissNoMemory;
  for (int64_t i = 0; i < s->inner; i++)
    for (int64_t j = 0; j < s->columns; j++)
      copy[i * s->columns + j] = ((const int8_t *)right)[i * s->right_inner + j * s->right_column];
  const HissOutcome outcome = pack(p, copy, dense, packed);
  free(copy);
  return outcome;
}
