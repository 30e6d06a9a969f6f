/// A clip that a model learned from, as its folder has it.
public struct TrainingClip: Codable, Sendable, Equatable {
  /// Its path in the folder, with `/` between components; empty where it is not known.
  public var file: String
  /// What it sounds like, in the folder's words.
  public var caption: String
  /// The data set that it is of, where that is not the index's own.
  public var dataset: String?

  public init(file: String, caption: String, dataset: String? = nil) {
    (self.file, self.caption, self.dataset) = (file, String(caption.prefix(Self.longestCaption)), dataset)
  }

  /// One of an index of a version that kept no names.
  static let unknown = TrainingClip(file: "", caption: "")
  private static let longestCaption = 300
}
