import Foundation
import Storage
import Taste

/// A taste as scripts read it.
struct TasteReport: Encodable {
  struct Score: Encodable {
    var file: String
    var score: Double
    var deviation: Double
  }

  /// Two clips whose comparison is expected to teach so much.
  struct Question: Encodable {
    var first: String
    var second: String
    var bits: Double

    var line: String {
      let bits = String(format: "%.2f bits", bits)
      return "compare: \(VisibleText.of(first)) and \(VisibleText.of(second)) (\(bits))"
    }
  }

  var name: String
  /// Of the fit, in seconds.
  var fitSeconds: Double
  var picks: Int
  var accuracy: Double
  var surprise: Double
  var isLearned: Bool
  var isChanging: Bool
  var beliefs: [TasteBelief]
  /// Of clips that it knows, by their names.
  var clips: [Score]
  var files: [Score]
  /// nil where none was asked for, or is left.
  var question: Question?

  init(
    name: String, _ taste: Taste, _ fitSeconds: Double, _ clips: [TasteClip],
    _ files: [(path: String, score: (mean: Double, deviation: Double))], _ question: Question?
  ) {
    (self.name, self.fitSeconds, self.question) = (name, fitSeconds, question)
    (picks, accuracy, surprise) = (taste.pickCount, taste.accuracy, taste.surprise)
    (isLearned, isChanging, beliefs) = (taste.isLearned, taste.isChanging, taste.beliefs)
    self.clips = clips.map { clip in
      let score = taste.score(clip)
      return Score(file: clip.name, score: score.mean, deviation: score.deviation)
    }
    self.files = files.map { Score(file: $0.path, score: $0.score.mean, deviation: $0.score.deviation) }
  }
}
