public import Audio
import Foundation

/// Tags that Hiss wrote, and this version does not read: a newer one made them, or somebody changed them.
public struct UnreadableTags: Equatable, Sendable {
  /// The version that they say made the clip; its beginning, if it is long.
  public let version: String
  /// The first field that is missing or not of its kind, "request.steps".
  public let field: String

  /// nil where a file's comment is read, or is none of Hiss's.
  public init?(_ tags: AudioTags) {
    struct Signature: Decodable {
      struct Anything: Decodable { init(from decoder: any Decoder) {} }
      let hiss: String
      let request: Anything?
      let modelHash: Anything?
    }
    guard let comment = tags.comment.map({ Data($0.utf8) }),
      let signature = try? JSONDecoder().decode(Signature.self, from: comment),
      signature.request != nil || signature.modelHash != nil
    else { return nil }
    do {
      _ = try JSONDecoder().decode(ClipTags.self, from: comment)
      return nil
    } catch {
      version = String(signature.hiss.prefix(20))
      field = Self.field(of: error)
    }
  }

  private static func field(of error: any Error) -> String {
    var path: [any CodingKey]
    switch error as? DecodingError {
    case .keyNotFound(let key, let context): path = context.codingPath + [key]
    case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
      path = context.codingPath
    default: path = []
    }
    // That they are JSON is known; a number that does not fit comes without its place.
    return path.isEmpty ? "a number of another kind" : path.map(\.stringValue).joined(separator: ".")
  }
}
