import CMemory
import Foundation

/// What becomes of a process that gets no more memory: Swift has no way to go on from there.
package enum OutOfMemory {
  /// From now on whoever gets no memory, in Swift or in a library of C or C++, ends the process with one line on stderr.
  /// - Parameters:
  ///   - line: without its end.
  ///   - code: the exit code.
  package static func endsProcess(saying line: String, code: Int32) {
    let bytes = Array((line + "\n").utf8)
    let kept = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count)
    for (index, byte) in bytes.enumerated() { kept[index] = CChar(bitPattern: byte) }
    hiss_memory_watch(kept, bytes.count, code)
  }

  /// Ends the process as `endsProcess` said; traps where it has said nothing.
  /// - Parameter what: that there was no memory for.
  package static func end(_ what: @autoclosure () -> String) -> Never {
    hiss_memory_end()
    preconditionFailure("there is no memory for \(what())")
  }

  /// A block of memory, which `free` gives back; nil where there is none, and the process does not end of it.
  package static func tryToAllocate(byteCount: Int, alignment: Int) -> UnsafeMutableRawPointer? {
    hiss_memory_try(alignment, byteCount)
  }

  /// Whether the process could not get another 256 MB.
  package static var isNear: Bool { hiss_memory_is_short() != 0 }
}
