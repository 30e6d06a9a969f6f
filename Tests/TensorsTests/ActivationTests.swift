import Foundation
import Tensors
import Testing

/// Reference: the functions' formulas, one element at a time in double.
@Suite("Activations")
struct ActivationTests {
  private let tape = Tape.inference(precision: .float32)

  private func apply(_ x: [Float], _ operation: (Variable) -> Variable) -> [Float] {
    operation(tape.constant(Tensor([1, x.count], x))).value.values
  }

  /// −100 … 100, dense around 0; the odd count exercises the tail of vectors.
  private let wide: [Float] =
    (-1000...1000).map { Float($0) / 10 } + (-2000...2000).map { Float($0) / 400 } + [0, -0.0, 1e-6, -1e-6, 1e-30]

  @Test("SiLU is x · σ(x), to a few units in the last place wherever σ is a normal number")
  func silu() {
    for (x, y) in zip(wide, apply(wide) { $0.silu() }) {
      let exact = Double(x) / (1 + exp(-Double(x)))
      // Below −87 the exponential is held at the smallest that float32 has in full.
      #expect(abs(Double(y) - exact) <= (x > -87 ? 5e-7 * abs(exact) : 1e-35) + 1e-37, "\(x)")
    }
  }

  @Test("GELU's tanh form is PyTorch's formula")
  func geluTanh() {
    for (x, y) in zip(wide, apply(wide) { $0.geluTanh() }) {
      let (x, y) = (Double(x), Double(y))
      let exact = 0.5 * x * (1 + tanh((2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x)))
      #expect(abs(y - exact) <= 3e-7 * max(1, abs(exact)), "\(x)")
    }
  }

  @Test("GELU is x · Φ(x), to the 1.5e-7 that its error function promises")
  func gelu() {
    for (x, y) in zip(wide, apply(wide) { $0.gelu() }) {
      let (x, y) = (Double(x), Double(y))
      let exact = 0.5 * x * (1 + erf(x / 2.0.squareRoot()))
      #expect(abs(y - exact) <= 1.5e-7 * max(1, abs(x)) + 1e-7 * abs(exact), "\(x)")
    }
  }

  @Test("What is not a number stays so, and does not spread")
  func notANumber() {
    for count in [5, 16, 37] {
      for place in [0, count - 1] {
        var x = [Float](repeating: 0.5, count: count)
        x[place] = .nan
        for operation: (Variable) -> Variable in [{ $0.silu() }, { $0.gelu() }, { $0.geluTanh() }] {
          let y = apply(x, operation)
          #expect(y.indices.filter { y[$0].isNaN } == [place])
        }
        let vector = Tensor([1, 3 * count], x + x + x)
        #expect(tape.constant(vector).attention(heads: 1, layout: SequenceLayout([1])).value.isFinite == false)
        let ones = Parameter("ones", Tensor([count], repeating: 1))
        #expect(apply(x) { $0.layerNorm(scale: ones, shift: ones, epsilon: 0) }.allSatisfy { $0.isNaN })
      }
    }
  }
}
