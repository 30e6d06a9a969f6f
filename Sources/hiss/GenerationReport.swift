import Audio
import Foundation
import Novelty
import Synthesis

/// What `generate` says when it is done.
struct GenerationReport: Encodable {
  var files: [String] = []
  var requests: [GenerationRequest] = []
  var model: String
  var loadSeconds: Double
  var generateSeconds = 0.0
  /// What the model takes the prompt's words for; nil where it has no list of its words.
  var understanding: PromptUnderstanding?
  /// How the prompt was read, and what is to be known of the request besides.
  var notes: [String] = []
  /// Seconds of audio.
  var seconds = 0.0
  /// The novelty ratios of the clips, where they had to be new.
  var novelty: [Double]?

  init(model: String, loadSeconds: Double) { (self.model, self.loadSeconds) = (model, loadSeconds) }

  mutating func add(_ outcome: NoveltyGuard.Outcome, file: URL) {
    files.append(file.path)
    requests.append(outcome.request)
    seconds += outcome.clip.duration
    if let ratio = outcome.ratio { novelty = (novelty ?? []) + [ratio] }
  }

  /// One line for people.
  var summary: String {
    Self.summary(
      seconds: seconds, generateSeconds: generateSeconds, loadSeconds: loadSeconds,
      model: model, seeds: requests.map(\.seed)) + noveltyNote
  }

  /// How near to a training clip they are, in words.
  private var noveltyNote: String {
    guard let least = novelty?.min(), let most = novelty?.max() else { return "" }
    func number(_ ratio: Double) -> String { String(format: "%.2f", ratio) }
    return ", novelty \(number(least))" + (number(least) == number(most) ? "" : " to \(number(most))")
  }

  /// The line for so many seconds of audio.
  static func summary(
    seconds: Double, generateSeconds: Double, loadSeconds: Double, model: String, seeds: [UInt64]
  ) -> String {
    guard seconds > 0 else { return String(format: "no clips in %.2f s, model %@", generateSeconds, model) }
    return String(
      format: "%.1f s of audio in %.2f s (%.3f s per second; loading %.2f s), model %@, seed %@", seconds,
      generateSeconds, generateSeconds / seconds, loadSeconds, model, list(seeds))
  }

  /// Seeds in words, those that follow upon each other as a range: a clip that was made again has one far from the others.
  private static func list(_ seeds: [UInt64]) -> String {
    var runs: [(first: UInt64, last: UInt64)] = []
    for seed in seeds {
      if let run = runs.last, seed == run.last &+ 1 || seed == run.last {
        runs[runs.count - 1].last = seed
      } else {
        runs.append((seed, seed))
      }
    }
    return runs.map { $0.first == $0.last ? "\($0.first)" : "\($0.first) to \($0.last)" }.joined(separator: ", ")
  }
}
