import Audio
package import Foundation
import Storage

/// The one rule of what a command may write over: never what it reads; nothing else that is there, unless it is told to, or
/// the very same was made there before.
package struct OutputRule: Sendable {
  private let inputs: [URL]
  private let isForced: Bool

  /// - Parameters:
  ///   - inputs: the files that the command reads, which are never replaced.
  ///   - isForced: whether any other file may be replaced.
  package init(inputs: [URL] = [], isForced: Bool = false) {
    self.inputs = inputs
    self.isForced = isForced
  }

  /// - Parameter isSame: whether the file that is there was made of the same request.
  /// - Throws: `OutputError.isInput` or `exists`.
  package func check(_ file: URL, isSame: (URL) -> Bool = { _ in false }) throws(OutputError) {
    try checkIsNoInput(file)
    guard !isForced, FileIdentity.isTaken(file), !isSame(file) else { return }
    throw .exists(path: file.path)
  }

  /// - Throws: `OutputError.isInput`.
  package func checkIsNoInput(_ file: URL) throws(OutputError) {
    // A link to an input is another name of it.
    guard let there = FileIdentity(file), inputs.contains(where: { FileIdentity($0) == there }) else { return }
    throw .isInput(path: file.path)
  }

  /// Keeps what was made there of the same request from being replaced by anything but the same bytes again: somebody may
  /// have edited it, with its tags.
  /// - Throws: `OutputError.isChanged`.
  package func check(_ file: URL, against bytes: some Collection<UInt8>) throws(OutputError) {
    guard !isForced, FileIdentity.isTaken(file), !AudioFile.holds(Array(bytes), at: file) else { return }
    throw .isChanged(path: file.path)
  }
}
