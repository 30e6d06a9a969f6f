import Audio
import Corpus
import Foundation
import Novelty
import Rendering
import Synthesis

/// What a job comes to: the requests of its takes, in order, and what makes them.
struct JobPlan: Sendable {
  enum Takes: Sendable {
    case clips([GenerationRequest])
    case morphs([MorphRequest])
    case ideas([IdeaSketch])
  }

  let takes: Takes
  let model: Workshop.Model
  let watch: NoveltyWatch
  /// The clips that these come from.
  var parents: [String] = []
  /// What should be known of how the clips depart from what is asked for.
  var notices: [String] = []

  var count: Int {
    switch takes {
    case .clips(let requests): requests.count
    case .morphs(let requests): requests.count
    case .ideas(let sketches): sketches.count
    }
  }
}

/// Finds out what a job comes to, or why it cannot be.
struct JobPlanner: Sendable {
  let workshop: Workshop
  /// The file of a clip or of an upload.
  let file: @Sendable (String) throws -> URL
  /// Whether an id is a clip's, and no upload's.
  let isClip: @Sendable (String) -> Bool
  /// Clips may depend on files in this folder, wherever they lie themselves.
  let libraryFolder: URL
  /// In hertz, of the files.
  static let sampleRate = 44_100

  /// - Parameter request: checked (`problem`), with a seed.
  /// - Throws: `Problem`, `RequestProblem`, `ControlError`, `AudioFileError`, `ModelError`.
  func plan(_ request: JobRequest) throws -> JobPlan {
    if let problem = request.problem { throw Problem.invalid(problem) }
    var plan =
      switch request.kind {
      case .generate: try generate(request)
      case .vary: try vary(request)
      case .redo, .continue: try change(request)
      case .loop: try request.source == nil ? generate(request) : loop(request)
      case .morph: try morph(request)
      case .stems: try stems(request)
      case .train: throw Problem.invalid("A training makes no clips.")
      }
    plan.parents = ([request.source, request.follow].compactMap(\.self) + (request.sources ?? [])).filter(isClip)
    try check(plan)
    return plan
  }

  private func check(_ plan: JobPlan) throws {
    let problem: String? =
      switch plan.takes {
      case .clips(let requests): requests.first.flatMap { plan.model.synthesizer.problem(of: $0) }
      case .morphs(let morphs): morphs.first.flatMap { plan.model.synthesizer.problem(of: $0) }
      case .ideas(let sketches): sketches.lazy.compactMap { plan.model.synthesizer.problem(of: $0.request) }.first
      }
    if let problem { throw Problem.invalid(problem) }
  }

  // MARK: From a prompt

  /// What a request says in a draft's fields.
  func draft(_ request: JobRequest, for model: Workshop.Model) throws -> RequestDraft {
    var draft = RequestDraft(sampleRate: Self.sampleRate)
    draft.vocabulary = model.vocabulary
    draft.modelEndsSounds = model.source.configuration.endsSounds ?? false
    draft.prompts = model.prompts
    draft.prompt = request.prompt ?? ""
    draft.negativePrompt = request.negativePrompt ?? ""
    draft.request.lufs = request.lufs
    if let scale = request.guidanceScale { draft.request.guidanceScale = Float(scale) }
    (draft.steps, draft.duration, draft.bars) = (request.steps, request.seconds, request.bars)
    (draft.controls.tempo, draft.controls.key, draft.controls.chords) = (request.bpm, request.key, request.chords)
    (draft.controls.note, draft.controls.timeSignature) = (request.note, request.timeSignature)
    draft.isLoop = request.loop ?? (request.kind == .loop)
    draft.isDraft = request.draft ?? false
    draft.controls.midi = try request.midi.map { try ControlFile(path: file($0).path, as: .midi) }
    draft.controls.follow = try request.follow.map { try ControlFile(path: file($0).path, as: .sound) }
    (draft.count, draft.seed) = (request.count ?? 1, request.seed)
    return draft
  }

