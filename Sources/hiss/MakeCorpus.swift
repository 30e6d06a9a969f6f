import ArgumentParser
import Corpus
import Foundation
import Jobs
import Rendering
import Storage

struct MakeCorpus: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "corpus",
    abstract: "Compose phrases and sounds and render them: a captioned training set.",
    discussion: """
      Writes clips (FLAC), their scores (MIDI, or SCO where Csound plays) and metadata.jsonl. A clip depends on the seed, its \
      number, the kinds and the parts alone; clips that are there already are kept, so that a run that was stopped goes on. \
      Several parts come in turn. Needs `scripts/setup --corpus`.

      PARTS
        phrases  phrases of instruments, through FluidSynth, in one channel
        synths   phrases of synthesizers, through Csound, in two channels
        sounds   sounds for games and film, through Csound, in two channels
        music    phrases of two soundfonts and of drum machines, through FluidSynth and Csound, in two channels

      EXAMPLES
        hiss corpus --output corpus --clips 6000 --seed 1
        hiss corpus --output corpus/one-shots --clips 3000 --seed 2 --kinds note chord
        hiss corpus --output corpus/world --clips 9000 --seed 3 --parts music synths sounds
        mpirun -n 8 hiss corpus --output corpus --clips 200000 --threads 1
        hiss train corpus --output Models/mine
      """)

  @Option(name: [.customLong("output"), .customLong("out"), .customShort("o")], help: "The folder to write.")
  var output: String

  @Option(parsing: .unconditional, help: "How many clips.")
  var clips = 1000

  @Option(parsing: .unconditional, help: "Decides everything that is composed.")
  var seed: UInt64 = 0

  @Option(
    parsing: .unconditional,
    help: "Captions of each clip, in different words: 1 to 100. They can be given to a corpus that is there.")
  var captions = 1

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Only clips of these kinds: \(Self.kindNames).",
      valueName: "kind"), transform: Self.kind)
  var kinds: [PhraseKind] = []

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "What it is made of: \(CorpusPart.allCases.map(\.rawValue).joined(separator: ", ")).", valueName: "part"),
    transform: Self.part)
  var parts: [CorpusPart] = []

  @Option(parsing: .unconditional, help: "No clip is longer than this, 3 to 60.")
  var maximumSeconds = 12.0

  @Option(help: "The soundfont.")
  var soundfont = CorpusGenerator.defaultSoundfont.path

  @Option(help: "The other soundfont that music is played from.")
  var secondSoundfont = CorpusGenerator.secondSoundfont.path

  @Flag(
    help: """
      Only what corpora leave out: known instruments with known kinds of phrases that are never put together. Of music \
      and synths.
      """)
  var heldOut = false

  @Flag(help: "Only compose and describe: metadata.jsonl without clips, which needs no soundfont.")
  var captionsOnly = false

  @Flag(help: "Print what was made as JSON on stdout.")
  var json = false

  @OptionGroup
  var replacing: ReplacingOptions

  @OptionGroup
  var shard: ShardOptions

  @OptionGroup(title: "Machine Options")
  var work: ThreadOptions

  func validate() throws {
    guard (1...1_000_000).contains(clips) else {
      throw ValidationError("--clips \(clips) is not between 1 and 1000000")
    }
    guard (1...100).contains(captions) else {
      throw ValidationError("--captions \(captions) is not between 1 and 100")
    }
    guard (3...60).contains(maximumSeconds) else {
      throw ValidationError("--maximum-seconds \(maximumSeconds) is not between 3 and 60")
    }
    if partSet.contains(.synths), !CorpusGenerator.synthsPlay(kindSet) {
      throw ValidationError("--parts synths: no synthesizer plays what --kinds asks for")
    }
    if partSet == [.sounds], !kinds.isEmpty {
      throw ValidationError("--kinds is of phrases, synths and music; sounds have none")
    }
    if captionsOnly, shard.shard != nil { throw ValidationError("--captions-only makes no clips to shard") }
    if heldOut, !partSet.isSubset(of: [.music, .synths]) || !kinds.isEmpty {
      throw ValidationError("--held-out wants --parts music, synths or both, and all --kinds")
    }
  }

  func run() throws {
    let folder = try OutputPlace.url(output)
    try OutputPlace.check(folder: folder)
    let start = ContinuousClock.now
    if captionsOnly {
      try replacing.rule().check(folder.appendingPathComponent("metadata.jsonl"))
      return try describe(to: folder, since: start)
    }
    let generator = try CorpusGenerator(
      seed: seed, soundfont: URL(fileURLWithPath: soundfont), second: URL(fileURLWithPath: secondSoundfont),
      maximumSeconds: maximumSeconds, captionCount: captions, kinds: kindSet, parts: partSet, isHeldOut: heldOut)
    if let foreign = generator.foreignFile(in: folder, count: clips) { try replacing.rule().check(foreign) }
    let progress = ProgressLine("Rendering")
    defer { progress.finish() }
    let part = shard.part
    let written = try generator.write(
      count: clips, to: folder, share: part.index - 1, of: part.count, threads: work.threads
    ) { progress.update($0, of: $1) }
    progress.finish()
    try tell(folder, written.clips, since: start)
    if !written.isWhole { Console.note("whoever makes the last of the other clips writes metadata.jsonl") }
  }

  private func describe(to folder: URL, since start: ContinuousClock.Instant) throws {
    let progress = ProgressLine("Composing")
    defer { progress.finish() }
    try CaptionedScores(
      seed: seed, maximumSeconds: maximumSeconds, captionCount: captions, kinds: kindSet, parts: partSet,
      isHeldOut: heldOut
    ).write(count: clips, to: folder) { progress.update($0, of: $1) }
    progress.finish()
    try tell(folder, clips, since: start)
  }

  private func tell(_ folder: URL, _ clips: Int, since start: ContinuousClock.Instant) throws {
    let report = Report(
      folder: folder.path, clips: clips, seed: seed, seconds: start.secondsAgo)
    if json { try Console.result(json: report) } else { Console.note(report.summary) }
  }

  private var kindSet: Set<PhraseKind> { Set(kinds.isEmpty ? PhraseKind.allCases : kinds) }
  private var partSet: Set<CorpusPart> { Set(parts.isEmpty ? [.phrases] : parts) }

  private static func part(_ argument: String) throws -> CorpusPart {
    guard let part = CorpusPart(rawValue: argument) else {
      let names = CorpusPart.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("no part is called \"\(argument)\"; there are \(names)")
    }
    return part
  }

  /// The kind's name with hyphens, so that a shell takes it for one word.
  private static func argument(_ kind: PhraseKind) -> String { kind.rawValue.replacing(" ", with: "-") }

  private static var kindNames: String { PhraseKind.allCases.map(argument).joined(separator: ", ") }

  private static func kind(_ argument: String) throws -> PhraseKind {
    guard let kind = PhraseKind.allCases.first(where: { Self.argument($0) == argument }) else {
      throw ValidationError("no clip is a \"\(argument)\"; there are \(kindNames)")
    }
    return kind
  }

  private struct Report: Encodable {
    var folder: String
    var clips: Int
    var seed: UInt64
    var seconds: Double

    var summary: String {
      String(
        format: "%d clips in %@ after %@ (%.0f a second)", clips, folder, Console.duration(seconds),
        Double(clips) / seconds)
    }
  }
}
