import Music
import Text

extension RequestDraft {
  /// What the prompt's words say besides its music, and what the negative prompt needs.
  func take(_ reading: PromptReading?, negative: PromptReading?, into request: inout GenerationRequest) {
    if let translation = negative?.translation { request.negativePrompt = translation.english }
    if let reading {
      request.understoodPrompt = reading.text == request.prompt ? nil : reading.text
      let excluded = Self.added(reading.excluded, to: request.negativePrompt)
      request.negativePrompt = ([request.negativePrompt] + excluded).filter { !$0.isEmpty }.joined(separator: ", ")
    }
    let isNew = negativePromptIsNew || reading.map { !$0.excluded.isEmpty } ?? false
    if let negativeScale {
      request.negativeScale = negativeScale
    } else if isNew, !request.negativePrompt.isEmpty {
      request.negativeScale = request.negativeScale ?? GenerationRequest.usualNegativeScale
    }
    if request.negativePrompt.isEmpty { request.negativeScale = nil }
  }

  /// What of the excluded words a negative prompt does not say already.
  static func added(_ excluded: [String], to negativePrompt: String) -> [String] {
    var seen: Set<String> = []
    return excluded.filter { !negativePrompt.contains($0) && seen.insert($0).inserted }
  }

  /// Puts the key's name into English, as a prompt's is: "H-Moll", "la mineur", "a小调".
  func settleKey(_ controls: inout ControlRequest) {
    guard let name = controls.key, name != request.controls?.key, Key(name: name) == nil,
      let table = (try? PromptReading.table.get()) ?? nil, let key = table.key(name), Key(name: key) != nil
    else { return }
    controls.key = key
  }
}
