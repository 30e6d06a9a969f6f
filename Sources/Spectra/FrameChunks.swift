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
