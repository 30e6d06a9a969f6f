import ArgumentParser
import Foundation
import Jobs
import Packs
import Rendering
import Storage
import Synthesis

struct MakePack: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pack",
    abstract:
      "Make a sample pack of a plan: folders of loops, one-shots, instruments; run again, it makes what is missing.",
    discussion: """
      PLAN is YAML: the pack's name, and its folders, each with a kind (loop, one-shot, phrase, instrument, kit, stems), prompts, \
      and how many. Tempos, keys and any other field of a manifest may be lists, which go round:

        name: Dusty House
        licence: CC0-1.0
        folders:
          - folder: Loops/Drums
            kind: loop
            prompts: ["house drum beat", "dusty breakbeat"]
            tempos: [120, 124]
            count: 8

      A pack is a batch: it has a ledger, goes on where it was stopped, and makes changed clips anew. Clips that come too \
      near to the training set, or to each other, are made again with another seed. Beside the sounds lie a card (README.md), \
      a list (pack.json), a page that plays them (index.html), and the licence. docs/packs.md says more.

      EXAMPLES
        hiss pack house.yaml --output House
        hiss pack house.yaml --output House --dry-run
        hiss pack house.yaml --output House --model mine --novelty 0.6
      """)

  @Argument(help: "The plan, a YAML file.")
  var plan: String

  @Option(name: .shortAndLong, help: "The pack's folder.")
  var output: String

  @Option(name: .shortAndLong, help: "A model's name or folder (default: the plan's, or the bundled one).")
  var model: String?

  @OptionGroup
  var voices: VoiceOptions

  @Flag(help: "Check the plan, say what would be made, and stop.")
  var dryRun = false

  @OptionGroup
  var shard: ShardOptions

  @Flag(help: "Compare every file that is there with its hash in the ledger, and make damaged ones anew.")
  var verify = false

  @Flag(help: "Print what was made as JSON on stdout, when all is done.")
  var json = false

  @OptionGroup(title: "Word Options")
  var words: WordOptions

  @OptionGroup
  var replacing: ReplacingOptions

  @OptionGroup(title: "Novelty Options")
  var novelty: NoveltyOptions

  @OptionGroup(title: "Machine Options")
  var engine: EngineOptions

  func run() throws {
    let folder = try OutputPlace.url(output)
    if OutputPlace.isFolder(folder) == false { throw OutputError.notAFolder(path: output) }
    try replacing.rule(inputs: [URL(fileURLWithPath: plan)]).checkIsNoInput(
      folder.appendingPathComponent(Ledger.fileName))
    let plan = try readPlan()
    let source = try EngineOptions.locateModel(model ?? plan.model, voices).adding(
      plan.voices.map { VoiceReference($0) })
    let identity = try BatchWork.identity(of: source, engine)
    let manifest = try manifest(of: plan, for: source)
    try checkPlaces(of: manifest, plan, in: folder, identity)
    manifest.say(path: self.plan)
    if dryRun { return try PackPreview(plan, manifest.jobs).show(json: json) }
    let jobs = manifest.jobs.filter { shard.part.contains($0.id) }
    let work = BatchWork(
      source: source, identity: identity, folder: folder, format: plan.format, engine: engine, novelty: novelty,
      words: words, verifies: verify, replaces: replacing.force, comparesClips: true)
    let made = try work.make(jobs, output: output)
    if !made.wasInterrupted, made.summary.stopped == nil, made.summary.missing < made.summary.jobCount {
      let inventory = try PackInventory(plan, manifest.jobs, in: folder, threads: engine.work.threads)
      try writePapers(inventory, identity, in: folder)
      if json {
        try Console.result(json: PackResult(made, inventory, notes: BatchNote.all(of: manifest), folder: output))
      }
    }
    try made.report.close(made.summary, wasInterrupted: made.wasInterrupted)
  }

  private func readPlan() throws -> PackPlan {
    do { return try PackPlan(reading: URL(fileURLWithPath: plan)) } catch { throw error.told }
  }

  private func manifest(of plan: PackPlan, for source: ModelSource) throws -> Manifest {
    do { return try plan.manifest(for: source, threads: engine.work.threads) } catch { throw error.told }
  }

  /// Refuses, before anything is made, to replace what no pack made.
  private func checkPlaces(
    of manifest: Manifest, _ plan: PackPlan, in folder: URL, _ identity: ModelIdentity
  ) throws {
    try manifest.checkPlaces(
      self.plan, in: folder, fileExtension: plan.format, identity, replaces: replacing.force)
    guard OutputPlace.isFolder(folder) == true else { return }
    try PackPapers.check(for: plan, in: folder, isForced: replacing.force)
    try Sheet.check(Sheet.page(of: folder), of: folder, replacing.rule())
  }

  private func writePapers(_ inventory: PackInventory, _ identity: ModelIdentity, in folder: URL) throws {
    let papers = PackPapers(inventory, model: (identity.name, identity.hash))
    for url in try papers.write(in: folder, isForced: replacing.force) where !json { Console.result(path: url.path) }
    if inventory.files.contains(where: { $0.samples == nil }) {
      try Sheet.write(folder, page: Sheet.page(of: folder), threads: engine.work.threads, isSaid: !json)
    }
    if !inventory.strangers.isEmpty {
      let names = inventory.strangers.prefix(3).joined(separator: ", ")
      Console.note(
        "note: \(inventory.strangers.count) files in \(output) are of no folder of this plan, and stay: \(names)"
          + (inventory.strangers.count > 3 ? ", …" : ""))
    }
  }
}

/// What `pack` says when it is done, for scripts.
struct PackResult: Encodable {
  private var batch: BatchResult
  private var files: [PackFile]
  private var missing: [String]

  init(_ made: BatchWork.Result, _ inventory: PackInventory, notes: [BatchNote], folder: String) {
    batch = BatchResult(made.summary, folder: folder, notes: notes + made.notes)
    (files, missing) = (inventory.files, inventory.missing)
  }
}
