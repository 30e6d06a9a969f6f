import Synchronization
import Text

/// The text encoder with a memory of what it was asked last: the empty prompt of guidance comes with every clip, and the
/// clips of a batch often share one prompt.
final class CaptionMemory: Sendable {
  private let encode: @Sendable (String) -> TextEmbedding
  private let known = Mutex<[String: TextEmbedding]>([:])
  /// Beyond as many captions everything is forgotten: some 20 kB each.
  private static let capacity = 256

  init(_ encode: @escaping @Sendable (String) -> TextEmbedding) { self.encode = encode }

  /// Safe from any thread; two that ask for a new caption at once may both encode it.
  func embedding(of caption: String) -> TextEmbedding {
    if let embedding = known.withLock({ $0[caption] }) { return embedding }
    let embedding = encode(caption)
    known.withLock { known in
      if known.count >= Self.capacity { known.removeAll() }
      known[caption] = embedding
    }
    return embedding
  }
}
