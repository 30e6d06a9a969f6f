import Foundation
public import Ranks

/// Ranks that are threads of one process: what several processes do together, without them.
public struct ThreadRanks: RankGroup {
  public let rank: Int
  private let board: Board
  public var count: Int { board.count }

  /// Runs `body` on so many ranks at once; returns what they made, in order.
  public static func run<Value: Sendable>(
    _ count: Int, _ body: @escaping @Sendable (ThreadRanks) throws -> Value
  ) throws -> [Value] {
    let board = Board(count)
    let results = Results<Value>(count)
    let threads = (0..<count).map { rank in
      let thread = Thread { results.set(rank, Result { try body(ThreadRanks(rank: rank, board: board)) }) }
      thread.stackSize = 8 << 20
      thread.start()
      return thread
    }
    results.wait()
    withExtendedLifetime(threads) {}
    return try results.values.compactMap { try $0?.get() }
  }

  public func broadcast(_ bytes: UnsafeMutableRawBufferPointer) {
    board.show(UnsafeRawBufferPointer(bytes), of: rank)
    if rank > 0 { bytes.copyMemory(from: board.shown(by: 0)) }
    board.meet()
  }

  public func gather(_ part: UnsafeRawBufferPointer?, counts: [Int], into parts: UnsafeMutableRawBufferPointer) {
    let ownStart = counts[..<rank].reduce(0, +)
    board.show(part ?? UnsafeRawBufferPointer(rebasing: parts[ownStart..<ownStart + counts[rank]]), of: rank)
    var start = 0
    for other in 0..<count {
      UnsafeMutableRawBufferPointer(rebasing: parts[start..<start + counts[other]]).copyMemory(
        from: board.shown(by: other))
      start += counts[other]
    }
    board.meet()
  }

  public func exchange(_ parts: UnsafeRawBufferPointer, counts: [Int], into received: UnsafeMutableRawBufferPointer) {
    board.show(parts, of: rank)
    let size = counts[rank]
    let others = (0..<count).filter { $0 != rank }
    for (place, other) in others.enumerated() {
      // What the other has for the ranks before this one, itself left out.
      let start = (0..<rank).reduce(0) { $0 + ($1 == other ? 0 : counts[$1]) }
      UnsafeMutableRawBufferPointer(rebasing: received[place * size..<(place + 1) * size]).copyMemory(
        from: UnsafeRawBufferPointer(rebasing: board.shown(by: other)[start..<start + size]))
    }
    board.meet()
  }
}

/// What each rank shows the others, between two meetings.
private final class Board: @unchecked Sendable {
  // Sendable: all is behind the condition.
  let count: Int
  private let condition = NSCondition()
  private var shown: [UnsafeRawBufferPointer?]
  private var waiting = 0
  private var round = 0

  init(_ count: Int) {
    self.count = count
    shown = Array(repeating: nil, count: count)
  }

  /// Returns when all have shown theirs.
  func show(_ bytes: UnsafeRawBufferPointer, of rank: Int) {
    condition.withLock { shown[rank] = bytes }
    meet()
  }

  func shown(by rank: Int) -> UnsafeRawBufferPointer {
    condition.withLock { shown[rank] ?? UnsafeRawBufferPointer(start: nil, count: 0) }
  }

  func meet() {
    condition.withLock {
      let now = round
      waiting += 1
      if waiting == count {
        (waiting, round) = (0, round + 1)
        condition.broadcast()
      }
      while round == now { condition.wait() }
    }
  }
}

private final class Results<Value: Sendable>: @unchecked Sendable {
  // Sendable: all is behind the condition.
  private let condition = NSCondition()
  private(set) var values: [Result<Value, any Error>?]
  private var missing: Int

  init(_ count: Int) { (values, missing) = (Array(repeating: nil, count: count), count) }

  func set(_ rank: Int, _ value: Result<Value, any Error>) {
    condition.withLock {
      values[rank] = value
      missing -= 1
      condition.broadcast()
    }
  }

  func wait() { condition.withLock { while missing > 0 { condition.wait() } } }
}
