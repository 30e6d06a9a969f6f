public import Denoising
import Synthesis
public import Tensors

/// What may be chosen for a new training; what is nil takes its default. One that goes on keeps what it was begun with.
public struct TrainingChoices: Sendable, Equatable {
  public var batchSize: Int?
  public var learningRate: Float?
  public var seed: UInt64?
  public var precision: Precision?
  public var noiseAugmentation = false
  public var patchLength: Int?
  public var width: Int?
  public var depth: Int?
  public var headCount: Int?
  /// The name of the model that it begins with.
  public var origin: String?

  public init() {}

  /// The plan of a new training.
  public var plan: TrainingPlan {
    var plan = TrainingPlan()
    plan.batchSize = batchSize ?? plan.batchSize
    plan.learningRate = learningRate ?? plan.learningRate
    plan.seed = seed ?? plan.seed
    plan.precision = precision
    plan.augmentation = noiseAugmentation ? Augmentation() : nil
    return plan
  }

  /// The sizes of a new network.
  public var sizes: DenoiserConfiguration {
    var sizes = DenoiserConfiguration()
    sizes.patchLength = patchLength ?? sizes.patchLength
    sizes.patchOverlap = min(sizes.patchOverlap, sizes.patchLength / 2)
    sizes.width = width ?? sizes.width
    sizes.depth = depth ?? sizes.depth
    sizes.headCount = headCount ?? sizes.headCount
    return sizes
  }

  /// One choice that a training which goes on does not follow.
  public struct Difference: Sendable, Equatable, CustomStringConvertible {
    /// The option, as it is written, and its value; nil for one that was not given, and was when the training began.
    public let option: String
    public let asked: String?
    /// What the training was begun with; nil for the option's absence.
    public let begun: String?

    public var description: String {
      let told = [option, begun].compactMap(\.self).joined(separator: " ")
      guard let asked else { return "goes on with \(told), as it was begun" }
      let given = [option, asked].filter { !$0.isEmpty }.joined(separator: " ")
      return "\(given) is not used: this training was begun \(begun == nil ? "without" : "with \(told)")"
    }
  }

  /// What was chosen in another way than a training that goes on was begun with.
  public func differences(from setup: TrainingSetup) -> [Difference] {
    let (plan, sizes) = (setup.plan, setup.configuration.denoiser)
    func difference<Value: Equatable>(_ option: String, _ asked: Value?, _ begun: Value) -> Difference? {
      guard let asked, asked != begun else { return nil }
      return Difference(option: option, asked: "\(asked)", begun: "\(begun)")
    }
    var all = [
      difference("--batch-size", batchSize, plan.batchSize),
      difference("--learning-rate", learningRate, plan.learningRate), difference("--seed", seed, plan.seed),
      difference("--patch", patchLength, sizes.patchLength), difference("--width", width, sizes.width),
      difference("--depth", depth, sizes.depth), difference("--heads", headCount, sizes.headCount),
    ]
    if let precision, precision != plan.precision {
      all.append(Difference(option: "--precision", asked: precision.rawValue, begun: plan.precision?.rawValue))
    }
    if let origin, origin != setup.configuration.origin {
      all.append(Difference(option: "--from", asked: origin, begun: setup.configuration.origin))
    }
    if noiseAugmentation != (plan.augmentation != nil) {
      all.append(Difference(option: "--noise-augmentation", asked: noiseAugmentation ? "" : nil, begun: nil))
    }
    return all.compactMap(\.self)
  }
}
