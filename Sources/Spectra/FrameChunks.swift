import Dispatch
import Synchronization

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

  /// Calls `body` for each chunk, on up to `threads` threads; the lane says whose memory to work in.
  func forEach(threads: Int, _ body: @Sendable (_ chunk: Int, _ lane: Int) -> Void) {
    let lanes = min(count, max(1, threads))
    guard lanes > 1 else {
      for chunk in 0..<count { body(chunk, 0) }
      return
    }
    let next = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: lanes) { lane in
      while case let chunk = next.wrappingAdd(1, ordering: .relaxed).oldValue, chunk < count { body(chunk, lane) }
    }
  }
}
