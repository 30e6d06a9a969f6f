import Synthesis
import Text

extension Console {
  /// Says which names in a request's prompts a model knows by others only.
  static func noteMeanings(of request: GenerationRequest, to model: ModelBundle) {
    guard let glossary = model.glossary else { return }
    for entry in glossary.entries(in: request.prompt) + glossary.entries(in: request.negativePrompt) {
      note("note: \(model.name) takes \"\(entry.name)\" for: \(entry.meaning)")
    }
  }
}
