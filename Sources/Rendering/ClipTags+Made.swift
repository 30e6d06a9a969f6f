import Audio
package import Foundation
import Novelty
import Pictures
package import Synthesis

extension ClipTags {
  /// Whether a file is a clip of this very request; or of its request with a seed that is tried where a clip is too near to one
  /// that was learned from.
  package func made(clip: URL) -> Bool {
    (try? AudioFile.tags(of: clip)).map(made) ?? false
  }

  /// Whether these are the texts of such a clip's file. A plain file has none, and is told by its bytes alone.
  func made(_ there: AudioTags) -> Bool {
    if there.title == audioTags.title, there.comment == audioTags.comment { return true }
    guard var other = ClipTags(there), isTried(other.request.seed) else { return false }
    (other.request.seed, other.environment) = (request.seed, environment)
    return other == self
  }

  /// Whether a PNG shows a clip of this request, likewise.
  package func made(picture: URL) -> Bool {
    guard let comment = Picture.comment(of: picture) else { return false }
    if comment == json { return true }
    guard var other = ClipTags(AudioTags(comment: comment)), isTried(other.request.seed) else { return false }
    (other.request.seed, other.environment) = (request.seed, environment)
    return other == self
  }

  private func isTried(_ seed: UInt64) -> Bool {
    (1..<UInt64(NoveltyGuard.mostTries)).contains { seed == request.seed &+ $0 &* NoveltyGuard.seedStride }
  }
}

/// The texts of files that several clips may look at.
final class TagMemory {
  private var known: [URL: AudioTags?] = [:]

  func tags(of url: URL) -> AudioTags? {
    if let tags = known[url] { return tags }
    let tags = try? AudioFile.tags(of: url)
    known[url] = tags
    return tags
  }
}
