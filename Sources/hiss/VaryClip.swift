import ArgumentParser
import Audio
import Foundation
import Novelty
import Rendering
import Storage
import Synthesis

struct VaryClip: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "vary",
    abstract: "Make relatives of a clip, or of any recording.",
    discussion: """
      Relatives of a clip that Hiss made have its prompt, options and controls, and begin with noise at an angle to its own; \
      those of a recording are variations of it, each from other noise. They are as far from each other as from their source. \
      Beside them lie lists of them for programs that play one after another: JSON and CSV.

      EXAMPLES
        hiss vary out/pad_03.wav --count 10 --distance 0.3
        hiss vary footstep.wav --count 12 --distance 0.15 --lufs -23
        hiss vary loop.wav --vary rhythm,level --count 4
        hiss vary take.wav --prompt "snare drum" --distance 0.5 --keep-level
        hiss vary out/pad_03.wav --taste mine
      """)

  @Argument(help: "The clip, or a recording.")
  var clip: String

  @Option(help: "What a recording sounds like (default: as its name says).")
  var prompt: String?

  @Option(
    parsing: .unconditional,
    help: "How far relatives are from it: 0 is the same, 1 has nothing in common with it but the prompt.")
  var distance = 0.3

  @Option(
    help: ArgumentHelp(
      "Vary these alone, of timbre, notes, rhythm, level, and keep the rest.", valueName: "timbre,level"))
  var vary: String?

  @Option(
    help: ArgumentHelp("Keep these, and vary the rest of timbre, notes, rhythm, level.", valueName: "notes,rhythm"))
  var keep: String?

  @Option(name: [.customLong("count"), .customShort("n")], parsing: .unconditional, help: "How many.")
  var count = 8

  @Option(
    parsing: .unconditional, help: "The first relative's seed, each further one's is one higher (default: by chance).")
  var seed: UInt64?

  @Option(parsing: .unconditional, help: "The relatives' integrated loudness in LUFS, as of `hiss generate`.")
  var lufs: Double?

  @Flag(help: "Make relatives as loud as their source.")
  var keepLevel = false

  @Flag(help: "Make relatives exactly as long as their source.")
  var keepLength = false

  @Option(
    name: .shortAndLong,
    help:
      "A model's name or folder (default: the one that made the clip; of recordings and with --prompt the bundled one)."
  )
  var model: String?

  @Flag(help: "Also read recordings and MIDI files that the clip's tags name outside of the clip's folder.")
  var outside = false

  @OptionGroup(title: "Novelty Options")
  var novelty: NoveltyOptions

  @OptionGroup(title: "Taste Options")
  var taste: TasteOptions

  @OptionGroup(title: "Output Options")
  var output: OutputOptions

  @OptionGroup(title: "Machine Options")
  var engine: EngineOptions

  func validate() throws {
    guard (1...1000).contains(count) else { throw ValidationError("--count \(count) is not between 1 and 1000") }
    guard (0...1).contains(distance) else { throw ValidationError("--distance \(distance) is not between 0 and 1") }
    if vary != nil, keep != nil { throw ValidationError("--vary and --keep exclude each other") }
    if try aspects != nil, keepLevel || keepLength {
      throw ValidationError("--keep-level and --keep-length do not go with --vary and --keep, which keep both")
    }
    if keepLevel, lufs != nil { throw ValidationError("--keep-level and --lufs exclude each other") }
  }

  /// What is varied by itself; nil for everything together.
  private var aspects: Set<VariationRequest.Aspect>? {
    get throws {
      guard let (name, text) = vary.map({ ("vary", $0) }) ?? keep.map({ ("keep", $0) }) else { return nil }
      do throws(FieldProblem) {
        let named = try VariationRequest.Aspect.list(text)
        let varied = name == "vary" ? named : Set(VariationRequest.Aspect.allCases).subtracting(named)
        guard varied.isEmpty else { return varied }
      } catch { throw ValidationError("--\(name) \(error.reason)") }
      throw ValidationError("--keep keeps all: leave out what may vary")
    }
  }

  func run() throws {
    let file = URL(fileURLWithPath: clip)
    var kin = try Kin(file, readsOutside: outside, prompt: prompt)
    let source = try kin.model(named: model)
    kin.sampleRate = output.sampleRate
    let candidates = try relatives(taste.candidateCount(of: count), of: kin, for: source)
    let requests = Array(candidates.prefix(count))
    if let problem = requests[0].problem { throw ValidationError(problem) }
    let identity = try engine.identity(of: source)
    if let note = kin.note(modelHash: identity.hash) { Console.note(note) }
    var clips = requests.map { identity.tags($0, sampleRate: output.sampleRate, file: output.file) }
    var files = try OutputFiles(
      output.output, clips: clips, template: output.template, named: kin.template, sampleRate: output.sampleRate,
      rule: output.replacing.rule(inputs: [file] + requests[0].sourceFiles), hasPictures: output.picture)
    try files.check()
    for list in RelativeSet.places(for: files.urls) {
      try output.replacing.rule().check(list) { RelativeSet.isList($0, of: file) }
    }
    output.sayCues(requests, in: files.urls[0])
    var set = try RelativeSet(of: file, prompt: requests[0].prompt, distance: distance)
    let synthesizer = try engine.renderer(source, identity).synthesizer
    for request in requests.prefix(1) {
      if let problem = synthesizer.problem(of: request) { throw ValidationError(problem) }
    }
    let watch = try novelty.watch(source)
    try taste.choose(
      &clips, amongRelatives: candidates, in: &files, by: synthesizer, threads: engine.work.threads)
    let maker = SetMaker(synthesizer: synthesizer, watch: watch, output: output, threads: engine.work.threads)
    try maker.make(clips, in: &files) {
      set.add($0.clip, seed: $0.request.variation?.seed ?? $0.request.seed, file: $1)
    }
    try write(set, to: RelativeSet.places(for: files.urls))
    if output.json { try Console.result(json: set) } else { say(set) }
    if let shortfall = watch.shortfall(clips.count - set.relatives.count) { throw shortfall }
  }

  private func relatives(_ count: Int, of kin: Kin, for source: ModelSource) throws -> [GenerationRequest] {
    do {
      if let aspects = try aspects {
        return try kin.relatives(
          varying: aspects, amount: distance, count: count, seed: seed ?? UInt64.random(in: 0..<1_000_000), for: source
        ).map { request in
          var request = request
          if let lufs { (request.lufs, request.peak) = (lufs, nil) }
          return request
        }
      }
      return try kin.relatives(
        count: count, distance: distance, seed: seed ?? UInt64.random(in: 0..<1_000_000), for: source, lufs: lufs,
        keepsLevel: keepLevel, keepsLength: keepLength)
    } catch let problem as RequestProblem { throw problem.usageError }
  }

  /// Writes the lists, over those of the same set alone.
  private func write(_ set: RelativeSet, to places: [URL]) throws {
    let rule = output.replacing.rule()
    for (url, bytes) in zip(places, [set.json, set.csv]) {
      try rule.check(url) { RelativeSet.isList($0, of: URL(fileURLWithPath: clip)) }
      try OutputPlace.place(bytes, at: url)
      if !output.json { Console.result(path: url.path) }
    }
  }

  private func say(_ set: RelativeSet) {
    Console.note(
      String(
        format: "%d relatives; fingerprints are %.3f from the source, and %.3f from each other", set.relatives.count,
        set.fromSource, set.fromEachOther))
  }
}
