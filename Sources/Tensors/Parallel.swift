import Dispatch
import Foundation

/// Runs independent pieces of work on several threads. Which thread runs a piece never changes what it computes: pieces
/// write to places of their own, and whoever sums their results does so in the order of their numbers.
public enum Parallel {
  /// The cores of this machine.
  public static let coreCount = max(1, ProcessInfo.processInfo.activeProcessorCount)

  /// Calls `body` once for each piece 0 ..< count, on up to `threads` threads; returns when all are done.
  public static func forEach(_ count: Int, threads: Int = coreCount, _ body: @Sendable (Int) -> Void) {
    let lanes = min(count, max(1, threads))
    guard lanes > 1 else {
      for piece in 0..<count { body(piece) }
      return
    }
    let next = Counter()
    DispatchQueue.concurrentPerform(iterations: lanes) { _ in
      while case let piece = next.take(), piece < count { body(piece) }
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

  private final class Counter: @unchecked Sendable {
    private let lock = NSLock()
    private var value = 0

    func take() -> Int {
      lock.withLock {
        defer { value += 1 }
        return value
      }
    }
  }

  private final class Results<Value>: @unchecked Sendable {
    private let lock = NSLock()
    private(set) var values: [Value?]

    init(_ count: Int) { values = Array(repeating: nil, count: count) }
    func set(_ index: Int, _ value: Value) { lock.withLock { values[index] = value } }
  }
}

/// How the rows of an inference tape's operations are shared by threads: in even parts of at most 64, whatever the number of
/// threads, because what a product makes of a row may depend on how many rows there are.
///
/// 64 rows keep a product near its rate: the products of a block took 3 % longer in bfloat16, 2 % in bytes, than of 112 or
/// 590 rows at once (a probe that is not in the repository).
enum RowTiles {
  static let longest = 64

  /// The parts of so many rows, in order.
  static func ranges(_ count: Int) -> [Range<Int>] {
    let parts = max(1, (count + longest - 1) / longest)
    return (0..<parts).map { ($0 * count / parts)..<(($0 + 1) * count / parts) }
  }
}

extension Tape {
  /// Calls `body` for all rows at once when recording, else for part after part, on the tape's threads.
  func forEachTile(_ rowCount: Int, _ body: @Sendable (Range<Int>) -> Void) {
    guard !isRecording else { return body(0..<rowCount) }
    let tiles = RowTiles.ranges(rowCount)
    Parallel.forEach(tiles.count, threads: threads) { body(tiles[$0]) }
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
