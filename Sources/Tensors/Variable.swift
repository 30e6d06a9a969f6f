/// A value on a tape, and the place where its gradient gathers. The tape records what is made of it.
public struct Variable {
  /// The computed value.
  public let value: Tensor
  /// The tape that it is on.
  public let tape: Tape
  /// Where the gradient gathers; nil where none is wanted.
  public let slot: GradientSlot?
}

/// The gradient of one value on a tape: the sum of what its uses pass back.
public final class GradientSlot {
  /// What has gathered so far.
  public private(set) var gradient: Tensor?

  /// Adds a contribution; the first one is kept as it is.
  package func add(_ contribution: Tensor) {
    guard var sum = gradient else {
      gradient = contribution
      return
    }
    gradient = nil
    sum.add(contribution)
    gradient = sum
  }

  /// Hands the gradient over, so that its memory is free for the next operation as soon as it has been used.
  func take() -> Tensor? {
    defer { gradient = nil }
    return gradient
  }
}
