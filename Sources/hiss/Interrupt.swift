import Dispatch
import Foundation

/// Notices Ctrl-C, and SIGTERM, so that work can be saved before it stops; a second one stops at once.
final class Interrupt: @unchecked Sendable {
  // Sendable: the flag goes from false to true once, under the lock.
  private let lock = NSLock()
  private var flag = false
  private var sources: [any DispatchSourceSignal] = []

  init() {
    for number in [SIGINT, SIGTERM] {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { [weak self] in
        self?.raise()
        signal(number, SIG_DFL)
      }
      source.resume()
      sources.append(source)
    }
  }

  var happened: Bool { lock.withLock { flag } }

  private func raise() { lock.withLock { flag = true } }
}
