/// Sums of parameters' gradients over the passes of one lane of work.
public final class Gradients {
  private var sums: [ObjectIdentifier: Tensor] = [:]

  public init() {}

  /// The gradient of `parameter` so far, nil if nothing has reached it.
  public subscript(parameter: Parameter) -> Tensor? { sums[ObjectIdentifier(parameter)] }

  /// Hands over the gradient of `parameter`, as if nothing had reached it.
  package func take(_ parameter: Parameter) -> Tensor? { sums.removeValue(forKey: ObjectIdentifier(parameter)) }

  /// Calls `body` with the sum for `parameter`, zero at first, to add to.
  package func accumulate(_ parameter: Parameter, _ body: (UnsafeMutablePointer<Float>) -> Void) {
    accumulate(parameter) { sum, isThere in
      if !isThere { sum.update(repeating: 0, count: parameter.value.count) }
      body(sum)
    }
  }

  /// Calls `body` with the sum for `parameter` to add to, or, where nothing is there yet, with memory that holds anything, to
  /// be written.
  func accumulate(_ parameter: Parameter, _ body: (_ sum: UnsafeMutablePointer<Float>, _ isThere: Bool) -> Void) {
    let key = ObjectIdentifier(parameter)
    let isThere = sums.keys.contains(key)
    var sum = sums.removeValue(forKey: key) ?? Tensor(uninitialized: parameter.value.shape)
    sum.withUnsafeMutable { body($0, isThere) }
    sums[key] = sum
  }

  /// Forgets every sum, and gives the memory back.
  public func reset() { sums.removeAll(keepingCapacity: true) }
}
