import ArgumentParser
import Denoising
import Foundation
import Spectra
import Synthesis
import Tensors
import Text
import Training

struct Train: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Learn a folder of samples.",
    discussion: """
      DATASET is a folder of audio (WAV, FLAC, AIFF, OGG, MP3) with captions: a metadata.jsonl or metadata.csv with \
      file_name and text, a .txt or .json beside each file, or nothing, when the files' names are the captions.

      Run the same command again to go on after a stop; Ctrl-C saves first.

      EXAMPLES
        hiss train my-samples --output Models/mine
        hiss train my-samples --output Models/mine --minutes 45
        hiss train Samples --output /tmp/quick --steps 200
      """)

  @Argument(help: "The folder of samples.")
  var dataset: String

  @Option(help: "The model's folder; its checkpoint is resumed if there is one.")
  var output: String

  @Option(help: "Steps of the optimizer in all (default: 20000).")
  var steps: Int?

  @Option(help: "Train for about this long instead: the number of steps is chosen from the speed of the first few.")
  var minutes: Double?

  @Option(help: "Clips in a step.")
  var batchSize = 32

  @Option(help: "The highest learning rate.")
  var learningRate: Float = 1e-3

  @Option(help: "Decides the first weights, the order of clips, and all noise.")
  var seed: UInt64 = 0

  @Option(help: "Mel frames in a token.")
  var patch = 6

  @Option(help: "The width of the network, a multiple of 32 times the heads.")
  var width = 256

  @Option(help: "Transformer blocks.")
  var depth = 10

  @Option(help: "Attention heads.")
  var heads = 4

  @Option(help: "Where mel frames and text embeddings are kept between runs.")
  var cache = ".cache/features"

  @Option(help: "The folder of the text encoder.")
  var textEncoder: String?

  @Option(help: "Threads (default: all cores). The result does not depend on it.")
  var threads = Parallel.coreCount

  func run() throws {
    try reportingErrors {
      let encoder = try SentenceEncoder(
        directory: try SentenceEncoder.locate(explicit: textEncoder.map { URL(fileURLWithPath: $0) }))
      let data = try prepare(encoder)
      var configuration = ModelConfiguration()
      configuration.mel = data.mel
      (configuration.denoiser.patchLength, configuration.denoiser.width) = (patch, width)
      (configuration.denoiser.depth, configuration.denoiser.headCount) = (depth, heads)
      if let problem = configuration.denoiser.problem { throw ValidationError(problem) }
      try learn(data, configuration, empty: encoder.encode(""))
    }
  }

  private func prepare(_ encoder: SentenceEncoder) throws -> Dataset {
    let progress = ProgressLine("Reading \(dataset)")
    let data = try Dataset.prepare(
      directory: URL(fileURLWithPath: dataset), cache: URL(fileURLWithPath: cache), encoder: encoder,
      threads: threads
    ) { progress.update($0, of: $1) }
    progress.finish()
    for warning in data.warnings.prefix(10) { Console.note("warning: \(warning)") }
    if data.warnings.count > 10 { Console.note("… and \(data.warnings.count - 10) more warnings") }
    Console.note("\(data.trainingIndices.count) clips to learn from, \(data.heldOutIndices.count) to judge by")
    return data
  }

  private func learn(_ data: Dataset, _ base: ModelConfiguration, empty: TextEmbedding) throws {
    var configuration = base
    let folder = URL(fileURLWithPath: output)
    let plan = try plan(resuming: folder, data, configuration.denoiser, empty)
    configuration.scale = plan.scale
    let trainer = Trainer(
      plan.plan, configuration: configuration.denoiser, dataset: data, empty: empty, scale: plan.scale,
      threads: threads)
    let run = try TrainingRun(
      trainer, configuration: configuration, datasetName: URL(fileURLWithPath: dataset).lastPathComponent,
      clipCount: data.clips.count, output: folder)
    if trainer.step > 0 { Console.note("going on from step \(trainer.step)") }
    let interrupt = Interrupt()
    let display = TrainingDisplay(steps: plan.plan.steps)
    try run.run(shouldStop: { interrupt.happened }, tell: display.show)
    display.finish()
    Console.note(
      interrupt.happened
        ? "stopped at step \(trainer.step); run the same command to go on" : "the model is in \(output)")
  }

  /// A checkpoint's own plan, but for the number of steps, or a new one.
  private func plan(
    resuming folder: URL, _ data: Dataset, _ sizes: DenoiserConfiguration, _ empty: TextEmbedding
  ) throws -> (plan: TrainingPlan, scale: ValueScale) {
    let checkpoint = TrainingRun.checkpointURL(in: folder)
    if FileManager.default.fileExists(atPath: checkpoint.path) {
      let state = try Checkpoint.state(of: checkpoint)
      var plan = state.plan
      if let steps { plan.steps = steps }
      return (plan, state.scale)
    }
    var plan = TrainingPlan()
    (plan.batchSize, plan.learningRate, plan.seed) = (batchSize, learningRate, seed)
    let scale = ValueScale(measuring: data)
    if let steps {
      plan.steps = steps
    } else if let minutes {
      let trial = Trainer(
        plan, configuration: sizes, dataset: data, empty: empty, scale: scale, threads: threads)
      for _ in 0..<2 { _ = trial.advance() }
      let warm = trial.seconds
      for _ in 0..<6 { _ = trial.advance() }
      plan.steps = max(10, Int(minutes * 60 / ((trial.seconds - warm) / 6)))
    }
    plan.warmupSteps = min(plan.warmupSteps, plan.steps / 10)
    return (plan, scale)
  }
}
