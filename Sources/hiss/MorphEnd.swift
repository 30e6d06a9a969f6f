import Audio
import Foundation
import Rendering
import Synthesis

/// What an end of a morph is given by: a prompt, or a clip with tags.
struct MorphEnd {
  let tags: ClipTags?
  /// The clip's file, if it is one.
  let file: URL?

  /// - Parameters:
  ///   - text: a clip's file where it names one that is there, or could be one.
  ///   - readsOutside: whether files may be read that its tags name outside of its folder.
  init(_ text: String, readsOutside: Bool) throws {
    let url = URL(fileURLWithPath: text)
    guard OutputPlace.isFolder(url) == false || AudioFile.writableExtensions.contains(url.pathExtension.lowercased())
    else {
      (tags, file) = (nil, nil)
      return
    }
    var tags = try ClipTags(replaying: text, readsOutside: readsOutside)
    guard tags.morph == nil else {
      throw AudioFileError.unreadable(path: text, reason: "it is a morph itself, which cannot be an end of another")
    }
    tags.request = tags.request.withFilesFromHere
    (self.tags, file) = (tags, url)
  }
}
