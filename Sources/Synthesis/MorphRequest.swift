/// A clip on the way from one to another.
public struct MorphRequest: Sendable, Equatable {
  /// The clip at 0.
  public let from: GenerationRequest
  /// The clip at 1, of the same length, made in the same steps.
  public let to: GenerationRequest
  /// How far it is on the way, 0 … 1.
  public let fraction: Double

  /// - Parameter to: what it has in common with `from` (`sharing`) is that of `from`.
  public init(from: GenerationRequest, to: GenerationRequest, fraction: Double) {
    self.from = from
    self.to = to.sharing(from)
    self.fraction = fraction
  }

  /// As many clips in even distances, the ends among them.
  /// - Precondition: two at least.
  public static func path(from: GenerationRequest, to: GenerationRequest, count: Int) -> [MorphRequest] {
    precondition(count >= 2, "a path of \(count) clips has no two ends")
    return (0..<count).map { MorphRequest(from: from, to: to, fraction: Double($0) / Double(count - 1)) }
  }

  /// The plain clip that a fraction of 0 or 1 is; nil for one on the way.
  public var end: GenerationRequest? { fraction == 0 ? from : fraction == 1 ? to : nil }

  /// What makes it impossible, in one line; nil if nothing does.
  public var problem: String? {
    guard fraction.isFinite, (0...1).contains(fraction) else {
      return "a fraction of \(fraction) is not between 0 and 1"
    }
    for request in [from, to] {
      if let problem = request.problem { return problem }
      guard request.edit?.source == nil else {
        return "a clip that was made from a recording cannot be an end of a morph"
      }
    }
    let length = from.promptLength + to.promptLength
    guard length <= GenerationRequest.maximumPromptLength else {
      return "prompts of \(length) bytes together are longer than \(GenerationRequest.maximumPromptLength)"
    }
    return nil
  }
}

/// Where a clip on the way was going, as its tags keep it; the request of the tags is where it came from.
public struct MorphTarget: Codable, Sendable, Equatable {
  public var to: GenerationRequest
  public var fraction: Double
}

extension ClipTags {
  /// What makes a morph replayable; an end of one is a clip like any other, and says nothing of it.
  public init(
    hiss: String, model: String, modelHash: String, sampleRate: Int, morph: MorphRequest,
    environment: ClipEnvironment = .unknown, file: FileRequest = FileRequest()
  ) {
    self.init(
      hiss: hiss, model: model, modelHash: modelHash, sampleRate: sampleRate, request: morph.end ?? morph.from,
      environment: environment, file: file)
    if morph.end == nil { self.morph = MorphTarget(to: morph.to, fraction: morph.fraction) }
  }

  /// The clip as one on the way; nil for a plain one.
  public var morphRequest: MorphRequest? {
    morph.map { MorphRequest(from: request, to: $0.to, fraction: $0.fraction) }
  }
}

extension GenerationRequest {
  /// The request with what both ends of a morph must have in common: length, steps and how they are taken, the vocoder's
  /// rounds, and whether it is a loop.
  public func sharing(_ other: GenerationRequest) -> GenerationRequest {
    var request = self
    (request.duration, request.steps, request.timeShift) = (other.duration, other.steps, other.timeShift)
    (request.sampler, request.vocoderIterations) = (other.sampler, other.vocoderIterations)
    (request.tail, request.revision) = (other.tail, other.revision)
    if edit?.source == nil, other.edit?.source == nil { request.edit = other.edit }
    return request
  }
}
