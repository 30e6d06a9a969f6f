import Layers
import Tensors
import Testing

@Suite("What is learned of a matrix at low rank")
struct LowRankAdapterTests {
  private let parameter = Parameter("w", RandomSource(seed: 1).normals([5, 19]))
  private let random = RandomSource(seed: 2)

  @Test("It begins as nothing, and adds the product of its factors")
  func sums() {
    let before = parameter.value.values
    let adapter = LowRankAdapter(parameter, rank: 3, random: random)
    adapter.apply()
    #expect(parameter.value.values == before)
    adapter.left.value = RandomSource(seed: 3).normals([5, 3])
    adapter.apply()
    let (left, right) = (adapter.left.value.values, adapter.right.value.values)
    for place in before.indices {
      let product = (0..<3).reduce(Float(0)) { $0 + left[place / 19 * 3 + $1] * right[$1 * 19 + place % 19] }
      #expect(abs(parameter.value.values[place] - before[place] - product) < 1e-5)
    }
  }

  /// Of the sum of all elements, each with a weight, which is linear in either factor.
  @Test("The gradients of the factors are those of finite differences")
  func gradients() {
    let weights = RandomSource(seed: 4).normals([5, 19])
    let adapter = LowRankAdapter(parameter, rank: 3, random: random)
    adapter.left.value = RandomSource(seed: 3).normals([5, 3])
    func loss() -> Float {
      adapter.apply()
      return zip(parameter.value.values, weights.values).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let made = adapter.gradients(of: weights)
    for (factor, gradient) in [(adapter.left, made.left), (adapter.right, made.right)] {
      for place in 0..<factor.value.count {
        let before = factor.value
        var moved = before
        moved.withUnsafeMutable { $0[place] += 0.5 }
        factor.value = moved
        let more = loss()
        moved.withUnsafeMutable { $0[place] -= 1 }
        factor.value = moved
        #expect(abs(more - loss() - gradient.values[place]) < 2e-3)
        factor.value = before
      }
    }
  }
}
