// What becomes of memory that is given back, and of a process that gets no more of it. Swift's runtime, C++ and
// libdispatch end it by a trap or an abort, each with words of its own or with none; here it ends in one line.
#ifndef HISS_MEMORY_H
#define HISS_MEMORY_H

#include <stddef.h>

/// From now on, whoever gets no memory ends the process with this line on stderr and this exit code. A crash while memory
/// is not short stays the crash that it is.
/// `line` is kept, not copied.
void hiss_memory_watch(const char *line, size_t length, int code);

/// A block of memory, to be freed with `free`; NULL where there is none, of which nothing else comes.
void *hiss_memory_try(size_t alignment, size_t size);

/// Whether the process could not get another 256 MB.
int hiss_memory_is_short(void);

/// Ends the process as `hiss_memory_watch` was told to; returns where it was told nothing.
void hiss_memory_end(void);

/// From now on freed memory stays with the process, up to `most` bytes of it, where the C library is glibc.
void hiss_memory_keep(int most);

#endif
