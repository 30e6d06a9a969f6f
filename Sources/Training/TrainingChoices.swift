public import Denoising
public import Spectra
import Synthesis
public import Tensors

/// What may be chosen for a new training; what is nil takes its default. One that goes on keeps what it was begun with.
public struct TrainingChoices: Sendable, Equatable {
  public var batchSize: Int?
  public var learningRate: Float?
  public var seed: UInt64?
  public var precision: Precision?
  public var noiseAugmentation = false
  /// The share of each batch that repeats what the model could do that it begins with; 0 for nothing.
  public var rehearsal: Float?
  public var patchLength: Int?
  public var width: Int?
  public var depth: Int?
  public var headCount: Int?
  /// What frames have beside mel bands.
  public var frame: FrameParts?
  /// Whose taste it goes by; nil for nobody's.
  public var liking: LikingPlan?
  /// The name of the model that it begins with.
  public var origin: String?

  public init() {}

  /// The highest learning rate of a training that begins with a model: a third of what random weights want, which would
  /// ruin first what the model can do.
  static let rateOfOrigin: Float = 3e-4
  /// A folder of fewer clips begins with the bundled model, and is learned for so many minutes, unless something else is
  /// said: alone it would not teach a network what sounds are.
  public static let smallFolderClips = 2000
  public static let smallFolderMinutes = 20.0
  /// How often a training that begins with a model learns each clip, unless something else is said: what it makes is less and
  /// less new after that, and no more obedient (docs/experiments/own-samples.md).
  public static let passesFromOrigin = 250.0

  /// How long a small folder is learned, unless something else is said.
  public static func smallFolderExtent(hasOrigin: Bool) -> TrainingSetup.Extent {
    .init(minutes: smallFolderMinutes, passes: hasOrigin ? passesFromOrigin : nil)
  }

  /// Whether sizes of a network are chosen, which no model can be begun with then.
  public var choosesSizes: Bool { patchLength != nil || width != nil || depth != nil || headCount != nil }

  /// The plan of a new training.
  public var plan: TrainingPlan {
    var plan = TrainingPlan()
    plan.batchSize = batchSize ?? plan.batchSize
    plan.learningRate = learningRate ?? (origin == nil ? plan.learningRate : Self.rateOfOrigin)
    plan.seed = seed ?? plan.seed
    plan.precision = precision
    plan.augmentation = noiseAugmentation ? Augmentation() : nil
    plan.liking = liking
    let repeated = RehearsalPlan(share: rehearsal ?? RehearsalPlan().share)
    plan.rehearsal = origin == nil || repeated.share == 0 ? nil : repeated
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
    /// The model that a new training begins with, if that is what decides.
    public var model: String?

    public var description: String {
      let told = [option, begun].compactMap(\.self).joined(separator: " ")
      guard let asked else { return "goes on with \(told), as it was begun" }
      let given = [option, asked].filter { !$0.isEmpty }.joined(separator: " ")
      if let model { return "\(given) is not used: \(model), which the training begins with, has \(told)" }
      return "\(given) is not used: this training was begun \(begun == nil ? "without" : "with \(told)")"
    }
  }

  /// The sizes that were chosen in another way than the model has them which a new training begins with.
  public func differences(fromOriginOf setup: TrainingSetup) -> [Difference] {
    sizeDifferences(from: setup).map { difference in
      var difference = difference
      difference.model = setup.configuration.origin
      return difference
    }
  }

  private func sizeDifferences(from setup: TrainingSetup) -> [Difference] {
    let sizes = setup.configuration.denoiser
    return [
      Self.difference("--patch", patchLength, sizes.patchLength), Self.difference("--width", width, sizes.width),
      Self.difference("--depth", depth, sizes.depth), Self.difference("--heads", headCount, sizes.headCount),
      Self.difference("--frame", frame?.name, setup.configuration.parts.name),
    ].compactMap(\.self)
  }

  private static func difference<Value: Equatable>(_ option: String, _ asked: Value?, _ begun: Value) -> Difference? {
    guard let asked, asked != begun else { return nil }
    return Difference(option: option, asked: "\(asked)", begun: "\(begun)")
  }

  /// What was chosen in another way than a training that goes on was begun with.
  public func differences(from setup: TrainingSetup) -> [Difference] {
    let plan = setup.plan
    var all = [
      Self.difference("--batch-size", batchSize, plan.batchSize),
      Self.difference("--learning-rate", learningRate, plan.learningRate),
      Self.difference("--seed", seed, plan.seed),
    ]
    all += sizeDifferences(from: setup)
    if let precision, precision != plan.precision {
      all.append(Difference(option: "--precision", asked: precision.rawValue, begun: plan.precision?.rawValue))
    }
    if let origin, origin != setup.configuration.origin {
      all.append(Difference(option: "--from", asked: origin, begun: setup.configuration.origin))
    }
    if let rehearsal, rehearsal != plan.rehearsal?.share ?? 0 {
      all.append(Difference(option: "--rehearsal", asked: "\(rehearsal)", begun: "\(plan.rehearsal?.share ?? 0)"))
    }
    if noiseAugmentation != (plan.augmentation != nil) {
      all.append(Difference(option: "--noise-augmentation", asked: noiseAugmentation ? "" : nil, begun: nil))
    }
    if let liking, liking != plan.liking {
      all.append(
        Difference(option: "--taste", asked: liking.option, begun: plan.liking.map(\.option)))
    }
    return all.compactMap(\.self)
  }
}

extension FrameParts {
  /// As `--frame` says it.
  fileprivate var name: String { channelCount == 1 ? "mono" : "stereo" }
}
