import Audio
import Foundation
import Novelty
import Rendering
import Synthesis

/// What becomes of a clip, or of any other sound.
extension JobPlanner {
  /// The tags of a clip that Hiss made, with the files that it depends on; nil of another sound.
  func tags(of file: URL) throws -> ClipTags? {
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
  func model(of request: JobRequest, _ tags: ClipTags?) throws -> Workshop.Model {
    guard request.model == nil, request.voices?.isEmpty ?? true, let tags,
      let source = try? ModelSource(named: tags.model, hash: tags.modelHash)
    else { return try model(of: request) }
    return try workshop.model(source)
  }

  func vary(_ request: JobRequest) throws -> JobPlan {
    let file = try file(request.source ?? "")
    let found = ClipTags(try AudioFile.tags(of: file))
    var kin = try Kin(file, readsOutside: found.map(dependsOnOwn) ?? false, prompt: request.prompt)
    kin.sampleRate = Self.sampleRate
    let model = try model(of: request, request.prompt == nil ? found : nil)
    var requests = try kin.relatives(
      count: request.count ?? 8, distance: request.distance ?? 0.3, seed: request.seed ?? 0, for: model.source,
      lufs: request.lufs, keepsLevel: false, keepsLength: false)
    // Of a recording's relatives none begins with noise that is like another's.
    for place in requests.indices { requests[place].relation?.liked = request.liked }
    if let problem = requests.first?.problem { throw Problem.invalid(problem) }
    return JobPlan(takes: .clips(requests), model: model, watch: try watch(request, model))
  }

  /// A stretch of a sound made again, or what comes behind it.
  func change(_ request: JobRequest) throws -> JobPlan {
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
  func loop(_ request: JobRequest) throws -> JobPlan {
    if let region = request.region { return try cutLoop(request, region) }
    guard let tags = try tags(of: file(request.source ?? "")), tags.morph == nil, tags.request.edit?.source == nil
    else {
      throw Problem.invalid("This clip was not made from noise alone: mark the stretch of it that is to go round.")
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

  func morph(_ request: JobRequest) throws -> JobPlan {
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
}
