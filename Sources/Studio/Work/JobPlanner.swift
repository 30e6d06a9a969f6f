import Corpus
import Foundation
import Novelty
import Rendering
import Synthesis

/// Finds out what a job comes to, or why it cannot be.
struct JobPlanner: Sendable {
  let workshop: Workshop
  /// The file of a clip or of an upload.
  let file: @Sendable (String) throws -> URL
  /// What the file of an upload was called; nil of a clip's id.
  let uploadName: @Sendable (String) -> String?
  /// The tempo of a clip, in quarter notes a minute, where one is known.
  let tempo: @Sendable (String) -> Double?
  /// Clips may depend on files in this folder, wherever they lie themselves.
  let libraryFolder: URL
  /// In hertz, of the files.
  static let sampleRate = 44_100

  /// - Parameter request: checked (`problem`), with a seed.
  /// - Throws: `Problem`, `RequestProblem`, `ControlError`, `AudioFileError`, `ModelError`.
  func plan(_ request: JobRequest) throws -> JobPlan {
    for _ in 0..<Self.mostMoves {
      do { return try planned(request) } catch  where MovedSource.isMissing(error) { usleep(20_000) }
    }
    return try planned(request)
  }

  /// A file that is starred, or taken out of the bin, at the moment in which it is looked for is somewhere else then.
  private static let mostMoves = 5

  private func planned(_ request: JobRequest) throws -> JobPlan {
    if let problem = request.problem { throw Problem.invalid(problem) }
    var plan =
      switch request.kind {
      case .generate: try generate(request)
      case .vary: try vary(request)
      case .redo, .continue: try change(request)
      case .loop: try request.source == nil ? generate(request) : loop(request)
      case .morph: try morph(request)
      case .stems: try stems(request)
      case .train, .evaluate: throw Problem.invalid("A training makes no clips.")
      }
    plan.parents = ([request.source, request.follow].compactMap(\.self) + (request.sources ?? []))
      .filter { uploadName($0) == nil }
    plan.notices = plan.notices.map { shown($0, request) }
    try check(plan)
    return plan
  }

  /// A line about a request's files, which calls them as their owner does.
  private func shown(_ line: String, _ request: JobRequest) -> String {
    var line = line
    for id in [request.midi, request.follow, request.source].compactMap(\.self) {
      guard let name = uploadName(id), let path = try? file(id).path else { continue }
      line = line.replacing(path, with: name)
    }
    return ErrorPhrasing.line(line, from: libraryFolder)
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
    draft.request.mono = request.mono == true ? true : nil
    (draft.request.pan, draft.request.width) = (request.pan, request.width)
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

  func model(of request: JobRequest) throws -> Workshop.Model {
    let voices = (request.voices ?? []).map { voice in
      var reference = VoiceReference("")
      (reference.name, reference.weight) = (voice.name, voice.weight ?? 1)
      return reference
    }
    return try workshop.model(named: request.model, voices: voices)
  }

  func watch(_ request: JobRequest, _ model: Workshop.Model) throws -> NoveltyWatch {
    guard let threshold = request.novelty else { return model.watch }
    return try NoveltyWatch(of: model.source, threshold: threshold) { _ in }
  }

  func clips(_ draft: RequestDraft, _ request: JobRequest, _ model: Workshop.Model) throws -> JobPlan {
    let resolved = try draft.resolve(takesControls: model.source.configuration.takesControls)
    let requests = resolved.requests(seed: request.seed ?? 0)
    var plan = JobPlan(takes: .clips(requests), model: model, watch: try watch(request, model))
    plan.notices = (resolved.readingLines + resolved.notes).map { ErrorPhrasing.line($0) }
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
