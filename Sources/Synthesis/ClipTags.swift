public import Audio
import Foundation

/// What makes a clip replayable, as its file keeps it: the request and the model's name.
public struct ClipTags: Codable, Sendable, Equatable {
  public var model: String
  public var request: GenerationRequest

  public init(model: String, request: GenerationRequest) {
    self.model = model
    self.request = request
  }

  /// Reads them back from a file's tags; nil where the comment is none of this kind.
  public init?(_ tags: AudioTags) {
    guard let comment = tags.comment, let read = try? JSONDecoder().decode(Self.self, from: Data(comment.utf8))
    else { return nil }
    self = read
  }

  /// The prompt as the title, and everything as JSON in the comment; what is longer than some containers can hold is
  /// cut short (the title) or left out (the comment).
  public func audioTags(software: String) -> AudioTags {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let comment = (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    let title = request.prompt.utf8.count <= Self.longestTitle ? request.prompt : String(request.prompt.prefix(80))
    return AudioTags(
      title: title.utf8.count <= Self.longestTitle ? title : nil,
      comment: comment.utf8.count <= Self.longestComment ? comment : nil, software: software)
  }

  private static let longestTitle = 400
  private static let longestComment = 7000
}
