public import ArgumentParser
import Denoising
public import Tensors
import Training

/// Where a training keeps what it makes.
struct FolderOptions: ParsableArguments {
  @Option(name: .shortAndLong, help: "The model's folder; its checkpoint is resumed if there is one.")
  var output: String

  @Option(
    help: """
      A model to begin with instead of random weights, by name or folder: what it can do already need not be learned \
      again. Its network is taken over.
      """)
  var from: String?

  @Option(help: "Where mel frames and text embeddings are kept between runs.")
  var cache = ".cache/features"

  @Option(parsing: .unconditional, help: "Seconds between checkpoints.")
  var saveEvery = TrainingRun.Pace().saveEvery
}

/// How the network learns.
struct LearningOptions: ParsableArguments {
  @Option(parsing: .unconditional, help: "Steps of the optimizer in all (default: \(TrainingPlan().steps)).")
  var steps: Int?

  @Option(
    parsing: .unconditional,
    help: "Train for about this long instead: the number of steps is chosen from the speed of the first few.")
  var minutes: Double?

  @Option(parsing: .unconditional, help: "Clips in a step.")
  var batchSize = TrainingPlan().batchSize

  @Option(parsing: .unconditional, help: "The highest learning rate.")
  var learningRate = TrainingPlan().learningRate

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

  @Option(
    help: """
      What the network's products are computed in: float32, bfloat16 or int8, which is bytes (default: the quickest that \
      the processor has).
      """)
  var precision: Precision?

  @Option(parsing: .unconditional, help: "Decides the first weights, the order of clips, and all noise.")
  var seed: UInt64 = 0

  func validate() throws {
    if steps != nil, minutes != nil { throw ValidationError("--steps and --minutes exclude each other") }
    if let steps, !(1...100_000_000).contains(steps) {
      throw ValidationError("--steps \(steps) is not between 1 and 100000000")
    }
    if let minutes, !(minutes > 0 && minutes <= 1e6) {
      throw ValidationError("--minutes \(minutes) is not between 0 and 1000000")
    }
    guard (1...4096).contains(batchSize) else {
      throw ValidationError("--batch-size \(batchSize) is not between 1 and 4096")
    }
    guard (0...1000).contains(patience) else {
      throw ValidationError("--patience \(patience) is not between 0 and 1000")
    }
    if let precision, !precision.isNative {
      throw ValidationError("--precision \(precision.rawValue): this processor does not multiply such numbers")
    }
    guard learningRate > 0, learningRate <= 1 else {
      throw ValidationError("--learning-rate \(learningRate) is not between 0 and 1")
    }
  }

  var plan: TrainingPlan {
    var plan = TrainingPlan()
    (plan.batchSize, plan.learningRate, plan.seed) = (batchSize, learningRate, seed)
    plan.precision = precision
    plan.augmentation = noiseAugmentation ? Augmentation() : nil
    return plan
  }
}

extension Precision: ExpressibleByArgument {}

/// The sizes of a new network.
struct NetworkOptions: ParsableArguments {
  @Option(parsing: .unconditional, help: "Mel frames in a token.")
  var patch = DenoiserConfiguration().patchLength

  @Option(parsing: .unconditional, help: "The width of the network, a multiple of 32 times the heads.")
  var width = DenoiserConfiguration().width

  @Option(parsing: .unconditional, help: "Transformer blocks.")
  var depth = DenoiserConfiguration().depth

  @Option(parsing: .unconditional, help: "Attention heads.")
  var heads = DenoiserConfiguration().headCount

  func validate() throws {
    if let problem = configuration.problem { throw ValidationError(problem) }
  }

  var configuration: DenoiserConfiguration {
    var sizes = DenoiserConfiguration()
    sizes.patchOverlap = min(sizes.patchOverlap, patch / 2)
    (sizes.patchLength, sizes.width, sizes.depth, sizes.headCount) = (patch, width, depth, heads)
    return sizes
  }
}
