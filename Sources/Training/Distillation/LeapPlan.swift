public import Tensors

/// How a model learns to go from noise to sound in two steps.
public struct LeapPlan: Sendable, Equatable {
  /// Clips that it makes in its own steps, to learn from, and others that tell how well it has learned.
  public var clipCount = 1024
  public var heldOutCount = 32
  /// Of a clip, in seconds.
  public var shortestSeconds = 1.0
  public var longestSeconds = 5.0
  public var steps = 1500
  public var batchSize = 16
  public var learningRate: Float = 1e-3
  public var warmupSteps = 30
  /// Of what is added to each matrix.
  public var rank = 32
  public var seed: UInt64 = 0
  /// What products are computed in; nil for the lowest that the processor has.
  public var precision: Precision?

  public init() {}
}
