#include "CDynamicLibrary.h"

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

static void note_failure(char *reason, size_t size) {
  const char *said = dlerror();
  snprintf(reason, size, "%s", said ? said : "unknown error");
}

void *cdynamiclibrary_find(
    const char *const *names, size_t name_count, bool is_global, const DynamicSymbol *symbols, size_t symbol_count,
    char *reason, size_t reason_size) {
  void *library = NULL;
  for (size_t i = 0; i < name_count && !library; i++) {
    library = dlopen(names[i], RTLD_NOW | (is_global ? RTLD_GLOBAL : RTLD_LOCAL));
    if (!library && i == 0) note_failure(reason, reason_size);
  }
  if (!library) return NULL;
  for (size_t i = 0; i < symbol_count; i++) {
    void *address = dlsym(library, symbols[i].name);
    if (!address) {
      note_failure(reason, reason_size);
      return NULL;
    }
    memcpy(symbols[i].target, &address, sizeof address);
  }
  reason[0] = 0;
  return library;
}
