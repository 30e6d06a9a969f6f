import Synthesis

/// What `morph` says when it is done.
struct MorphReport: Encodable {
  var files: [String]
  var fractions: [Double]
  var from: GenerationRequest
  var to: GenerationRequest
  /// What the model takes the words of either prompt for; nil of a clip.
  var understandings: [PromptUnderstanding?] = []
  /// Of all clips.
  var seconds = 0.0
  var model: String
  var loadSeconds: Double
  var generateSeconds: Double

  /// One line for people.
  var summary: String {
    GenerationReport.summary(
      seconds: seconds, generateSeconds: generateSeconds, loadSeconds: loadSeconds,
      model: model, seeds: [from.seed, to.seed])
  }
}
