import Tensors
import Testing

@Suite("Tape")
struct TapeTests {
  private static let precisions: [Precision] = Precision.fastest == .bfloat16 ? [.float32, .bfloat16] : [.float32]
  private let weight = Parameter("weight", draw([21, 13], 1))
  private let bias = Parameter("bias", draw([21], 2))

  @Test("Two passes into the same gradients add up to the sum of the passes", arguments: precisions)
  func accumulation(precision: Precision) {
    let inputs = [draw([4, 13], 3), draw([7, 13], 4)]
    func pass(_ x: Tensor, into gradients: Gradients) {
      let tape = Tape.recording(into: gradients, precision: precision)
      let y = tape.constant(x).linear(weight: weight, bias: bias)
      tape.backward(from: y, gradient: draw([x.shape[0], 21], 5))
    }
    let both = Gradients()
    let each = [Gradients(), Gradients()]
    for (x, alone) in zip(inputs, each) {
      pass(x, into: both)
      pass(x, into: alone)
    }
    for parameter in [weight, bias] {
      let sum = zip(each[0][parameter]?.values ?? [], each[1][parameter]?.values ?? []).map { Double($0) + Double($1) }
      #expect(sum.count == parameter.value.count)
      #expect(relativeError(both[parameter]?.values ?? [], sum) < 1e-6)
    }
    both.reset()
    #expect(both[weight] == nil && both[bias] == nil)
  }

  @Test("A recording tape computes the values of an inference tape", arguments: precisions)
  func sameValues(precision: Precision) {
    let x = draw([9, 13], 6)
    let scale = Parameter("scale", draw([21], 7))
    func value(_ tape: Tape) -> [Float] {
      let y = tape.variable(x).linear(weight: weight, bias: bias)
      return y.layerNorm(scale: scale, shift: bias, epsilon: 1e-12).gelu().value.values
    }
    let inference = value(.inference(precision: precision))
    let recording = value(.recording(into: Gradients(), precision: precision))
    #expect(inference.allSatisfy { $0.isFinite })
    // Packed and plain products may sum in another order.
    #expect(relativeError(recording, inference.map(Double.init)) < 1e-6)
  }

  @Test("Threads share an inference tape's work without changing it", arguments: [Precision.float32, .lowest])
  func threads(precision: Precision) {
    // 150 rows are three parts.
    let (x, layout) = (draw([150, 64], 11), SequenceLayout([20, 130]))
    let (wide, narrow) = (Parameter("wide", draw([96, 64], 12)), Parameter("narrow", draw([21, 32], 13)))
    func value(_ tape: Tape) -> [Float] {
      let qkv = tape.variable(x).linear(weight: wide, allowsInt8: true)
      let mixed = qkv.attention(heads: 2, layout: layout).geluTanh()
      return mixed.linear(weight: narrow, bias: bias).value.values
    }
    let alone = value(.inference(precision: precision))
    for threads in [2, 3, 7] { #expect(value(.inference(precision: precision, threads: threads)) == alone) }
    let recorded = value(.recording(into: Gradients(), precision: .float32)).map(Double.init)
    #expect(relativeError(alone, recorded) < (precision == .float32 ? 1e-6 : 0.1))
  }

  @Test("A changed parameter takes effect at once, in every form that is kept of it", arguments: precisions)
  func changedParameter(precision: Precision) {
    let x = draw([5, 13], 8)
    func value(_ parameter: Parameter, _ tape: Tape) -> [Float] {
      tape.constant(x).linear(weight: parameter).value.values
    }
    let changing = Parameter("changing", weight.value)
    let before = value(changing, .inference(precision: precision))
    changing.update { for index in 0..<(21 * 13) { $0[index] *= -2 } }
    #expect(value(changing, .inference(precision: precision)) == before.map { $0 * -2 })
    changing.value = weight.value
    #expect(value(changing, .inference(precision: precision)) == before)
  }

  @Test("Without a variable or a parameter nothing is recorded, and nothing flows to constants")
  func constants() {
    let gradients = Gradients()
    let tape = Tape.recording(into: gradients, precision: .float32)
    let constant = tape.constant(draw([2, 13], 9))
    #expect(constant.silu().slot == nil)
    let y = constant.linear(weight: weight)
    #expect(y.slot != nil && constant.slot == nil)
    tape.backward(from: y, gradient: draw([2, 21], 10))
    #expect(gradients[weight] != nil && gradients[bias] == nil)
    #expect(Tape.inference().variable(constant.value).slot == nil)
  }

  @Test("The gradients of a bfloat16 tape are those of float32 to its precision")
  func bfloat16Gradients() throws {
    guard Precision.fastest == .bfloat16 else { return }
    let (x, dy) = (draw([16, 13], 11), draw([16, 21], 12))
    let results = Self.precisions.map { precision in
      let gradients = Gradients()
      let tape = Tape.recording(into: gradients, precision: precision)
      let input = tape.variable(x)
      tape.backward(from: input.linear(weight: weight, bias: bias), gradient: dy)
      return [input.slot?.gradient, gradients[weight], gradients[bias]].map { $0?.values ?? [] }
    }
    // Each factor is rounded to 8 bits: a relative error of 2⁻⁹ each, at most.
    for (exact, rounded) in zip(results[0], results[1]) {
      #expect(!exact.isEmpty)
      #expect(relativeError(rounded, exact.map(Double.init)) < 0x1p-8)
    }
  }
}
