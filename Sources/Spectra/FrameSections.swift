/// Cuts a long clip's frames into sections that are worked through one after the other, in the same memory.
///
/// Each section begins with the last whole frame of the one before, whose samples it keeps and whose phase it goes on
/// from, and looks some frames ahead, whose samples the next section makes anew. A circle is never cut.
struct FrameSections {
  struct Section {
    /// The frames worked on.
    let frames: Range<Int>
    /// The first frame of the next section; nil in the last.
    let next: Int?

    /// Where its frames lie on a signal of `sampleCount` samples.
    func grid(_ transform: ShortTimeFourier, sampleCount: Int) -> FrameGrid {
      FrameGrid(transform, frames: frames, sampleCount: sampleCount, isLast: next == nil)
    }
  }

  let sections: [Section]

  init(frameCount: Int, isCircular: Bool, length: Int, lookahead: Int) {
    let count = isCircular ? 1 : max(1, (frameCount + length - 1) / length)
    sections = (0..<count).map { index in
      let next = index == count - 1 ? nil : frameCount * (index + 1) / count
      return Section(
        frames: (frameCount * index / count)..<(next.map { min($0 + 1 + lookahead, frameCount) } ?? frameCount),
        next: next)
    }
  }
}
