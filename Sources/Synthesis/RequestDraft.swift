import Diffusion
import Music
public import Text

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
  /// What the file says, and where it has cues.
  public var file: FileRequest
  /// How many clips, with consecutive seeds from `seed` on.
  public var count = 1
  /// The first clip's seed; nil where whoever asks may choose one.
  public var seed: UInt64?
  /// The length in seconds, or in bars.
  public var duration: Double?
  public var bars: Int?
  /// How long each chord lasts in quarter notes; nil for a bar.
  public var beatsPerChord: Double?
  /// Seconds behind the end in which the last notes ring; nil for what the request says.
  public var tail: Double?
  /// Whether silence at the end is cut off; nil for one-shots without a length.
  public var trims: Bool?
  public var steps: Int?
  public var vocoderIterations: Int?
  /// Whether to be quick rather than good, where steps and iterations are not given.
  public var isDraft = false
  /// Whether tempo, key, chords and a note in the prompt become controls.
  public var hearsPrompt = true
  /// How much of a recording may change, 0 … 1.
  public var strength: Double
  public var isLoop: Bool
  /// Where in the recording to change a loop begins that is cut out of it, in seconds; nil for none.
  public var loopStart: Double?
  /// Where parts of a recording to make anew begin and end, in seconds.
  public var inpaintStarts: [Double] = []
  public var inpaintEnds: [Double] = []
  /// A recording to go on from.
  public var continuedRecording: ControlFile?
  /// A recording to change; the clip is as long, unless something else is said.
  public var changedRecording: ControlFile?
  /// What is known of files; drafts that name the same ones may share it.
  public var files = ControlFileMemory()
  /// What prompts say; drafts for one model may share it.
  public var prompts = PromptMemory()
  /// The words of the model's captions, where it has a list of them: they say where an exclusion ends.
  public var vocabulary: Vocabulary?
  /// Whether the model has learned where sounds end, so that a clip of no given length ends where its sound does.
  public var modelEndsSounds = false
  /// The fields that were set by name.
  var setFields: Set<String> = []
  /// What the former prompt said, and the new one need not say too.
  var forgotten: [String] = []
  /// Whether the former prompt alone asked for one sound, so that the new one says anew whether silence is cut off.
  var trimsByPrompt = false
  /// Whether the request is a new one, about which something is left to decide: what was made before has its prompt.
  let isNew: Bool

  /// A draft that begins with a request: an empty one, or one that was made before and is to be changed.
  public init(
    _ request: GenerationRequest = GenerationRequest(prompt: ""), sampleRate: Int = 44_100,
    file: FileRequest = FileRequest()
  ) {
    self.request = request
    (self.sampleRate, self.file) = (sampleRate, file)
    isNew = request.prompt.isEmpty
    controls = request.controls ?? ControlRequest()
    let edit = request.edit ?? EditRequest()
    (strength, isLoop, loopStart) = (edit.strength, edit.isLoop, edit.loopStart)
    continuedRecording = edit.continues ? edit.source : nil
    changedRecording = edit.continues ? nil : edit.source
  }

  /// The prompt. What was heard in another one is not what this one says, and goes with it.
  public var prompt: String {
    get { request.prompt }
    set {
      if !promptIsNew { forgetFormerPrompt() }
      request.prompt = newValue
      request.understoodPrompt = nil
      promptIsNew = true
      controls.forgetPrompt()
    }
  }
  /// Whether the prompt is still to be read: of one that was made before, the request says what was read.
  public private(set) var promptIsNew = false

  /// What it should not sound like.
  public var negativePrompt: String {
    get { request.negativePrompt }
    set {
      request.negativePrompt = newValue
      negativePromptIsNew = true
    }
  }
  private(set) var negativePromptIsNew = false
  /// How far it is kept from the negative prompt; nil for as usual.
  public var negativeScale: Float?

  /// Brings together what the fields say.
  /// - Parameter takesControls: whether the model does; else the prompt's music is left to the text encoder.
  /// - Throws: `RequestProblem` when they make no clip, alone or together.
  public func resolve(takesControls: Bool = true) throws(RequestProblem) -> Resolved {
    if let problem = rangeProblem { throw problem }
    var (request, controls) = (request, controls)
    let former = self.request
    if isDraft { request.makeDraft() }
    if let steps { request.steps = steps }
    if let vocoderIterations { request.vocoderIterations = vocoderIterations }
    if let seed { request.seed = seed }
    settleKey(&controls)
    let hearing = Hearing(of: self, request: &request, controls: &controls, takesControls: takesControls)
    let heard = hearing.music
    settleChannels(&request)
    settleBeatsPerChord(&controls)
    if isNew || promptIsNew, takesControls { try listen(&controls) }
    if controls != former.controls { controls.rules = .current }
    if let problem = controls.problem { throw RequestProblem(problem) }
    request.edit = try edit()
    let files: GivenFiles
    do { files = try GivenFiles(controls, request.edit, former: former, memory: self.files) } catch {
      throw RequestProblem(error)
    }
    var notes = hearing.notes + (try controlNotes(controls, heard: heard)) + channelNotes(request)
    request.duration = try seconds(controls, heard: heard, files, notes: &notes)
    request.tail = (tail ?? request.tail).flatMap { $0 == 0 ? nil : $0 }
    request.trims = settledTrims(request, controls, heard)
    settleRules(&controls, former, request, files)
    request.controls = controls.isEmpty ? nil : controls
    if let problem = request.problem { throw RequestProblem(problem) }
    return Resolved(request: request, hearing: hearing, notes: notes, count: count)
  }

  private func settleRules(
    _ controls: inout ControlRequest, _ former: GenerationRequest, _ request: GenerationRequest, _ files: GivenFiles
  ) {
    guard controls != former.controls else { return }
    let isLong = files.followed.map { $0.seconds > request.duration } ?? false
    controls.settleRules(
      prompt: request.englishPrompt, mattersToFiles: isLong || controls.midi != nil && controls.tempo != nil,
      read: { prompts.music($0, by: $1) })
  }

  /// A chord lasts a bar unless something else is said, now or in the request that the draft began with.
  private func settleBeatsPerChord(_ controls: inout ControlRequest) {
    if let beatsPerChord {
      controls.beatsPerChord = beatsPerChord
    } else if controls.chords != nil, request.controls?.chords == nil,
      let signature = controls.timeSignature.flatMap({ TimeSignature(name: $0) })
    {
      controls.beatsPerChord = signature.quartersPerBar
    }
  }

  /// What the clip has of an existing sound; nil for a clip from nothing.
  private func edit() throws(RequestProblem) -> EditRequest? {
    var edit = request.edit ?? EditRequest()
    edit.source = changedRecording ?? continuedRecording
    edit.continues = continuedRecording != nil
    (edit.strength, edit.isLoop, edit.loopStart) = (strength, isLoop, loopStart)
    if !inpaintStarts.isEmpty {
      edit.repainted = zip(inpaintStarts, inpaintEnds).map { EditRequest.Span(start: $0, end: $1) }
    }
    return edit.isEmpty ? nil : edit
  }
}
