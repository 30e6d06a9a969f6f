import Dispatch
import Foundation

/// Notices Ctrl-C, SIGTERM and SIGHUP (a terminal that is closed), so that work can be saved before it stops; a second Ctrl-C
/// or SIGTERM stops at once.
final class Interrupt: @unchecked Sendable {
  // Sendable: the flag goes from false to true once, under the lock.
  private let lock = NSLock()
  private var flag = false
  private var sources: [any DispatchSourceSignal] = []
  /// The process without which there is no use of this one's work: whoever started it may be killed.
  private let parent = ProcessInfo.processInfo.environment["HISS_PARENT"].flatMap { pid_t($0) }

  init() {
    for number in [SIGINT, SIGTERM, SIGHUP] {
      // Who starts a program with nohup wants it to go on when the terminal goes.
      if number == SIGHUP, Self.isIgnored(number) { continue }
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { [weak self] in
        self?.raise()
        // A terminal's end is told twice: by the system, and by the shell.
        if number != SIGHUP { signal(number, SIG_DFL) }
      }
      source.resume()
      sources.append(source)
    }
  }

  var happened: Bool { lock.withLock { flag } || parent.map { getppid() != $0 } ?? false }

  private func raise() { lock.withLock { flag = true } }

  private static func isIgnored(_ number: Int32) -> Bool {
    let former = signal(number, SIG_IGN)
    signal(number, former)
    return former.map { unsafeBitCast($0, to: Int.self) } == unsafeBitCast(SIG_IGN, to: Int.self)
  }
}
