import Parallelism

/// How the rows of an inference tape's operations are shared by threads: in even parts of at most 64, whatever the number of
/// threads, because what a product makes of a row may depend on how many rows there are.
///
/// 64 rows keep a product near its rate: the products of a block took 3 % longer in bfloat16, 2 % in int8, than of 112 or
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
