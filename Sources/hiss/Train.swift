import ArgumentParser
import Denoising
import Evaluation
import Foundation
import Novelty
import Rendering
import Synthesis
import Text
import Training

struct Train: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Learn a folder of samples.",
    discussion: """
      DATASET is a folder of audio (WAV, FLAC, AIFF, OGG, MP3) with captions: a metadata.jsonl or metadata.csv with \
      file_name and text, a .txt or .json beside each file, or nothing, when the files' names are the captions.

      Says first how large the network and the samples are, and how long it will take. Ctrl-C saves before it stops; \
      the same command then goes on from there, with the network and the settings that it was begun with.

      EXAMPLES
        hiss train my-samples --output Models/mine --plan
        hiss train my-samples --output Models/mine --minutes 45
        hiss train my-samples --output Models/mine --noise-augmentation --patience 5
        hiss train my-samples --output Models/mine --steps 40000
        hiss train my-samples --output Models/mine --from first --learning-rate 3e-4 --minutes 20
        hiss train Samples --output /tmp/quick --width 128 --depth 4 --steps 200
        hiss generate "my kind of pad" --model mine
      """)

  @Argument(help: "The folder of samples.")
  var dataset: String

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

  func run() throws {
    let folder = try OutputPlace.url(folders.output)
    try OutputPlace.check(folder: folder)
    try OutputPlace.check(folder: OutputPlace.url(folders.cache))
    let encoder = try engine.makeEncoder()
    let data = try prepare(encoder)
    let empty = encoder.encode("")
    let threads = engine.work.threads
    let resumed = try TrainingSetup(resuming: folder, dataset: data)
    let origin = resumed == nil ? try folders.from.map { try ModelBundle(reading: ModelLibrary.locate($0)) } : nil
    var setup = try resumed ?? begin(data, origin)
    let pace = setup.secondsPerStep(dataset: data, empty: empty, threads: threads)
    if setup.stepsTaken > 0 {
      if let steps = learning.steps { setup.setSteps(steps) }
    } else if let minutes = learning.minutes {
      setup.setSteps(max(10, Int(minutes * 60 / pace)))
    } else {
      setup.setSteps(learning.steps ?? setup.plan.steps)
    }
    describe(setup, data, secondsPerStep: pace)
    if plan { return }
    try origin?.copyGlossary(to: folder, captions: data.clips.lazy.flatMap(\.captions))
    let trainer = setup.makeTrainer(dataset: data, empty: empty, threads: threads)
    let interrupt = Interrupt()
    if setup.wantsAlignment { align(trainer) }
    try WordList.write(data.clips.lazy.flatMap(\.captions), to: folder, encoder: encoder, threads: threads)
    try learn(setup, trainer, data, until: interrupt)
  }

  /// A signal does not cut this short, and is obeyed before the first step: there is nothing to save of half of it.
  private func align(_ trainer: Trainer) {
    let progress = ProgressLine("Aligning captions with sounds")
    let result = trainer.alignCaptions { progress.update($0, of: $1) }
    progress.finish()
    guard let result else { return }
    Console.note(
      String(format: "captions: aligned with their sounds (loss %.2f, by chance %.2f)", result.loss, result.chance))
  }

  /// Writes what `hiss generate` holds clips against.
  private func writeIndex(_ data: Dataset) throws {
    let progress = ProgressLine("Listening")
    defer { progress.finish() }
    let index = NoveltyIndex(
      of: data, name: URL(fileURLWithPath: dataset).lastPathComponent, threads: engine.work.threads
    ) { progress.update($0, of: $1) }
    try index.write(to: NoveltyIndex.url(inModel: URL(fileURLWithPath: folders.output)))
  }

  private func begin(_ data: Dataset, _ origin: ModelBundle?) throws -> TrainingSetup {
    guard let origin else { return TrainingSetup(learning.plan, denoiser: network.configuration, dataset: data) }
    return try TrainingSetup(learning.plan, from: origin, dataset: data)
  }

  private func prepare(_ encoder: SentenceEncoder) throws -> Dataset {
    let progress = ProgressLine("Reading \(dataset)")
    defer { progress.finish() }
    let data = try Dataset.prepare(
      directory: URL(fileURLWithPath: dataset), cache: URL(fileURLWithPath: folders.cache), encoder: encoder,
      threads: engine.work.threads
    ) { progress.update($0, of: $1) }
    progress.finish()
    for warning in data.warnings.prefix(10) { Console.note("warning: \(warning)") }
    if data.warnings.count > 10 { Console.note("… and \(data.warnings.count - 10) more warnings") }
    return data
  }

  /// The facts, before hours are spent on them.
  private func describe(_ setup: TrainingSetup, _ data: Dataset, secondsPerStep: Double) {
    let sizes = setup.configuration.denoiser
    Console.note(
      "samples: \(data.trainingIndices.count) clips to learn from (\(Console.duration(data.trainingSeconds))), "
        + "\(data.heldOutIndices.count) to judge by")
    Console.note(
      String(format: "network: %.2f M parameters", Double(DiffusionTransformer(sizes, nil).parameterCount) / 1e6)
        + " (width \(sizes.width), depth \(sizes.depth), \(sizes.headCount) heads, patch \(sizes.patchLength))")
    let left = max(0, setup.plan.steps - setup.stepsTaken)
    let start = setup.stepsTaken > 0 ? "from step \(setup.stepsTaken) to \(setup.plan.steps)" : "\(left) steps"
    Console.note(
      "training: \(start) of \(setup.plan.batchSize) clips, about \(Console.duration(Double(left) * secondsPerStep))")
  }

  private func learn(_ setup: TrainingSetup, _ trainer: Trainer, _ data: Dataset, until interrupt: Interrupt) throws {
    var pace = TrainingRun.Pace()
    pace.saveEvery = folders.saveEvery
    pace.evaluateEvery = min(max(setup.plan.steps / 10, 25), 500)
    pace.patience = learning.patience == 0 ? nil : learning.patience
    let run = try TrainingRun(
      trainer, configuration: setup.configuration, datasetName: URL(fileURLWithPath: dataset).lastPathComponent,
      clipCount: data.clips.count, output: URL(fileURLWithPath: folders.output),
      pace: pace)
    let display = TrainingDisplay(steps: setup.plan.steps)
    defer { display.finish() }
    let ending = try run.run(shouldStop: { interrupt.happened }, tell: display.show)
    display.finish()
    try writeIndex(data)
    switch ending {
    case .planned: Console.note("the model is in \(folders.output)")
    case .stopped: Console.note("stopped at step \(trainer.step); run the same command to go on")
    case .outOfPatience(let best):
      Console.note(
        "stopped at step \(trainer.step): the held-out loss was least at step \(best), and that model is in "
          + "\(folders.output) (--patience 0 goes on)")
    }
  }
}
