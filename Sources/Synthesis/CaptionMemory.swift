import Text

/// The text encoder with a memory of what it was asked last: the empty prompt of guidance comes with every clip, and the
/// clips of a batch often share one prompt.
final class CaptionMemory: Sendable {
  private let encode: @Sendable (String) -> TextEmbedding
  /// Some 20 kB each.
  private let known = RecentValues<String, TextEmbedding>(capacity: 256)

  init(_ encode: @escaping @Sendable (String) -> TextEmbedding) { self.encode = encode }

  /// Safe from any thread; two that ask for a new caption at once may both encode it.
  func embedding(of caption: String) -> TextEmbedding { known.value(for: caption) { encode(caption) } }
}
