extension Trainer {
  /// What one step did.
  public struct Report: Sendable, Equatable {
    /// The number of the step, from 1.
    public var step: Int
    /// The mean loss of the batch, and the norm of its gradient.
    public var loss: Double
    public var gradientNorm: Float
    public var learningRate: Float
  }
}
