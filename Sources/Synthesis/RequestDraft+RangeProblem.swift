import Storage

extension RequestDraft {
  /// What single fields say that no clip can have; nil if nothing. Needs no model and reads no file.
  public var rangeProblem: RequestProblem? {
    if let problem = request.lengthProblem { return RequestProblem(problem) }
    if let text = [request.prompt, request.negativePrompt].first(where: \.holdsPromptControls) {
      let name = text == request.prompt ? "prompt" : "negative-prompt"
      return "\(field: name) holds control characters"
    }
    for (name, value, range) in [
      ("count", count, 1...10_000), ("bars", bars ?? 1, 1...1000), ("sample-rate", sampleRate, 8_000...192_000),
    ] where !range.contains(value) {
      return "\(field: name) \(value) is not between \(range.lowerBound) and \(range.upperBound)"
    }
    if changedRecording != nil, continuedRecording != nil {
      return "\(field: "init-audio") and \(field: "continue-from") exclude each other"
    }
    guard inpaintStarts.count == inpaintEnds.count else {
      return "every \(field: "inpaint-start") wants an \(field: "inpaint-end")"
    }
    if !inpaintStarts.isEmpty, changedRecording == nil {
      return "\(field: "inpaint-start") wants an \(field: "init-audio")"
    }
    if loopStart != nil, changedRecording == nil {
      return "\(field: "loop-start") wants an \(field: "init-audio")"
    }
    if duration != nil, bars != nil { return "\(field: "duration") and \(field: "bars") exclude each other" }
    return nil
  }
}

extension String {
  /// Whether there is a control character that no prompt has: line ends and tabs are fine in one.
  var holdsPromptControls: Bool { holdsControlCharacters(besides: "\n\r\t") }
}
