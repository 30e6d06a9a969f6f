import Foundation
import Parallelism
import Testing

@Suite("Parallelism")
struct ParallelTests {
  @Test("Results stand in the order of their pieces, each made once", arguments: [0, 1, 2, 5, 100])
  func order(threads: Int) {
    for count in [0, 1, 3, 1000] {
      let calls = Calls()
      let results = Parallel.map(count, threads: threads) { piece in
        calls.note(piece)
        return piece * piece
      }
      #expect(results == (0..<count).map { $0 * $0 })
      #expect(calls.pieces.sorted() == Array(0..<count))
    }
  }

  @Test("Pieces go side by side where that keeps the threads busy, else after each other on all of them")
  func lanes() {
    let lanes = [1, 2, 3, 4, 6].map { threads in (1...3).map { Parallel.lanes($0, threads: threads) } }
    #expect(lanes == [[1, 1, 1], [1, 2, 1], [1, 1, 3], [1, 2, 1], [1, 2, 3]])
  }

  @Test("No two pieces are in one lane at once")
  func lanesApart() {
    let counts = Lanes(4)
    Parallel.forEach(200, threads: 4) { piece, lane in counts.add(piece, lane) }
    #expect(counts.sums.reduce(0, +) == (0..<200).reduce(0, +))
    Parallel.forEach(5, threads: 1) { _, lane in #expect(lane == 0) }
  }

  @Test("A piece may have no result")
  func optionals() {
    #expect(Parallel.map(5, threads: 2) { $0 % 2 == 0 ? $0 : nil } == [0, nil, 2, nil, 4])
  }

  @Test("Pieces may have pieces of their own")
  func nested() {
    let sums = Parallel.map(6, threads: 3) { outer in
      Parallel.map(7, threads: 3) { outer * $0 }.reduce(0, +)
    }
    #expect(sums == (0..<6).map { $0 * 21 })
  }

  /// Each lane's sum, without a lock: what two threads added to at once would get lost.
  private final class Lanes: @unchecked Sendable {
    private let memory: UnsafeMutableBufferPointer<Int>
    init(_ count: Int) {
      memory = .allocate(capacity: count)
      memory.initialize(repeating: 0)
    }
    deinit { memory.deallocate() }
    var sums: [Int] { Array(memory) }
    func add(_ value: Int, _ lane: Int) { memory[lane] += value }
  }

  private final class Calls: @unchecked Sendable {
    private let lock = NSLock()
    private(set) var pieces: [Int] = []
    func note(_ piece: Int) { lock.withLock { pieces.append(piece) } }
  }
}
