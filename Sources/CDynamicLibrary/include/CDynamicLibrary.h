// Functions of libraries that are found at run time, as only some commands need them.
#ifndef CDYNAMICLIBRARY_H
#define CDYNAMICLIBRARY_H

#include <stdbool.h>
#include <stddef.h>

typedef struct {
  const char *name;
  // Where the symbol's address is put: a pointer to a pointer.
  void *target;
} DynamicSymbol;

// Opens the first library of these names that is there, and finds all of the symbols in it. With is_global its own symbols can
// be found by libraries that it opens in turn. Returns its handle, or NULL with the dynamic linker's reason in `reason`: that of
// the first name, which is the one to install.
void *cdynamiclibrary_find(
    const char *const *names, size_t name_count, bool is_global, const DynamicSymbol *symbols, size_t symbol_count,
    char *reason, size_t reason_size);

#endif
