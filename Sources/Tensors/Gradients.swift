/// Sums of parameters' gradients over the passes of one lane of work.
public final class Gradients {
  private var sums: [ObjectIdentifier: Tensor] = [:]

  public init() {}

  /// The gradient of `parameter` so far, nil if nothing has reached it.
  public subscript(parameter: Parameter) -> Tensor? { sums[ObjectIdentifier(parameter)] }

  /// Calls `body` with the sum for `parameter`, zero at first, to add to.
  package func accumulate(_ parameter: Parameter, _ body: (UnsafeMutablePointer<Float>) -> Void) {
    let key = ObjectIdentifier(parameter)
    var sum = sums.removeValue(forKey: key) ?? Tensor(parameter.value.shape)
    sum.withUnsafeMutable(body)
    sums[key] = sum
  }

  /// Forgets every sum, and gives the memory back.
  public func reset() { sums.removeAll(keepingCapacity: true) }
}
