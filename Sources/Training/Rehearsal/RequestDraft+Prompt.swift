import Synthesis
import Tensors
import Text

extension RequestDraft {
  /// What a model is asked for, of a prompt for it to learn from, with a seed and a length that are drawn; nil for a prompt that
  /// cannot be read.
  /// - Parameter seconds: of the clip.
  static func request(
    _ prompt: String, seconds: ClosedRange<Double>, vocabulary: Vocabulary?, of model: ModelBundle,
    drawing random: inout RandomSource
  ) -> GenerationRequest? {
    var draft = RequestDraft()
    (draft.prompt, draft.vocabulary) = (prompt, vocabulary)
    draft.seed = random.next()
    draft.duration = seconds.lowerBound + Double(random.uniform()) * (seconds.upperBound - seconds.lowerBound)
    return try? draft.resolve(takesControls: model.configuration.takesControls).request
  }
}
