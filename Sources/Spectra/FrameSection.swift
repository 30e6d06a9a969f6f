/// Frames of a long clip that are worked on together: sections come one after the other, so that the memory that a clip
/// takes does not grow with its length.
///
/// Each section begins with the last whole frame of the one before, whose samples it keeps and whose phase it goes on
/// from, and looks some frames ahead, whose samples the next section makes anew. A circle is never cut.
struct FrameSection: Sendable {
  /// The frames worked on.
  let frames: Range<Int>
  /// The first frame of the next section; nil in the last.
  let next: Int?

  /// Cuts a clip's frames into sections that make at most `length` frames and look `lookahead` more ahead.
  static func sections(of frameCount: Int, isCircular: Bool, length: Int, lookahead: Int) -> [FrameSection] {
    let count = isCircular ? 1 : max(1, (frameCount + length - 1) / length)
    return (0..<count).map { index in
      let next = index == count - 1 ? nil : frameCount * (index + 1) / count
      return FrameSection(
        frames: (frameCount * index / count)..<(next.map { min($0 + 1 + lookahead, frameCount) } ?? frameCount),
        next: next)
    }
  }
}

/// Where a section's frames lie on the signal, and the chunks in which threads work through them.
///
/// Any chunk may be worked through on any thread. A chunk finishes the samples that it alone adds to; those near its
/// ends, the seams, wait until all chunks are done.
struct SectionLayout: Sendable {
  let transform: ShortTimeFourier
  let section: FrameSection
  let grid: FrameGrid
  let chunks: FrameChunks
  /// Ranges of positions that no chunk finishes alone.
  let seams: [Range<Int>]

  /// The layout of a section of a signal of `sampleCount` samples.
  init(_ transform: ShortTimeFourier, _ section: FrameSection, sampleCount: Int) {
    self.transform = transform
    self.section = section
    let grid = FrameGrid(transform, frames: section.frames, sampleCount: sampleCount, isLast: section.next == nil)
    let chunks = FrameChunks(frameCount: grid.frameCount, least: 2 * transform.overlap)
    var place = 0
    var seams: [Range<Int>] = []
    for chunk in 0..<chunks.count {
      let alone = Self.blocks(finishedBy: chunks[chunk], transform, grid)
      if alone.isEmpty { continue }
      seams.append(place..<(alone.lowerBound * transform.hopLength))
      place = alone.upperBound * transform.hopLength
    }
    seams.append(place..<grid.count)
    (self.grid, self.chunks, self.seams) = (grid, chunks, seams)
  }

  /// The blocks of a hop that a chunk finishes alone: no other chunk's frames reach them, and time does not go round
  /// there.
  func blocks(finishedBy chunk: Int) -> Range<Int> { Self.blocks(finishedBy: chunks[chunk], transform, grid) }

  private static func blocks(
    finishedBy frames: Range<Int>, _ transform: ShortTimeFourier, _ grid: FrameGrid
  ) -> Range<Int> {
    let end = grid.isCircular ? min(frames.upperBound, grid.signal.count / transform.hopLength) : frames.upperBound
    return min(frames.lowerBound + transform.overlap, end)..<end
  }

  /// Where the next section's first frame lies; nil in the last section.
  var nextStart: Int? { section.next.map { ($0 - section.frames.lowerBound) * transform.hopLength } }

  /// On a circle the step from the last frame to the first, in samples; else 0.
  var seamLength: Int {
    grid.isCircular ? max(0, grid.signal.count - (grid.frameCount - 1) * transform.hopLength) : 0
  }
}

extension ShortTimeFourier {
  /// Frames that see one sample.
  fileprivate var overlap: Int { (fftLength + hopLength - 1) / hopLength }
}

/// A run of frames cut into chunks that several threads may take in any order.
///
/// The cuts depend on the frames alone, never on the threads, and so does the order of every sum: any number of threads
/// gives the same bytes.
struct FrameChunks: Sendable {
  private static let size = 32

  let frameCount: Int
  /// Chunks; none is shorter than `least` frames unless it is the only one.
  let count: Int

  init(frameCount: Int, least: Int) {
    self.frameCount = frameCount
    count = max(1, frameCount / max(Self.size, least))
  }

  /// Chunks of at most `most` frames.
  init(frameCount: Int, most: Int) {
    self.frameCount = frameCount
    count = max(1, (frameCount + most - 1) / most)
  }

  /// The frames of a chunk.
  subscript(chunk: Int) -> Range<Int> { (frameCount * chunk / count)..<(frameCount * (chunk + 1) / count) }
}
