/// How much of a training that begins with a model repeats what that model can do.
public struct RehearsalPlan: Codable, Sendable, Equatable {
  /// The share of each batch.
  public var share: Float = 0.25
  /// How many clips the model makes of its own, and the shortest and longest of them.
  public var clipCount = 768
  public var shortestSeconds = 1.0
  public var longestSeconds = 4.0

  public init(share: Float = 0.25) { self.share = share }

  /// The examples of a batch that are repetitions: never all of them.
  public func count(ofBatch size: Int) -> Int {
    min(size - 1, Int((share * Float(size)).rounded()))
  }
}
