import Text

extension RequestDraft {
  /// What the prompt's words say besides its music, and what the negative prompt needs.
  func take(_ reading: PromptReading?, into request: inout GenerationRequest) {
    if negativePromptIsNew, hearsPrompt, let translation = PromptReading(request.negativePrompt).translation {
      request.negativePrompt = translation.english
    }
    if let reading {
      request.understoodPrompt = reading.text == request.prompt ? nil : reading.text
      let excluded = reading.excluded.filter { !request.negativePrompt.contains($0) }
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
}
