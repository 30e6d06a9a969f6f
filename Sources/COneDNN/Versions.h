// What differs between oneDNN 2 and 3: descriptors of memory, and of the product itself. Included by COneDNN.c alone.
#include <oneapi/dnnl/dnnl.h>
#include <stdint.h>

#if DNNL_VERSION_MAJOR >= 3
typedef dnnl_memory_desc_t Description;
static dnnl_status_t describe(Description *d, int n, const dnnl_dims_t dims, dnnl_data_type_t type, const dnnl_dims_t strides) {
  return strides ? dnnl_memory_desc_create_with_strides(d, n, dims, type, strides)
                 : dnnl_memory_desc_create_with_tag(d, n, dims, type, dnnl_format_tag_any);
}
static void forget(Description *d) { dnnl_memory_desc_destroy(*d); }
static const_dnnl_memory_desc_t reference(const Description *d) { return *d; }
typedef const_dnnl_memory_desc_t Queried;
static dnnl_status_t make_descriptor(dnnl_primitive_desc_t *pd, Description *l, Description *r, Description *c, dnnl_primitive_attr_t attributes) {
  return dnnl_matmul_primitive_desc_create(pd, engine, *l, *r, NULL, *c, attributes);
}
static dnnl_status_t append_sum(dnnl_post_ops_t ops) { return dnnl_post_ops_append_sum(ops, 1.0f, 0, dnnl_data_type_undef); }
static uint64_t identity(Queried md) {
  // What version 2 is asked below, by queries: the bytes of dnnl_memory_desc_get_blob differ between equal descriptions.
  int count = 0, blocks = 0;
  const dnnl_dims_t *padded = NULL, *strides = NULL, *sizes = NULL, *indices = NULL;
  if (dnnl_memory_desc_query(md, dnnl_query_ndims_s32, &count) != dnnl_success
      || dnnl_memory_desc_query(md, dnnl_query_padded_dims, &padded) != dnnl_success
      || dnnl_memory_desc_query(md, dnnl_query_strides, &strides) != dnnl_success
      || dnnl_memory_desc_query(md, dnnl_query_inner_nblks_s32, &blocks) != dnnl_success
      || dnnl_memory_desc_query(md, dnnl_query_inner_blks, &sizes) != dnnl_success
      || dnnl_memory_desc_query(md, dnnl_query_inner_idxs, &indices) != dnnl_success)
    return 0;
  uint64_t hash = 1469598103934665603u;
  for (int i = 0; i < count; i++) {
    hash = (hash ^ (uint64_t)(*padded)[i]) * 1099511628211u;
    hash = (hash ^ (uint64_t)(*strides)[i]) * 1099511628211u;
  }
  for (int i = 0; i < blocks; i++) {
    hash = (hash ^ (uint64_t)(*sizes)[i]) * 1099511628211u;
    hash = (hash ^ (uint64_t)(*indices)[i]) * 1099511628211u;
  }
  // What may lie behind the elements (sums of columns) shows in the size.
  return (hash ^ (uint64_t)dnnl_memory_desc_get_size(md)) * 1099511628211u;
}
#else
typedef dnnl_memory_desc_t Description;
static dnnl_status_t describe(Description *d, int n, const dnnl_dims_t dims, dnnl_data_type_t type, const dnnl_dims_t strides) {
  return strides ? dnnl_memory_desc_init_by_strides(d, n, dims, type, strides)
                 : dnnl_memory_desc_init_by_tag(d, n, dims, type, dnnl_format_tag_any);
}
static void forget(Description *d) { (void)d; }
static const dnnl_memory_desc_t *reference(const Description *d) { return d; }
typedef const dnnl_memory_desc_t *Queried;
static dnnl_status_t make_descriptor(dnnl_primitive_desc_t *pd, Description *l, Description *r, Description *c, dnnl_primitive_attr_t attributes) {
  dnnl_matmul_desc_t operation;
  dnnl_status_t status = dnnl_matmul_desc_init(&operation, l, r, NULL, c);
  return status != dnnl_success ? status : dnnl_primitive_desc_create(pd, &operation, attributes, engine, NULL);
}
static dnnl_status_t append_sum(dnnl_post_ops_t ops) { return dnnl_post_ops_append_sum(ops, 1.0f); }
static uint64_t identity(Queried md) {
  // Only the fields that say where an element lies; the rest of the struct may hold anything.
  uint64_t hash = 1469598103934665603u;
  const dnnl_blocking_desc_t *blocking = &md->format_desc.blocking;
  for (int i = 0; i < md->ndims; i++) {
    hash = (hash ^ (uint64_t)md->padded_dims[i]) * 1099511628211u;
    hash = (hash ^ (uint64_t)blocking->strides[i]) * 1099511628211u;
  }
  for (int i = 0; i < blocking->inner_nblks; i++) {
    hash = (hash ^ (uint64_t)blocking->inner_blks[i]) * 1099511628211u;
    hash = (hash ^ (uint64_t)blocking->inner_idxs[i]) * 1099511628211u;
  }
  hash = (hash ^ md->extra.flags) * 1099511628211u;
  return hash;
}
#endif
