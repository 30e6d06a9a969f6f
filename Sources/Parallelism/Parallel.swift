import Dispatch
import Foundation
import Synchronization

/// Runs independent pieces of work on several threads. Which thread runs a piece never changes what it computes: pieces
/// write to places of their own, and whoever sums their results does so in the order of their numbers.
public enum Parallel {
  /// The cores of this machine.
  public static let coreCount = max(1, ProcessInfo.processInfo.activeProcessorCount)

  /// Calls `body` once for each piece 0 ..< count, on up to `threads` threads; returns when all are done.
  public static func forEach(_ count: Int, threads: Int = coreCount, _ body: @Sendable (_ piece: Int) -> Void) {
    forEach(count, threads: threads) { piece, _ in body(piece) }
  }

  /// As above; the lane, 0 ..< `threads`, says whose memory to work in: no two pieces are in one lane at once.
  public static func forEach(
    _ count: Int, threads: Int = coreCount, _ body: @Sendable (_ piece: Int, _ lane: Int) -> Void
  ) {
    let lanes = min(count, max(1, threads))
    guard lanes > 1 else {
      for piece in 0..<count { body(piece, 0) }
      return
    }
    let next = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: lanes) { lane in
      while case let piece = next.wrappingAdd(1, ordering: .relaxed).oldValue, piece < count { body(piece, lane) }
    }
  }

  /// The values of `body` for each piece 0 ..< count, in order.
  public static func map<Value: Sendable>(
    _ count: Int, threads: Int = coreCount, _ body: @Sendable (Int) -> Value
  ) -> [Value] {
    let results = Results<Value>(count)
    forEach(count, threads: threads) { results.set($0, body($0)) }
    return results.values.compactMap { $0 }
  }

  /// How many of several equal pieces of work go side by side, each on an equal share of the threads, so that all are done
  /// first: three pieces on two threads go one after another, each on both.
  package static func lanes(_ count: Int, threads: Int) -> Int {
    func rounds(_ lanes: Int) -> Double { Double((count + lanes - 1) / lanes) / Double(threads / lanes) }
    // More lanes where it is the same: pieces share nothing, the threads of one wait for each other.
    return (1...max(1, min(count, threads))).min { (rounds($0), -$0) < (rounds($1), -$1) } ?? 1
  }

  private final class Results<Value>: @unchecked Sendable {
    private let lock = NSLock()
    private(set) var values: [Value?]

    init(_ count: Int) { values = Array(repeating: nil, count: count) }
    func set(_ index: Int, _ value: Value) { lock.withLock { values[index] = value } }
  }
}

/// Counts finished pieces of work over several threads.
package final class WorkCounter: @unchecked Sendable {
  // Sendable: the count is behind the lock.
  private let lock = NSLock()
  private var done = 0
  private let total: Int
  private let tell: @Sendable (Int, Int) -> Void

  /// - Parameter tell: called after each piece, from the thread that finished it, with the pieces done and all.
  package init(total: Int, tell: @escaping @Sendable (Int, Int) -> Void) {
    self.total = total
    self.tell = tell
  }

  package func advance() {
    lock.withLock {
      done += 1
      tell(done, total)
    }
  }
}
