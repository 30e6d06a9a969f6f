import Dispatch
import Synchronization

/// A value that is worked out on another thread from now on, while this one goes on.
package final class Background<Value: Sendable>: Sendable {
  private let result = Mutex<Result<Value, any Error>?>(nil)
  private let done = DispatchGroup()

  package init(_ work: @escaping @Sendable () throws -> Value) {
    done.enter()
    DispatchQueue.global(qos: .userInitiated).async { [self] in
      let made = Result { try work() }
      result.withLock { $0 = made }
      done.leave()
    }
  }

  /// The value, when it is there.
  /// - Throws: what the work threw.
  package func value() throws -> Value {
    done.wait()
    guard let made = result.withLock({ $0 }) else { preconditionFailure("work that is done has no result") }
    return try made.get()
  }
}
