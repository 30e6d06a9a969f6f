public import Tensors

/// How a model learns what a taste likes.
public struct PreferencePlan: Sendable, Equatable {
  /// Prompts of which it makes clips, and how many of each.
  public var promptCount = 96
  public var clipsEach = 8
  /// Of a clip, in seconds.
  public var seconds = 4.0
  /// The share of the prompts that are those of the picks; the others are in the model's own words.
  public var pickedShare = 0.5
  public var steps = 300
  public var batchSize = 16
  public var learningRate: Float = 1e-3
  public var warmupSteps = 10
  /// Of what is added to each matrix.
  public var rank = 8
  /// How far predictions lean toward what is liked: 1 tilts what the model makes by exp(score), the score in deviations of the
  /// clips of one prompt.
  public var lean: Float = 2
  /// The share of captions that are replaced by the empty one.
  public var captionDropout: Float = 0.12
  public var seed: UInt64 = 0
  /// What products are computed in; nil for the lowest that the processor has.
  public var precision: Precision?

  public init() {}
}
