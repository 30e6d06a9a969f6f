import Foundation

/// What C libraries print on stderr by themselves: mpg123 writes a page about one damaged MP3, and cannot be told not to.
enum LibraryMessages {
  /// Does something while nothing that is printed on stderr is shown. Other threads may do so at the same time, and what this
  /// program has to say does not go through the descriptor (`StandardStream.errors`).
  static func silenced<Result>(_ body: () -> Result) -> Result {
    silence.begin()
    defer { silence.end() }
    return body()
  }

  private static let silence = Silence()

  private final class Silence: @unchecked Sendable {
    // Sendable: what changes is behind the lock.
    private let lock = NSLock()
    private var holders = 0
    /// What stderr was, while there are holders.
    private var original: Int32 = -1

    func begin() {
      lock.withLock {
        holders += 1
        guard holders == 1 else { return }
        let nothing = open("/dev/null", O_WRONLY | O_CLOEXEC)
        guard nothing >= 0 else { return }
        original = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)
        if original >= 0 { dup2(nothing, STDERR_FILENO) }
        close(nothing)
      }
    }

    func end() {
      lock.withLock {
        holders -= 1
        guard holders == 0, original >= 0 else { return }
        dup2(original, STDERR_FILENO)
        close(original)
        original = -1
      }
    }
  }
}