  private func model(of request: JobRequest) throws -> Workshop.Model {
    let voices = (request.voices ?? []).map { voice in
      var reference = VoiceReference("")
      (reference.name, reference.weight) = (voice.name, voice.weight ?? 1)
      return reference
    }
    return try workshop.model(named: request.model, voices: voices)
  }

  private func watch(_ request: JobRequest, _ model: Workshop.Model) throws -> NoveltyWatch {
    guard let threshold = request.novelty else { return model.watch }
    return try NoveltyWatch(of: model.source, threshold: threshold) { _ in }
  }

  private func clips(_ draft: RequestDraft, _ request: JobRequest, _ model: Workshop.Model) throws -> JobPlan {
    let resolved = try draft.resolve(takesControls: model.source.configuration.takesControls)
    let requests = resolved.requests(seed: request.seed ?? 0)
    var plan = JobPlan(takes: .clips(requests), model: model, watch: try watch(request, model))
    plan.notices = (resolved.readingLines + resolved.notes).map { $0.text() }
    if let first = requests.first { plan.notices += try model.synthesizer.remarks(on: first) }
    return plan
  }

  private func generate(_ request: JobRequest) throws -> JobPlan {
    let model = try model(of: request)
    var draft = try draft(request, for: model)
    if let source = request.source {
      draft.changedRecording = try ControlFile(path: file(source).path, as: .sound)
      draft.strength = request.strength ?? draft.strength
    }
    return try clips(draft, request, model)
  }

  // MARK: From a clip

  /// The tags of a clip that Hiss made, with the files that it depends on; nil of another sound.
  private func tags(of file: URL) throws -> ClipTags? {
    guard let tags = ClipTags(try AudioFile.tags(of: file)), tags.problem == nil else { return nil }
    var found = tags.findingFiles(beside: file, readsOutside: dependsOnOwn(tags))
    found.request = found.request.withFilesFromHere
    return found
  }

  /// Whether all files that a clip depends on lie in the library's folder.
  private func dependsOnOwn(_ tags: ClipTags) -> Bool {
    let own = libraryFolder.standardizedFileURL.path + "/"
    return tags.request.sourceFiles.allSatisfy { $0.standardizedFileURL.path.hasPrefix(own) }
  }

  /// The model that made a clip, where it is there and no other is asked for.
  private func model(of request: JobRequest, _ tags: ClipTags?) throws -> Workshop.Model {
    guard request.model == nil, request.voices?.isEmpty ?? true, let tags,
      let source = try? ModelSource(named: tags.model, hash: tags.modelHash)
    else { return try model(of: request) }
    return try workshop.model(source)
  }

  private func vary(_ request: JobRequest) throws -> JobPlan {
    let file = try file(request.source ?? "")
    let found = ClipTags(try AudioFile.tags(of: file))
    var kin = try Kin(file, readsOutside: found.map(dependsOnOwn) ?? false, prompt: request.prompt)
    kin.sampleRate = Self.sampleRate
    let model = try model(of: request, request.prompt == nil ? found : nil)
    let requests = try kin.relatives(
      count: request.count ?? 8, distance: request.distance ?? 0.3, seed: request.seed ?? 0, for: model.source,
      lufs: request.lufs, keepsLevel: false, keepsLength: false)
    if let problem = requests.first?.problem { throw Problem.invalid(problem) }
    return JobPlan(takes: .clips(requests), model: model, watch: try watch(request, model))
  }

