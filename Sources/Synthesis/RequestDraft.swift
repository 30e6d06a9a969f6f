import Diffusion
public import Music

/// A request that is being described: the one place that knows defaults, lengths, what the prompt says, and every check.
///
/// The command line fills its typed properties, a manifest and `replay --set` set its fields by name (`RequestField`);
/// `resolve` brings together what they say.
///
///     var draft = RequestDraft(GenerationRequest(prompt: "piano in A minor, 90 bpm"))
///     draft.bars = 4
///     let request = try draft.resolve().request  // 10.67 s, with the key and the tempo as controls
public struct RequestDraft: Sendable {
  /// What no other field decides about.
  public var request: GenerationRequest
  /// What the clip should do besides its prompt.
  public var controls: ControlRequest
  /// Of the file, in hertz.
  public var sampleRate: Int
  /// How many clips, with consecutive seeds from `seed` on.
  public var count = 1
  /// The first clip's seed; nil where whoever asks may choose one.
  public var seed: UInt64?
  /// The length in seconds, or in bars.
  public var duration: Double?
  public var bars: Int?
  public var steps: Int?
  public var vocoderIterations: Int?
  /// Whether to be quick rather than good, where steps and iterations are not given.
  public var isDraft = false
  /// Whether tempo, key, chords and a note in the prompt become controls.
  public var hearsPrompt = true
  /// How much of a recording may change, 0 … 1.
  public var strength: Double
  public var isLoop: Bool
  /// Where parts of a recording to make anew begin and end, in seconds.
  public var inpaintStarts: [Double] = []
  public var inpaintEnds: [Double] = []
  /// A recording to go on from.
  public var continuedRecording: ControlFile?
  /// A recording to change; the clip is as long, unless something else is said.
  public var changedRecording: ControlFile? { didSet { lengthIsRecordings = changedRecording != nil } }
  private var lengthIsRecordings = false

  /// A draft that begins with a request: an empty one, or one that was made before and is to be changed.
  public init(_ request: GenerationRequest = GenerationRequest(prompt: ""), sampleRate: Int = 44_100) {
    self.request = request
    self.sampleRate = sampleRate
    controls = request.controls ?? ControlRequest()
    let edit = request.edit ?? EditRequest()
    (strength, isLoop) = (edit.strength, edit.isLoop)
    continuedRecording = edit.continues ? edit.source : nil
    changedRecording = edit.continues ? nil : edit.source
  }

  /// The prompt. What was heard in another one is not what this one says.
  public var prompt: String {
    get { request.prompt }
    set {
      request.prompt = newValue
      controls.forgetPrompt()
    }
  }

  /// What a draft comes to.
  public struct Resolved: Sendable {
    /// The first clip; the others differ in their seeds.
    public var request: GenerationRequest
    /// What was read in the prompt; nil where it was not looked at, or says nothing.
    public var heard: PromptMusic?
    fileprivate let count: Int

    /// One request for each clip.
    /// - Parameter first: the first clip's seed.
    public func requests(seed first: UInt64) -> [GenerationRequest] {
      (0..<UInt64(count)).map { index in
        var request = request
        request.seed = first &+ index
        return request
      }
    }
  }

  /// Brings together what the fields say.
  /// - Parameter takesControls: whether the model does; else the prompt's music is left to the text encoder.
  /// - Throws: `RequestProblem` when they make no clip, alone or together.
  public func resolve(takesControls: Bool = true) throws(RequestProblem) -> Resolved {
    if let problem = rangeProblem { throw problem }
    var (request, controls) = (request, controls)
    if isDraft { request.makeDraft() }
    if let steps { request.steps = steps }
    if let vocoderIterations { request.vocoderIterations = vocoderIterations }
    if let seed { request.seed = seed }
    let heard = takesControls && hearsPrompt ? PromptMusic(request.prompt) : nil
    if let heard { controls.hear(heard) }
    if let problem = controls.problem { throw RequestProblem(problem) }
    request.controls = controls.isEmpty ? nil : controls
    request.edit = try edit()
    request.duration = try seconds(request, controls)
    if let problem = request.problem { throw RequestProblem(problem) }
    return Resolved(request: request, heard: heard.flatMap { $0.isEmpty ? nil : $0 }, count: count)
  }

  /// What single fields say that no clip can have; nil if nothing. Needs no model and reads no file.
  public var rangeProblem: RequestProblem? {
    if let text = [request.prompt, request.negativePrompt].first(where: \.holdsControlCharacters) {
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
    if duration != nil, bars != nil { return "\(field: "duration") and \(field: "bars") exclude each other" }
    return nil
  }

  /// What the clip has of an existing sound; nil for a clip from nothing.
  private func edit() throws(RequestProblem) -> EditRequest? {
    var edit = request.edit ?? EditRequest()
    edit.source = changedRecording ?? continuedRecording
    edit.continues = continuedRecording != nil
    (edit.strength, edit.isLoop) = (strength, isLoop)
    if !inpaintStarts.isEmpty {
      edit.repainted = zip(inpaintStarts, inpaintEnds).map { EditRequest.Span(start: $0, end: $1) }
    }
    return edit.isEmpty ? nil : edit
  }

  /// The clip's length: what is asked for, else a recording's own.
  private func seconds(
    _ request: GenerationRequest, _ controls: ControlRequest
  ) throws(RequestProblem) -> Double {
    if let bars {
      guard let seconds = controls.seconds(bars: bars) else {
        throw "\(field: "bars") wants a tempo: \(field: "bpm"), or one in the prompt"
      }
      return seconds
    }
    if let duration { return duration }
    guard lengthIsRecordings, let edit = request.edit else { return request.duration }
    do { return try edit.naturalSeconds() ?? request.duration } catch { throw RequestProblem(error) }
  }
}

extension String {
  /// Whether there is one that is no space: line ends and tabs are fine in a prompt.
  var holdsControlCharacters: Bool {
    unicodeScalars.contains {
      $0.properties.generalCategory == .control && !["\n", "\r", "\t"].contains($0)
    }
  }
}
