import ArgumentParser
import Audio
import Diffusion
import Foundation
import Rendering
import Spectra
import Storage
import Synthesis

struct MorphClips: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "morph",
    abstract: "Make clips on the way from one to another.",
    discussion: """
      A and B are prompts, or clips that Hiss made: then prompt, seed and options are those of their tags. The first clip \
      is A itself and the last is B, as `hiss generate` makes them; those between turn from A's noise to B's, and follow \
      both prompts and controls, less of A's and more of B's. B is made in A's length, steps and sampler. Between prompts \
      the seed is the same, unless --seed-b says otherwise; sound and control options are for prompts.

      EXAMPLES
        hiss morph "soft flute melody" "distortion guitar melody" --count 5 --seed 7
        hiss morph out/piano-3.wav out/choir-8.wav --count 9 --output way
        hiss morph out/piano-3.wav "church organ" --count 3
        hiss morph "warm pad" "warm pad" --seed 1 --seed-b 2 --count 6 --key Am
      """)

  @Argument(help: "Where it begins: a prompt, or a clip's file.")
  var from: String

  @Argument(help: "Where it goes: a prompt, or a clip's file.")
  var to: String

  @Option(parsing: .unconditional, help: "B's seed, where B is a prompt (default: A's).")
  var seedB: UInt64?

  @Flag(help: "Also read recordings and MIDI files that the clips' tags name outside of the clips' folders.")
  var outside = false

  @OptionGroup(title: "Sound Options")
  var sound: SoundOptions

  @OptionGroup(title: "Control Options")
  var controls: ControlOptions

  @OptionGroup(title: "Word Options")
  var words: WordOptions

  @OptionGroup(title: "Output Options")
  var output: OutputOptions

  @OptionGroup(title: "Machine Options")
  var engine: EngineOptions

  func validate() throws {
    guard sound.prompt == nil else { throw ValidationError("--prompt is not for morphs: A and B are the prompts") }
    guard (sound.count ?? 2) >= 2 else {
      throw ValidationError("--count \(sound.count ?? 2): A and B are two clips already")
    }
  }

  func run() throws {
    var draft = RequestDraft(sampleRate: output.sampleRate)
    sound.fill(&draft, prompt: from)
    try draft.check()
    let ends = try [from, to].map { try MorphEnd($0, readsOutside: outside) }
    for end in ends { try end.tags?.request.checkFiles() }
    let source = try locateModel(ends)
    let model = try engine.identity(of: source)
    let (first, second) = try requests(ends, for: source)
    let morphs = MorphRequest.path(from: first, to: second, count: sound.count ?? Self.usualCount)
    if let problem = morphs[0].problem { throw ValidationError(problem) }
    sayChanges(ends, second, sharing: first, modelHash: model.hash)
    let clips = morphs.map { model.tags($0, sampleRate: output.sampleRate, file: output.file) }
    var files = try OutputFiles(
      output.output, clips: clips, template: output.template, names: clips.indices.map { "morph-\($0 + 1)" },
      sampleRate: output.sampleRate,
      rule: output.replacing.rule(inputs: ends.compactMap(\.file) + first.sourceFiles + second.sourceFiles),
      hasPictures: output.picture)
    try files.check()
    output.sayCues([first, second], in: files.urls[0])
    let start = ContinuousClock.now
    let synthesizer = try engine.renderer(source, model).synthesizer
    if let problem = synthesizer.problem(of: morphs[0]) { throw ValidationError(problem) }
    let display = try WordDisplay(synthesizer, isStrict: words.strict)
    let understandings = try zip(ends, [first, second]).map {
      try $0.tags == nil ? display.tell($1, of: synthesizer) : nil
    }
    let loaded = ContinuousClock.now
    let seconds = try make(morphs, synthesizer, &files)
    var report = MorphReport(
      files: files.urls.map(\.path), fractions: morphs.map(\.fraction), from: first, to: morphs[0].to,
      model: model.name,
      loadSeconds: (loaded - start).seconds, generateSeconds: loaded.secondsAgo)
    (report.understandings, report.seconds) = (understandings, seconds)
    if output.json { try Console.result(json: report) } else { Console.note(report.summary) }
  }

  private static let usualCount = 5

  /// The model that made the clips, unless another is named.
  private func locateModel(_ ends: [MorphEnd]) throws -> ModelSource {
    guard sound.model == ModelLibrary.defaultName, sound.voices.voice.isEmpty,
      let made = ends.lazy.compactMap(\.tags).first
    else { return try EngineOptions.locateModel(sound.model, sound.voices) }
    return try ModelSource(named: made.model, hash: made.modelHash)
  }

  private func requests(
    _ ends: [MorphEnd], for source: ModelSource
  ) throws -> (GenerationRequest, GenerationRequest) {
    let (a, b) = (ends[0].tags?.request, ends[1].tags?.request)
    var first = try a ?? prompted(from, for: source)
    if a == nil, sound.seed == nil, let b { first.seed = b.seed }
    var second = try b ?? prompted(to, for: source)
    if b == nil { second.seed = seedB ?? (a == nil ? first.seed : sound.seed ?? first.seed) }
    return (first, second)
  }

  private func prompted(_ prompt: String, for source: ModelSource) throws -> GenerationRequest {
    var draft = RequestDraft(sampleRate: output.sampleRate)
    sound.fill(&draft, prompt: prompt)
    try controls.fill(&draft)
    return try draft.requests(for: source).requests[0]
  }

  /// Says what of an end is not as it was.
  private func sayChanges(
    _ ends: [MorphEnd], _ second: GenerationRequest, sharing first: GenerationRequest, modelHash: String
  ) {
    if second.sharing(first) != second {
      Console.note("B is made as A is: \(first.duration) s, \(first.steps) steps, \(first.sampler.rawValue)")
    }
    for (end, path) in zip(ends, [from, to]) where end.tags.map({ $0.modelHash != modelHash }) ?? false {
      Console.note("warning: another model made \(path); with this one it is another clip")
    }
  }

  /// - Returns: the seconds of all clips.
  private func make(
    _ morphs: [MorphRequest], _ synthesizer: Synthesizer, _ files: inout OutputFiles
  ) throws -> Double {
    var seconds = 0.0
    let mel = output.picture ? MelSpectrogram(synthesizer.model.configuration.mel) : nil
    try ClipTurns(morphs.map(\.from), threads: engine.work.threads).run { range, make in
      let clips = try make { try synthesizer.generate(morphs: Array(morphs[range]), progress: $0) }
      for (index, clip) in zip(range, clips) {
        try files.write(clip, at: index, picture: mel)
        seconds += clip.duration
        if !output.json { Console.result(path: files.urls[index].path) }
      }
    }
    return seconds
  }
}
