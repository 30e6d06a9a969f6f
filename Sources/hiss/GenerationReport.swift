import Foundation
import Synthesis

/// What `generate` says when it is done.
struct GenerationReport: Encodable {
  var files: [String]
  var requests: [GenerationRequest]
  var model: String
  var loadSeconds: Double
  var generateSeconds: Double
  /// The novelty ratios of the clips, where they had to be new.
  var novelty: [Double]?

  /// One line for people.
  var summary: String {
    Self.summary(
      seconds: requests.reduce(0) { $0 + $1.duration }, generateSeconds: generateSeconds, loadSeconds: loadSeconds,
      model: model, seeds: requests.map(\.seed))
  }

  /// The line for so many seconds of audio.
  static func summary(
    seconds: Double, generateSeconds: Double, loadSeconds: Double, model: String, seeds: [UInt64]
  ) -> String {
    guard seconds > 0 else { return String(format: "no clips in %.2f s, model %@", generateSeconds, model) }
    let (first, last) = (seeds.first ?? 0, seeds.last ?? 0)
    return String(
      format: "%.1f s of audio in %.2f s (%.3f s per second; loading %.2f s), model %@, seed %@", seconds,
      generateSeconds, generateSeconds / seconds, loadSeconds, model, first == last ? "\(first)" : "\(first) to \(last)"
    )
  }
}
