import ArgumentParser
import Audio
import Foundation
import Jobs
import Novelty
import Rendering
import Storage
import Synthesis
import Tensors

struct Batch: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make the clips of a manifest; run again, it makes what is missing.",
    discussion: """
      JOBS is JSON, one object a line, or CSV with a header, as spreadsheets write it. Its fields are the options of \
      `hiss generate`, and id, which names the clip's file (without one, the prompt does):

        {"id": "drums-01", "prompt": "rock drum beat, 120 bpm", "duration": 8, "seed": 7}

      Everything is checked before anything is made. The folder's ledger.jsonl tells what is done: whatever stopped a \
      batch, the same command goes on; a job that has changed is made anew. Several processes and machines can share \
      one folder. docs/batch.md says more.

      A clip that comes too near to one that the model learned from is made again with another seed, as `hiss generate` \
      does; the ledger has the seed, and how new each clip is.

      EXAMPLES
        hiss batch jobs.jsonl --output clips
        hiss batch jobs.csv --output clips --check
        hiss batch jobs.jsonl --output /shared/clips --shard 2/8
        hiss batch jobs.jsonl --output clips --novelty 0.6
      """)

  @Argument(help: "The manifest: .jsonl or .csv, or - for stdin.")
  var jobs: String

  @Option(name: .shortAndLong, help: "The folder of the clips and the ledger.")
  var output: String

  @Option(help: "A model's name or folder; `hiss models` lists them.")
  var model = ModelLibrary.defaultName

  @OptionGroup
  var voices: VoiceOptions

  @Option(help: ArgumentHelp("The clips' format: \(Self.formats.joined(separator: ", ")).", valueName: "extension"))
  var format = "wav"

  @Option(
    help: ArgumentHelp(
      "How clips without an id are named, as by `hiss generate` (default: after the prompt).", valueName: "template"))
  var name: String?

  @Option(help: ArgumentHelp("Make only part I of N of the manifest.", valueName: "I/N"))
  var shard: String?

  @Flag(help: "Check the manifest and the files that it names, and stop.")
  var check = false

  @Flag(help: "Compare every clip that is there with its hash in the ledger, and make damaged ones anew.")
  var verify = false

  @Flag(help: "Print what was made, and what is to be known of the jobs, as JSON on stdout, when all is done.")
  var json = false

  @Flag(help: "At the end, write an index.html to look at and listen to.")
  var sheet = false

  @OptionGroup(title: "Word Options")
  var words: WordOptions

  @OptionGroup
  var replacing: ReplacingOptions

  @OptionGroup(title: "Novelty Options")
  var novelty: NoveltyOptions

  @OptionGroup(title: "Machine Options")
  var engine: EngineOptions

  private static var formats: [String] {
    AudioFile.writableExtensions.filter(AudioFile.isReproducible).sorted()
  }

  /// How clips without an id are named; nil for as usual.
  var template: NameTemplate? {
    get throws {
      do { return try name.map { text throws(NameProblem) in try NameTemplate(text) } } catch {
        throw ValidationError("--name: \(error)")
      }
    }
  }

  func validate() throws {
    if let found = try template?.fileExtension {
      throw ValidationError("--name: the files' format is --format's to say, not .\(found)")
    }
    guard Self.formats.contains(format) else {
      throw ValidationError("--format \(format) is none of \(Self.formats.joined(separator: ", "))")
    }
    guard shard == nil || chosenShard != nil else {
      throw ValidationError("--shard \(shard ?? "") is not of the form I/N, as in 2/8")
    }
  }

  func run() throws {
    let folder = try OutputPlace.url(output)
    if OutputPlace.isFolder(folder) == false { throw OutputError.notAFolder(path: output) }
    try replacing.rule(inputs: [URL(fileURLWithPath: jobs)]).checkIsNoInput(
      folder.appendingPathComponent(Ledger.fileName))
    let model = try EngineOptions.locateModel(model, voices)
    let hash = try model.hash()
    let identity = ModelIdentity(name: model.name, hash: hash, environment: environment())
    let (jobs, notes) = try readJobs(for: model, identity, folder)
    if check {
      if words.strict { try BatchWords(maker(model, nil).synthesizer).refuse(jobs, threads: engine.work.threads) }
      return
    }
    let watch = try novelty.watch(model)
    let run = try BatchRun(
      jobs, in: folder, fileExtension: format, modelHash: hash, novelty: watch.threshold, verifies: verify,
      replacesUnknown: replacing.force, environment: environment())
    let missing = run.missing(threads: engine.work.threads)
    sayDifferences(run, missing)
    let report = BatchReport(folder: output)
    let interrupt = Interrupt()
    var summary = BatchSummary(jobCount: jobs.count, present: jobs.count)
    var told = notes
    if !missing.isEmpty {
      let maker = try maker(model, hash)
      let display = BatchWords(maker.synthesizer)
      if words.strict { try display.refuse(missing, threads: engine.work.threads) }
      display.announce(missing, threads: engine.work.threads)
      summary = run.run(
        missing, threads: engine.work.threads, shouldStop: { interrupt.happened }, tell: { report.show($0) },
        make: { try Self.file(of: $0, at: run.url(of: $0), maker, watch, display) })
      told += display.notes
    }
    report.finish()
    if sheet, summary.missing < summary.jobCount {
      try Sheet.write(folder, page: Sheet.page(of: folder), threads: engine.work.threads)
    }
    if json { try Console.result(json: BatchResult(summary, folder: output, notes: told)) }
    try report.close(summary, wasInterrupted: interrupt.happened)
  }

  /// Says of clips that were made before why they are not as they would be here, and whether they are made anew.
  private func sayDifferences(_ run: BatchRun, _ missing: [Job]) {
    if verify {
      for difference in run.differences() {
        Console.note(
          "note: \(difference.clipCount) clips were made with \(difference.what): they stay, and made here they would have "
            + "other bytes")
      }
    }
    let others = run.countOfOtherNovelty(missing, former: NoveltyOptions.usual)
    if others > 0 { Console.note("note: \(others) clips are made anew: \(novelty.change)") }
  }

  /// The file of a job's clip, which has to be new where that is watched. What came of other seeds is in the ledger.
  private static func file(
    of job: Job, at url: URL, _ maker: Renderer, _ watch: NoveltyWatch, _ words: BatchWords
  ) throws -> MadeFile {
    let understood = words.tell(job)
    for remark in try maker.synthesizer.remarks(on: job.request) { Console.note("note: \(job.id): \(remark)") }
    let outcome = try watch.generate([job.request], make: { try $0.map(maker.clip) })[0]
    if !outcome.isNovel, let shortfall = watch.shortfall(1) { throw shortfall }
    if let target = job.request.lufs, let missing = outcome.clip.loudnessShortfall(below: target) {
      Console.note(
        String(format: "note: %@ stays %.1f LU below %g LUFS: its true peak is at -1 dBTP", job.id, missing, target))
    }
    return MadeFile(
      bytes: try maker.bytes(of: outcome.clip, outcome.request, sampleRate: job.sampleRate, file: job.file, for: url),
      seed: outcome.request.seed == job.request.seed ? nil : outcome.request.seed, novelty: outcome.ratio,
      words: understood.lines, confidence: understood.confidence)
  }

  /// A batch that is finished needs no text encoder.
  private func environment() -> ClipEnvironment {
    (try? ClipEnvironment(encoder: engine.locateEncoder())) ?? .unknown
  }

  /// Clips are made side by side, each by one thread.
  private func maker(_ model: ModelSource, _ hash: String?) throws -> Renderer {
    let renderer = try engine.renderer(model, threads: 1)
    if let hash, renderer.model.hash != hash {
      throw ModelError.changed(path: model.base.path, hash: renderer.model.hash, wanted: hash)
    }
    return renderer
  }
}
