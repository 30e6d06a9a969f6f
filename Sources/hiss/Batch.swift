import ArgumentParser
import Audio
import Foundation
import Jobs
import Rendering
import Storage
import Synthesis

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

  @OptionGroup
  var shard: ShardOptions

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
  }

  func run() throws {
    let folder = try OutputPlace.url(output)
    if OutputPlace.isFolder(folder) == false { throw OutputError.notAFolder(path: output) }
    try replacing.rule(inputs: [URL(fileURLWithPath: jobs)]).checkIsNoInput(
      folder.appendingPathComponent(Ledger.fileName))
    let source = try EngineOptions.locateModel(model, voices)
    let identity = try BatchWork.identity(of: source, engine)
    let (jobs, notes) = try readJobs(for: source, identity, folder)
    let work = BatchWork(
      source: source, identity: identity, folder: folder, format: format, engine: engine, novelty: novelty,
      words: words, verifies: verify, replaces: replacing.force)
    if check {
      if words.strict { try work.refuseUnknownWords(jobs) }
      return
    }
    let made = try work.make(jobs, output: output)
    if sheet, made.summary.missing < made.summary.jobCount {
      try Sheet.write(folder, page: Sheet.page(of: folder), threads: engine.work.threads)
    }
    if json { try Console.result(json: BatchResult(made.summary, folder: output, notes: notes + made.notes)) }
    try made.report.close(made.summary, wasInterrupted: made.wasInterrupted)
  }
}
