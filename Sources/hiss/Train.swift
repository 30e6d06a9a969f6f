import ArgumentParser
import Denoising
import Evaluation
import Foundation
import Ranks
import Rendering
import Spectra
import Storage
import Synthesis
import Text
import Training

struct Train: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Learn a folder of samples.",
    discussion: """
      SAMPLES is a folder of audio (WAV, FLAC, AIFF, OGG, MP3) with captions: a metadata.jsonl or metadata.csv with \
      file_name and text, a .txt or .json beside each file, or nothing, when the files' names are understood: \
      `hiss dataset` shows how.

      Says first how large the network and the samples are, and how long it will take. Ctrl-C saves before it stops; \
      the same command then goes on from there, with the network and the settings that it was begun with. --steps sets \
      another end; --minutes lets a training that is finished go on for so long.

      EXAMPLES
        hiss train my-samples --output Models/mine --plan
        hiss train my-samples --output Models/mine --minutes 45
        hiss train my-samples --output Models/mine --noise-augmentation --patience 5
        hiss train my-samples --output Models/mine --steps 40000
        hiss train my-samples --output Models/mine --from first --learning-rate 3e-4 --minutes 20
        hiss train Samples --output /tmp/quick --width 128 --depth 4 --steps 200
        hiss generate "my kind of pad" --model mine
        hiss train --picks mine --output Models/liked          # a voice of what you picked: docs/taste.md
      """)

  @Argument(help: "The folder of samples.")
  var samples: String?

  @OptionGroup(title: "Taste Options")
  var liking: LikingOptions

  @Flag(help: "Only say what would be done, and how long it would take.")
  var plan = false

  @OptionGroup(title: "Folder Options")
  var folders: FolderOptions

  @OptionGroup(title: "Learning Options")
  var learning: LearningOptions

  @OptionGroup(title: "Network Options")
  var network: NetworkOptions

  @OptionGroup(title: "Machine Options")
  var engine: EngineOptions

  /// The folder of samples.
  var dataset: String { samples ?? "" }

  func validate() throws {
    guard (samples == nil) != (liking.picks == nil) else {
      throw ValidationError(
        samples == nil ? "nothing to learn: name a folder of samples, or --picks" : "a folder or --picks, and not both")
    }
    if liking.picks != nil, let option = optionOfFolders {
      throw ValidationError("\(option) is of a folder that is learned, and does not go with --picks")
    }
  }

  func run() throws {
    if let picks = liking.picks { return try learnPicks(of: picks) }
    let ranks = plan ? nil : try MPIRanks()
    if let ranks, !ranks.leads { try follow(ranks) } else { try lead(ranks) }
    ranks?.finish()
  }

  /// - Parameter ranks: those that share the training, of which this is the first; nil for this process alone.
  private func lead(_ ranks: MPIRanks?) throws {
    let folder = try OutputPlace.url(folders.output)
    try OutputPlace.check(folder: folder)
    try OutputPlace.check(folder: OutputPlace.url(folders.cache))
    let held = plan ? nil : try TrainingFolder(taking: folder)
    defer { held?.close() }
    let replaces = try replacesFiles(of: folder)
    let encoder = try engine.makeEncoder()
    let data = try prepare(encoder, parts: frameParts(in: folder))
    ranks?.meet()
    var (setup, origin) = try setUp(in: folder, data, among: ranks)
    let empty = encoder.encode("")
    let start = ContinuousClock.now
    guard let pace = set(&setup, data, empty: empty, ranks: ranks) else {
      try ranks?.send(Outset?.none)
      return
    }
    describe(setup, data, secondsPerStep: pace)
    let judged = try likingLessons(setup, data)
    guard let held else { return }
    if replaces { replaceFiles(in: held) }
    if !setup.isResumed { try origin?.copyGlossary(to: folder, captions: data.clips.lazy.flatMap(\.captions)) }
    let source = try rehearsalSource(setup)
    if source == nil, !setup.isResumed { setup.forgoRehearsal() }
    try ranks?.send(
      Outset(
        setup: setup, rehearses: source != nil, dataset: data.identity(name: datasetName), liking: judged))
    let trainer = setup.makeTrainer(
      dataset: data, empty: empty, rehearsal: try source.flatMap { try rehearsal($0, setup, encoder, ranks) },
      liking: judged, threads: engine.work.threads)
    if let ranks { try trainer.join(ranks) }
    // Of the minutes that are asked for.
    if !setup.isResumed { trainer.spend(seconds: start.secondsAgo) }
    let interrupt = Interrupt()
    let isAnew = learning.align && !setup.isResumed && !setup.wantsAlignment
    if setup.wantsAlignment || isAnew { align(trainer, anew: isAnew) }
    try learn(setup, trainer, data, encoder, until: interrupt)
    trainer.dismiss()
    if let ranks, let talk = trainer.talk { describe(talk, of: trainer, among: ranks) }
  }

  var datasetName: String { URL(fileURLWithPath: dataset).standardizedFileURL.lastPathComponent }

  /// Whether a model, or somebody's files, will be replaced; refuses that unless it is asked for.
  private func replacesFiles(of folder: URL) throws -> Bool {
    let isModel = TrainingFolder.holdsFinishedModel(folder)
    if isModel, !folders.force { throw TrainingFolderError.holdsModel(path: folders.output) }
    let foreign = try isModel ? nil : TrainingFolder.foreignFile(in: folder)
    if let foreign, !folders.force { throw TrainingFolderError.foreignFile(path: foreign.path) }
    return isModel || foreign != nil && CheckpointFiles(in: folder).present.isEmpty
  }

  private func replaceFiles(in folder: TrainingFolder) {
    for card in folder.removeModel() {
      Console.note("note: \(folders.output)/\(card) tells of the model that is replaced")
    }
  }

  /// A signal does not cut this short, and is obeyed before the first step: there is nothing to save of half of it.
  private func align(_ trainer: Trainer, anew: Bool) {
    let progress = ProgressLine("Aligning captions with sounds")
    let result = trainer.alignCaptions(anew: anew) { progress.update($0, of: $1) }
    progress.finish()
    guard let result else { return }
    Console.note(
      String(format: "captions: aligned with their sounds (loss %.2f, by chance %.2f)", result.loss, result.chance))
  }

  private func prepare(_ encoder: SentenceEncoder, parts: FrameParts) throws -> Dataset {
    let progress = ProgressLine("Reading \(dataset)")
    defer { progress.finish() }
    let data = try Dataset.prepare(
      directory: URL(fileURLWithPath: dataset), cache: URL(fileURLWithPath: folders.cache), parts: parts,
      encoder: encoder, threads: engine.work.threads
    ) { progress.update($0, of: $1) }
    progress.finish()
    for warning in data.warnings.prefix(20) { Console.note("warning: \(warning)") }
    if data.warnings.count > 20 { Console.note("… and \(data.warnings.count - 20) more warnings") }
    return data
  }

  private func learn(
    _ setup: TrainingSetup, _ trainer: Trainer, _ data: Dataset, _ encoder: SentenceEncoder, until interrupt: Interrupt
  ) throws {
    var pace = TrainingRun.Pace()
    pace.saveEvery = folders.saveEvery
    pace.evaluateEvery = folders.measureEvery ?? min(max(setup.plan.steps / 10, 25), 500)
    pace.patience = learning.patienceLimit
    let run = try TrainingRun(
      trainer, configuration: setup.configuration, datasetName: datasetName,
      output: URL(fileURLWithPath: folders.output), pace: pace)
    run.listen = listener(data, encoder, trainer, mel: setup.configuration.mel)
    for note in run.notes { Console.note(TrainingDisplay.text(of: note)) }
    let display = TrainingDisplay(tellsJSON: folders.json)
    defer { display.finish() }
    var isComplete = false
    let ending = try run.run(
      shouldStop: { interrupt.happened || folders.pauseAt.map { trainer.step >= $0 } ?? false },
      tell: { event in
        display.show(event)
        // Beside a model lies what it learned from, though the training may be killed any moment.
        if case .keptModel = event, !isComplete { isComplete = (try? describe(data, by: encoder)) != nil }
      })
    display.finish()
    if run.keepsModelOfItsDataset, !isComplete { try describe(data, by: encoder) }
    switch ending {
    case .planned: Console.note("the model is in \(folders.output)")
    case .stopped:
      Console.note(
        "stopped at step \(trainer.step); run the same command to go on"
          + (run.keepsModel ? "" : "; there is no model yet: it is no better so far than what it began with"))
    case .outOfPatience(let best):
      Console.note(
        "stopped at step \(trainer.step): the held-out loss was least at step \(best), and the model of step "
          + "\(run.keptStep ?? best) is in \(folders.output) (--patience 0 goes on)")
    }
  }
}
