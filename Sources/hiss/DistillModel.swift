import ArgumentParser
import Foundation
import Rendering
import Storage
import Synthesis
import Tensors
import Training

struct DistillModel: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "distill",
    abstract: "Teach a model to make clips in two steps.",
    discussion: """
      The model makes clips of prompts in its own words, in eight steps, and learns to come to the same places in two. \
      What it learns is leaps.safetensors in its folder, beside its weights, which stay as they are: clips of more than two \
      steps sound as before. A model that is trained on must be distilled again.

      EXAMPLES
        hiss distill mine
        hiss generate "warm electric piano" --model mine --steps 2
        hiss distill mine --steps 4000 --clips 4096 --force
      """)

  @Argument(help: "A model's name or folder; `hiss models` lists them.")
  var model: String

  @Option(parsing: .unconditional, help: "Steps of the optimizer.")
  var steps = LeapPlan().steps

  @Option(parsing: .unconditional, help: "Clips that the model makes to learn from.")
  var clips = LeapPlan().clipCount

  @Option(parsing: .unconditional, help: "Clips in a step.")
  var batchSize = LeapPlan().batchSize

  @Option(parsing: .unconditional, help: "The highest learning rate.")
  var learningRate = LeapPlan().learningRate

  @Option(parsing: .unconditional, help: "The rank of what is added to each matrix: more says more, in a larger file.")
  var rank = LeapPlan().rank

  @Option(parsing: .unconditional, help: "Decides all that is drawn at random.")
  var seed = LeapPlan().seed

  @Flag(help: "Print what was learned as JSON on stdout.")
  var json = false

  @OptionGroup
  var replacing: ReplacingOptions

  @OptionGroup
  var engine: EngineOptions

  func validate() throws {
    for (name, value, range) in [
      ("steps", steps, 1...1_000_000), ("clips", clips, 1...100_000), ("batch-size", batchSize, 1...1024),
      ("rank", rank, 1...128),
    ] where !range.contains(value) {
      throw ValidationError("--\(name) \(value) is not between \(range.lowerBound) and \(range.upperBound)")
    }
    guard learningRate > 0, learningRate <= 1 else {
      throw ValidationError("--learning-rate \(learningRate) is not between 0 and 1")
    }
  }

  func run() throws {
    let folder = try ModelLibrary.locate(model)
    let weights = try ModelBundle.weightsHash(of: folder)
    let bundle = try ModelBundle(reading: folder)
    if let voice = bundle.source.voices.first { throw VoiceError.isVoice(path: voice.folder.path) }
    try replacing.rule().check(LeapTrainer.file(inModel: bundle.directory))
    let largest = LeapTrainer.largestRank(for: bundle)
    guard rank <= largest else {
      throw ValidationError("--rank \(rank) is more than \(largest), with which this model's matrices learn")
    }
    let encoder = try engine.makeEncoder()
    try bundle.check(encoder)
    guard let vocabulary = try bundle.source.vocabulary() else {
      throw ModelError.unreadable(path: bundle.directory.path, reason: "it has no words.tsv, and so nothing to ask for")
    }
    let making = ProgressLine("Making clips to learn from")
    defer { making.finish() }
    guard
      let walks = try LeapWalks(
        plan, of: bundle, vocabulary: vocabulary, encoder: encoder, threads: engine.work.threads,
        progress: { making.update($0, of: $1) })
    else {
      throw ModelError.unreadable(path: bundle.directory.path, reason: "its words name nothing that can be asked for")
    }
    making.finish()
    try learn(LeapTrainer(plan, of: bundle, walks: walks, threads: engine.work.threads), from: weights)
  }

  /// Writes what was learned; not what is half learned, nor what is of no use.
  private func learn(_ trainer: LeapTrainer, from weights: String) throws {
    let (start, interrupt, line) = (ContinuousClock.now, Interrupt(), ProgressLine("Learning"))
    defer { line.finish() }
    while trainer.step < plan.steps, !interrupt.happened {
      _ = trainer.advance()
      line.update(trainer.step, of: plan.steps)
    }
    line.finish()
    guard trainer.step == plan.steps else {
      Console.note("hiss: stopped after \(trainer.step) of \(plan.steps) steps: nothing is written")
      throw ExitCode(EX_TEMPFAIL)
    }
    let report = Report(trainer, seconds: start.secondsAgo)
    guard report.leaping < report.plain else {
      Console.note("hiss: \(report.distance), so nothing is written: more --steps or --clips help")
      throw ExitCode(EX_DATAERR)
    }
    try trainer.write(learnedFrom: weights)
    if json { return try Console.result(json: report) }
    Console.result(path: report.file)
    Console.note("learned in \(Console.duration(report.seconds)): \(report.distance)")
  }

  /// What was learned, and how far clips end from where eight steps do, in deviations of a clip.
  private struct Report: Encodable {
    var file: String
    var steps: Int
    var seconds: Double
    var leaping, plain: Double

    init(_ trainer: LeapTrainer, seconds: Double) {
      (file, steps, self.seconds) = (trainer.file.path, trainer.step, seconds)
      (leaping, plain) = trainer.distances()
    }

    var distance: String {
      String(format: "two steps end %.3f deviations of a clip from where eight do, plain ones %.3f", leaping, plain)
    }
  }

  private var plan: LeapPlan {
    var plan = LeapPlan()
    (plan.steps, plan.clipCount, plan.batchSize) = (steps, clips, batchSize)
    (plan.learningRate, plan.rank, plan.seed) = (learningRate, rank, seed)
    return plan
  }
}
