import Music

// What a new request leaves to the recordings and the prompt that it names.

extension RequestDraft {
  /// Takes from recordings what nothing else says: the tempo of one that the clip goes on from; and from the prompt the
  /// range of the instrument that is to follow one.
  func listen(_ controls: inout ControlRequest) throws(RequestProblem) {
    if isNew, let continuedRecording, controls.tempo == nil, controls.midi == nil, controls.follow == nil {
      do { try controls.takeTempo(of: continuedRecording) } catch { throw RequestProblem(error) }
    }
    if controls.follow != nil, controls.followed.isSuperset(of: [.pitch, .register]), controls.range == nil {
      controls.range = InstrumentRange.keys(of: prompt)
    }
  }

  /// Whether silence at the end is cut off; nil for no.
  func settledTrims(_ request: GenerationRequest, _ controls: ControlRequest, _ heard: PromptMusic?) -> Bool? {
    let byPrompt = isNew || trimsByPrompt
    return trims ?? request.trims ?? (byPrompt && isOneShot(controls, heard)) ? true : nil
  }

  /// Whether no length is asked for, and one sound, or any by a model that ends what it makes: what is silent behind it is of no use.
  func isOneShot(_ controls: ControlRequest, _ heard: PromptMusic?) -> Bool {
    guard duration == nil, bars == nil, heard?.length == nil, !isLoop, changedRecording == nil,
      continuedRecording == nil,
      controls.midi == nil, controls.follow == nil, controls.tempo == nil
    else { return false }
    return modelEndsSounds || controls.note != nil || PromptMusic.namesOneShot(prompt)
  }
}
