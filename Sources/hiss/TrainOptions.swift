public import ArgumentParser
import Denoising
import Spectra
public import Tensors
import Training

/// Where a training keeps what it makes.
struct FolderOptions: ParsableArguments {
  @Option(name: .shortAndLong, help: "The model's folder; its checkpoint is resumed if there is one.")
  var output: String

  @Flag(help: "Print each step as a line of JSON on stdout.")
  var json = false

  @Option(
    help: """
      A model to begin with instead of random weights, by name or folder: what it can do already need not be learned \
      again. Its network is taken over. Folders of fewer than \(TrainingChoices.smallFolderClips) clips begin with the \
      bundled model; none begins with random weights.
      """)
  var from: String?

  static let noOrigin = "none"

  @Flag(
    help:
      "Replace a finished model that is in the folder, and has no checkpoint to go on from, and files of other programs."
  )
  var force = false

  @Option(help: "Where mel frames and text embeddings are kept between runs.")
  var cache = ".cache/features"

  @Option(parsing: .unconditional, help: "Seconds between checkpoints.")
  var saveEvery = TrainingRun.Pace().saveEvery

  @Option(
    parsing: .unconditional,
    help: """
      Save and stop at this step, before the end of the plan: the same command with a later one, or none, goes on, with other samples if need be.
      """)
  var pauseAt: Int?

  @Option(
    parsing: .unconditional, help: "Steps between measurements of the held-out loss (default: a tenth, 25 to 500).")
  var measureEvery: Int?

  func validate() throws {
    if let pauseAt, pauseAt < 1 { throw ValidationError("--pause-at \(pauseAt) is not 1 or more") }
    guard saveEvery > 0, saveEvery.isFinite else {
      throw ValidationError("--save-every \(saveEvery) is not a number of seconds above 0")
    }
    if let measureEvery, measureEvery < 1 { throw ValidationError("--measure-every \(measureEvery) is not 1 or more") }
  }
}

/// How the network learns.
struct LearningOptions: ParsableArguments {
  @Option(parsing: .unconditional, help: "Steps of the optimizer in all (default: \(TrainingPlan().steps)).")
  var steps: Int?

  @Option(
    parsing: .unconditional,
    help: """
      Train for about this long: the number of steps follows how fast they come (default for fewer than \
      \(TrainingChoices.smallFolderClips) clips: \(Int(TrainingChoices.smallFolderMinutes))).
      """)
  var minutes: Double?

  @Option(parsing: .unconditional, help: "Clips in a step (default: \(TrainingPlan().batchSize)).")
  var batchSize: Int?

  @Option(
    parsing: .unconditional,
    help: "The highest learning rate (default: \(TrainingPlan().learningRate), from a model 0.0003).")
  var learningRate: Float?

  @Option(
    parsing: .unconditional,
    help: """
      Stop after so many measurements of the held-out loss without a new best, of ten or more in all; 0 goes on to \
      the end. The best model is kept in any case.
      """)
  var patience = 5

  @Flag(
    help: """
      Vary every clip each time it is learned: level, speed, pitch, noise beneath, another clip along. For folders of \
      tens or hundreds of samples.
      """)
  var noiseAugmentation = false

  @Flag(
    help: """
      Learn anew which captions go with which sounds, before the first step: for folders of thousands of clips whose \
      captions name other things than those of the model that it begins with.
      """)
  var align = false

  @Option(
    help: """
      How much of what is learned repeats what the model can do that it begins with, so that this is not forgotten: a \
      share of 0 to 0.9 (default: \(RehearsalPlan().share)). 0 leaves the folder all of the time.
      """)
  var rehearsal: Float?

  @Option(
    help: """
      What the network's products are computed in: float32, bfloat16 or int8, which is bytes (default: the quickest that \
      the processor has).
      """)
  var precision: Precision?

  @Option(
    parsing: .unconditional, help: "Decides the first weights, the order of clips, and all noise (default: 0).")
  var seed: UInt64?

  func validate() throws {
    if steps != nil, minutes != nil { throw ValidationError("--steps and --minutes exclude each other") }
    if let steps, !(1...100_000_000).contains(steps) {
      throw ValidationError("--steps \(steps) is not between 1 and 100000000")
    }
    if let minutes, !(minutes > 0 && minutes <= 1e6) {
      throw ValidationError("--minutes \(minutes) is not between 0 and 1000000")
    }
    if let batchSize, !(1...4096).contains(batchSize) {
      throw ValidationError("--batch-size \(batchSize) is not between 1 and 4096")
    }
    if let rehearsal, !(0...0.9).contains(rehearsal) {
      throw ValidationError("--rehearsal \(rehearsal) is not between 0 and 0.9")
    }
    guard (0...1000).contains(patience) else {
      throw ValidationError("--patience \(patience) is not between 0 and 1000")
    }
    if let precision, !precision.isNative {
      throw ValidationError("--precision \(precision.rawValue): this processor does not multiply such numbers")
    }
    if let learningRate, !(learningRate > 0 && learningRate <= 1) {
      throw ValidationError("--learning-rate \(learningRate) is not between 0 and 1")
    }
  }

  var extent: TrainingSetup.Extent { .init(steps: steps, minutes: minutes) }

  func fill(_ choices: inout TrainingChoices) {
    (choices.batchSize, choices.learningRate, choices.seed) = (batchSize, learningRate, seed)
    (choices.precision, choices.noiseAugmentation) = (precision, noiseAugmentation)
    choices.rehearsal = rehearsal
  }

  /// Measurements without a new best after which training stops; nil for never.
  var patienceLimit: Int? { patience == 0 ? nil : patience }
}

extension Precision: ExpressibleByArgument {}

/// What a new network hears.
enum FrameChoice: String, ExpressibleByArgument {
  case mono, stereo

  var parts: FrameParts { self == .mono ? .mel : .stereo }
}

/// The sizes of a new network.
struct NetworkOptions: ParsableArguments {
  @Option(parsing: .unconditional, help: "Mel frames in a token (default: \(DenoiserConfiguration().patchLength)).")
  var patch: Int?

  @Option(
    parsing: .unconditional,
    help: """
      The width of the network, a multiple of 32 times the heads (default: \(DenoiserConfiguration().width)).
      """)
  var width: Int?

  @Option(parsing: .unconditional, help: "Transformer blocks (default: \(DenoiserConfiguration().depth)).")
  var depth: Int?

  @Option(
    help: """
      mono, or stereo: both channels of the samples, and when strokes strike within a frame (default: as the bundled model, or \
      that of --from; a mono one can begin a stereo training).
      """)
  var frame: FrameChoice?

  @Option(parsing: .unconditional, help: "Attention heads (default: \(DenoiserConfiguration().headCount)).")
  var heads: Int?

  func validate() throws {
    var choices = TrainingChoices()
    fill(&choices)
    if let problem = choices.sizes.problem { throw ValidationError(problem) }
  }

  func fill(_ choices: inout TrainingChoices) {
    (choices.patchLength, choices.width, choices.depth, choices.headCount) = (patch, width, depth, heads)
    choices.frame = frame?.parts
  }
}
