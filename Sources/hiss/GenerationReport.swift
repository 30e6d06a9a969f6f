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
    let audio = requests.reduce(0) { $0 + $1.duration }
    guard audio > 0 else { return String(format: "no clips in %.2f s, model %@", generateSeconds, model) }
    return String(
      format: "%.1f s of audio in %.2f s (%.3f s per second; loading %.2f s), model %@, seed %@", audio,
      generateSeconds, generateSeconds / audio, loadSeconds, model, seeds)
  }

  private var seeds: String {
    guard let first = requests.first?.seed, let last = requests.last?.seed else { return "" }
    return first == last ? "\(first)" : "\(first) to \(last)"
  }
}