  /// A stretch of a sound made again, or what comes behind it.
  private func change(_ request: JobRequest) throws -> JobPlan {
    let file = try file(request.source ?? "")
    let tags = try tags(of: file)
    let model = try model(of: request, tags)
    var asked = request
    if asked.prompt == nil, let former = tags?.request {
      asked.prompt = former.prompt
      asked.negativePrompt = asked.negativePrompt ?? former.negativePrompt
      asked.bpm = asked.bpm ?? former.controls?.tempo
      asked.key = asked.key ?? former.controls?.key
      asked.timeSignature = asked.timeSignature ?? former.controls?.timeSignature
      if asked.note == nil { asked.chords = asked.chords ?? former.controls?.chords }
      if asked.chords == nil { asked.note = asked.note ?? former.controls?.note }
    }
    guard asked.prompt != nil else { throw Problem.invalid("What the sound is like is not known: a prompt is wanted.") }
    let sound = try ControlFile(path: file.path, as: .sound)
    if request.kind == .redo {
      (asked.seconds, asked.bars, asked.loop) = (nil, nil, false)
      var draft = try draft(asked, for: model)
      draft.changedRecording = sound
      let region = request.region ?? .init(start: 0, end: 0)
      (draft.inpaintStarts, draft.inpaintEnds) = ([region.start], [region.end])
      return try clips(draft, asked, model)
    }
    asked.loop = false
    if asked.seconds == nil, asked.bars == nil {
      asked.seconds = min(2 * (try AudioFile.duration(of: file)), GenerationRequest.maximumDuration)
    }
    var draft = try draft(asked, for: model)
    draft.continuedRecording = sound
    return try clips(draft, asked, model)
  }

  /// A clip that was made from noise, made as a loop from the same noise: of whole bars where it has a tempo.
  private func loop(_ request: JobRequest) throws -> JobPlan {
    guard let tags = try tags(of: file(request.source ?? "")), tags.morph == nil, tags.request.edit?.source == nil
    else {
      throw Problem.invalid("A loop is made of clips that Hiss made from noise alone.")
    }
    let model = try model(of: request, tags)
    var draft = RequestDraft(tags.request, sampleRate: Self.sampleRate)
    draft.isLoop = true
    (draft.trims, draft.tail) = (false, 0)
    let signature = tags.request.controls?.seconds(bars: 1)
    if let bars = request.bars {
      draft.bars = bars
    } else if let bar = signature, bar > 0, tags.request.controls?.midi == nil {
      draft.bars = max(1, Int((tags.request.duration / bar).rounded()))
    }
    (draft.count, draft.seed) = (request.count ?? 1, tags.request.seed)
    let resolved = try draft.resolve(takesControls: model.source.configuration.takesControls)
    return JobPlan(
      takes: .clips(resolved.requests(seed: tags.request.seed)), model: model, watch: try watch(request, model))
  }

  private func morph(_ request: JobRequest) throws -> JobPlan {
    let ends = try (request.sources ?? []).map { try tags(of: file($0)) }
    guard ends.count == 2, let first = ends[0], let second = ends[1], first.morph == nil, second.morph == nil else {
      throw Problem.invalid("Ways lead from one clip that Hiss made to another, neither of which is on a way itself.")
    }
    let model = try model(of: request, first)
    let count = request.count ?? 3
    let path = MorphRequest.path(from: first.request, to: second.request, count: count + 2)
    let morphs = Array(path.dropFirst().dropLast())
    if let problem = morphs.first?.problem { throw Problem.invalid(problem) }
    return JobPlan(takes: .morphs(morphs), model: model, watch: .none)
  }

  private func stems(_ request: JobRequest) throws -> JobPlan {
    let model = try model(of: request)
    guard model.source.configuration.takesControls else { throw ControlError.unsupported(model: model.source.name) }
    var asked = request
    (asked.loop, asked.bars, asked.seconds, asked.bpm, asked.key) = (false, nil, nil, nil, nil)
    (asked.chords, asked.note, asked.timeSignature, asked.midi, asked.follow) = (nil, nil, nil, nil, nil)
    var draft = try draft(asked, for: model)
    draft.trims = false
    let drafts = try draft.resolve(takesControls: false).requests(seed: request.seed ?? 0)
    let brief = try IdeaBrief(
      request: drafts[0].englishPrompt, bpm: request.bpm, key: request.key, timeSignature: request.timeSignature,
      bars: request.bars)
    let sketches = drafts.map {
      IdeaSketch(IdeaComposer(brief).compose(seed: $0.seed, hasBand: true), request: $0, controlScale: nil)
    }
    for sketch in sketches { if let problem = sketch.request.problem { throw Problem.invalid(problem) } }
    return JobPlan(takes: .ideas(sketches), model: model, watch: .none)
  }
}
