import Music

// Left and right, as options and prompts have them.

extension RequestDraft {
  /// One channel has no place: what is said of one goes, where one channel is asked for.
  func settleChannels(_ request: inout GenerationRequest) {
    if request.mono == true { (request.pan, request.width) = (nil, nil) }
  }

  /// What of place and width is of no account.
  func channelNotes(_ settled: GenerationRequest) -> [RequestLine] {
    guard settled.mono == true else { return [] }
    return [("pan", request.pan), ("width", request.width)].filter { $0.1 != nil }.map {
      "\(field: $0.0) is not used: the clip has one channel"
    }
  }

  /// Takes away what the former prompt said of left, right, and width.
  mutating func forgetImage(of former: GenerationRequest) {
    guard former.understoodPrompt != nil else { return }
    let image = PromptReading(former.prompt, vocabulary: vocabulary).image
    if let pan = image.pan, request.pan == pan, !isSet("pan") {
      request.pan = nil
      forgotten += [image.panWords].compactMap(\.self)
    }
    if let width = image.width, request.width == width, !isSet("width") {
      request.width = nil
      forgotten += [image.widthWords].compactMap(\.self)
    }
    if image.isMono, request.mono == true, !isSet("mono") {
      request.mono = nil
      forgotten.append("mono")
    }
  }
}

extension Hearing {
  /// Takes what the words say of left, right, and width, where no field says anything of them.
  mutating func hear(_ image: SpokenImage, _ request: inout GenerationRequest, _ draft: RequestDraft) {
    func text(_ value: Double?) -> String? { value.map(PromptMusic.number) }
    let given = request
    if image.isMono {
      let field = given.pan == nil ? "width" : "pan"
      weigh("mono", field, text(given.pan ?? given.width))
      if given.pan == nil, given.width == nil { request.mono = true }
    }
    guard given.mono != true else {
      for words in [image.panWords, image.widthWords] { weigh(words, "mono", "true") }
      return
    }
    weigh(image.panWords, "pan", text(given.pan), isSame: given.pan == image.pan)
    weigh(image.widthWords, "width", text(given.width), isSame: given.width == image.width)
    request.pan = given.pan ?? image.pan
    request.width = given.width ?? image.width
  }
}
