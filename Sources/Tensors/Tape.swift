/// Reverse-mode differentiation: operations on a recording tape remember how to pass a gradient back.
///
/// One tape belongs to one thread and one forward pass. Not recording, it computes the same values and keeps nothing, so
/// the network is written once for training and for generation.
///
/// Gradients of parameters are added into `gradients`, in the fixed order of the tape.
public final class Tape {
  /// Whether operations are remembered for `backward`.
  public let isRecording: Bool
  /// What products compute in: never `int8`, which is not for all of them.
  public let precision: Precision
  /// Whether layers that allow it compute in int8.
  let usesInt8: Bool
  /// How many threads share its larger operations, when it does not record. The results do not depend on it.
  let threads: Int
  /// Where gradients of parameters are summed; several passes of one thread may share it.
  public let gradients: Gradients
  /// Is told of parameters whose gradients this tape adds no more to.
  private let whenWhole: (([Parameter]) -> Void)?
  private var steps: [() -> Void] = []

  /// A tape that computes without remembering.
  /// - Parameters:
  ///   - precision: `int8` is for layers that allow it; elsewhere it means `fastest`.
  ///   - threads: how many share its larger operations.
  public static func inference(precision: Precision = .fastest, threads: Int = 1) -> Tape {
    Tape(
      isRecording: false, precision: precision == .int8 ? .fastest : precision, usesInt8: precision == .int8,
      threads: threads, gradients: Gradients())
  }

  /// A tape that remembers, and adds the gradients of parameters to `gradients`; `precision` is as for `inference`.
  /// - Parameter whenWhole: is told, while `backward` goes on, of parameters that `begin(using:)` named.
  public static func recording(
    into gradients: Gradients, precision: Precision = .fastest, whenWhole: (([Parameter]) -> Void)? = nil
  ) -> Tape {
    Tape(
      isRecording: true, precision: precision == .int8 ? .fastest : precision, usesInt8: precision == .int8, threads: 1,
      gradients: gradients, whenWhole: whenWhole)
  }

  /// Says that none of these parameters is used before here: when `backward` comes to here, their gradients are whole.
  package func begin(using parameters: @autoclosure () -> [Parameter]) {
    guard let whenWhole else { return }
    let parameters = parameters()
    steps.append { whenWhole(parameters) }
  }

  private init(
    isRecording: Bool, precision: Precision, usesInt8: Bool, threads: Int, gradients: Gradients,
    whenWhole: (([Parameter]) -> Void)? = nil
  ) {
    self.isRecording = isRecording
    self.precision = precision
    self.usesInt8 = usesInt8
    self.threads = threads
    self.gradients = gradients
    self.whenWhole = whenWhole
  }

  /// A value that no gradient flows to.
  public func constant(_ value: Tensor) -> Variable { Variable(value: value, tape: self, slot: nil) }

  /// A value whose gradient is wanted: read it from the slot after `backward`.
  public func variable(_ value: Tensor) -> Variable {
    Variable(value: value, tape: self, slot: isRecording ? GradientSlot() : nil)
  }

  /// Runs the tape backwards from `output`, whose gradient is given.
  public func backward(from output: Variable, gradient: Tensor) {
    precondition(isRecording, "this tape has not recorded")
    precondition(gradient.shape == output.value.shape, "gradient \(gradient.shape) of \(output.value.shape)")
    output.slot?.add(gradient)
    while let step = steps.popLast() { step() }
  }

  /// Makes the result of an operation. `backward` gets the gradient of the result, its own to change, and runs only if there
  /// is one; it should hold the slots of inputs, not the inputs, whose tape would hold itself.
  package func record(
    _ value: Tensor, from inputs: [Variable], parameters: Bool = false,
    backward: @escaping (__owned Tensor) -> Void
  ) -> Variable {
    precondition(inputs.allSatisfy { $0.tape === self }, "values of two tapes do not meet")
    guard isRecording, parameters || inputs.contains(where: { $0.slot != nil }) else { return constant(value) }
    let slot = GradientSlot()
    steps.append {
      if let gradient = slot.take() { backward(consume gradient) }
    }
    return Variable(value: value, tape: self, slot: slot)
  }
}
