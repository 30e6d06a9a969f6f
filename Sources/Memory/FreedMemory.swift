import CMemory

/// What becomes of memory that is given back by whoever asked for it.
package enum FreedMemory {
  /// From now on the process keeps up to 256 MB of it for the next to ask, where the C library (glibc) would hand it to
  /// the system at once.
  ///
  /// Sections, clips and steps ask for the same few megabytes again and again, and memory that is new to a process is
  /// cleared page by page. Libraries do not call this: it is for the program that owns the process to decide.
  package static func keep() {
    hiss_memory_keep(256 << 20)
  }
}
