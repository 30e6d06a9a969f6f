public import Foundation
import Layers
public import Synthesis
import Tensors

/// A training as it stands between two steps, in one file: the network, its average, both moments, and the counts.
///
/// Random numbers and the order of the data are functions of the step, so nothing else needs saving.
public enum Checkpoint {
  /// Writes the training's state, whole or not at all.
  /// - Parameter surroundings: what goes with it, so that nothing else is needed to go on.
  public static func write(
    _ trainer: Trainer, surroundings: Surroundings? = nil, to url: URL
  ) throws(CheckpointError) {
    let slots = trainer.optimizer.slots
    var tensors = trainer.network.weights(prefix: "network/") + trainer.average.weights(prefix: "average/")
    tensors += slots.map { ("first/" + $0.parameter.name, $0.firstMoment) }
    tensors += slots.map { ("second/" + $0.parameter.name, $0.secondMoment) }
    do {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys]
      let state = State(
        plan: trainer.plan, scale: trainer.scale, step: trainer.step, optimizerSteps: trainer.optimizer.stepCount,
        seconds: trainer.seconds, surroundings: surroundings)
      try Safetensors.write(
        tensors, metadata: ["training": String(decoding: encoder.encode(state), as: UTF8.self)], to: url)
    } catch SafetensorsError.cannotWrite(_, let reason) {
      throw .cannotWrite(path: url.path, reason: reason)
    } catch {
      throw .cannotWrite(path: url.path, reason: "\(error)")
    }
  }

  /// What a checkpoint says of itself.
  public struct State: Codable, Sendable, Equatable {
    public var plan: TrainingPlan
    public var scale: ValueScale
    public var step: Int
    public var optimizerSteps: Int
    public var seconds: Double
    /// nil in the checkpoints of older versions.
    public var surroundings: Surroundings?
  }

  /// What a training needs to know of besides its weights.
  public struct Surroundings: Codable, Sendable, Equatable {
    public var configuration: ModelConfiguration
    /// What is learned.
    public var dataset: DatasetIdentity
    /// How the held-out loss has gone on this data set.
    public var course: OverfittingWatch.Course
    /// The patience of the last run, 0 for an endless one; nil in the checkpoints of older versions.
    public var patience: Int?

    public init(
      configuration: ModelConfiguration, dataset: DatasetIdentity, course: OverfittingWatch.Course, patience: Int? = nil
    ) {
      (self.configuration, self.dataset, self.course, self.patience) = (configuration, dataset, course, patience)
    }
  }

  /// Reads the counts and the plan alone.
  public static func state(of url: URL) throws(CheckpointError) -> State {
    try state(of: open(url))
  }

  /// Puts a trainer, made of the same plan and sizes, where the checkpoint was; if it cannot, the trainer stays as it is.
  public static func restore(_ trainer: Trainer, from url: URL) throws(CheckpointError) {
    let file = try open(url)
    let state = try state(of: file)
    // Averages and moments have the names and shapes of the network. All is read before anything changes.
    let slots = trainer.optimizer.slots
    let network = try values(trainer.network, "network/", file)
    let average = try values(trainer.network, "average/", file)
    let first = try values(trainer.network, "first/", file)
    let second = try values(trainer.network, "second/", file)
    for (index, slot) in slots.enumerated() {
      slot.parameter.value = network[index]
      slot.average?.value = average[index]
      slot.firstMoment = first[index]
      slot.secondMoment = second[index]
    }
    trainer.step = state.step
    trainer.seconds = state.seconds
    trainer.optimizer.stepCount = state.optimizerSteps
    // The other ranks are where they were.
    (trainer.isSpread, trainer.isCollected) = (false, true)
  }

  private static func values(
    _ network: some Module, _ prefix: String, _ file: SafetensorsFile
  ) throws(CheckpointError) -> [Tensor] {
    do {
      return try network.values(in: file, prefix: prefix)
    } catch {
      throw .unreadable(path: file.path, reason: "\(error)")
    }
  }

  private static func open(_ url: URL) throws(CheckpointError) -> SafetensorsFile {
    do {
      return try SafetensorsFile(url)
    } catch {
      throw .unreadable(path: url.path, reason: "\(error)")
    }
  }

  private static func state(of file: SafetensorsFile) throws(CheckpointError) -> State {
    guard let text = file.metadata["training"],
      let state = try? JSONDecoder().decode(State.self, from: Data(text.utf8)), state.step >= 0,
      state.optimizerSteps >= 0, state.seconds >= 0
    else { throw .unreadable(path: file.path, reason: "it holds no state of a training") }
    return state
  }
}

/// Why a checkpoint cannot be written or read.
public enum CheckpointError: Error, Equatable, Sendable, CustomStringConvertible {
  case unreadable(path: String, reason: String)
  case cannotWrite(path: String, reason: String)

  public var description: String {
    switch self {
    case .unreadable(let path, let reason): "\(path): not a checkpoint that can be resumed: \(reason)"
    case .cannotWrite(let path, let reason): "\(path): the checkpoint cannot be written: \(reason)"
    }
  }
}
