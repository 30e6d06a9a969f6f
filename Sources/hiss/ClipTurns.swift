import Synthesis

/// Work on many clips in turns of as many as there are threads, so that each is on the disk soon after it is made, with a
/// line of progress over all.
struct ClipTurns {
  let count: Int
  let threads: Int
  /// The pieces of work that one clip is.
  let piecesEach: Int

  /// - Parameter requests: of clips that take as many steps each.
  init(_ requests: [GenerationRequest], threads: Int) {
    count = requests.count
    self.threads = threads
    piecesEach = Synthesizer.pieceCount(requests.prefix(1))
  }

  /// Calls `turn` with the places of some clips, until all have had their turn. Each makes its clips through the
  /// maker, which shows how far it is.
  func run(_ turn: (Range<Int>, Maker) throws -> Void) rethrows {
    let line = ProgressLine("Denoising")
    for start in stride(from: 0, to: count, by: threads) {
      let before = start * piecesEach
      try turn(
        start..<min(start + threads, count), Maker(line: line, before: before, total: count * piecesEach))
    }
  }

  struct Maker {
    fileprivate let line: ProgressLine
    fileprivate let before: Int
    fileprivate let total: Int

    /// What `make` gives; nothing of the line is left when it returns.
    func callAsFunction<Made>(_ make: (@escaping @Sendable (Int, Int) -> Void) throws -> Made) rethrows -> Made {
      defer { line.finish() }
      return try make { [line, before, total] done, _ in line.update(before + done, of: total) }
    }
  }
}
