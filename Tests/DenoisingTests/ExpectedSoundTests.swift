import Denoising
import Foundation
import Layers
import Tensors
import Testing

@Suite("What captions sound like on average")
struct ExpectedSoundTests {
  private static let sizes: DenoiserConfiguration = {
    var sizes = DenoiserReference.sizes
    sizes.expectationKnots = 3
    return sizes
  }()

  private let reference: DenoiserReference
  private let network = DiffusionTransformer(sizes, RandomSource(seed: 3))

  init() throws {
    reference = try DenoiserReference()
    try reference.copyWeights(to: network) { !$0.hasPrefix("expectation.") }
  }

  /// Lets it expect something: random weights, that of the second sequence nothing.
  private func teach(_ other: DiffusionTransformer? = nil) throws {
    let network = other ?? network
    let alignment = try #require(network.alignment)
    let factor = network.configuration.sentenceFactor
    let features = alignment.features(of: try reference.tensor("sentences").scaled(by: factor))
    let (count, random) = (features.shape[1], RandomSource(seed: 4))
    try #require(network.expectation).set(
      (0..<3).map { random.split(UInt64($0)).normals([12, count]) },
      means: Array(features.values[count..<2 * count]))
  }

  private func text(of other: DiffusionTransformer? = nil, starts: [Int]? = nil, on tape: Tape) throws -> EncodedText {
    try (other ?? network).encode(
      tokens: reference.tensor("tokens"), layout: DenoiserReference.textLayout,
      sentences: reference.tensor("sentences"), audio: DenoiserReference.layout, starts: starts, on: tape)
  }

  private func expected(starts: [Int]? = nil) throws -> Tensor {
    try #require(text(starts: starts, on: .inference(precision: .float32)).expected)
  }

  private func made(_ text: EncodedText, by other: DiffusionTransformer? = nil, on tape: Tape) throws -> Variable {
    try (other ?? network)(
      tape.constant(reference.tensor("patches")), times: reference.tensor("times").values, text: text,
      layout: DenoiserReference.layout)
  }

  @Test("Knots lie closer where a clip begins; between two of them both count, behind the last it alone")
  func knots() {
    #expect(ExpectedSound.knots(6) == [0, 4, 10, 25, 63, 156])
    let knots = [0, 4, 10]
    for (frame, knot, share) in [(0, 0, 0), (1, 0, 0.25), (4, 1, 0), (7, 1, 0.5), (10, 2, 0), (99, 2, 0)] {
      #expect(ExpectedSound.place(frame, among: knots) == (knot, Float(share)), "\(frame)")
    }
  }

  @Test("It changes over a clip; an excerpt hears what the clip has there; nothing is expected of the means' features")
  func excerpts() throws {
    #expect(try expected().values.allSatisfy { $0 == 0 })
    try teach()
    let (whole, later) = (try expected(), try expected(starts: [3, 0, 6]))
    let (layout, width) = (DenoiserReference.layout, whole.shape[1])
    func row(_ tensor: Tensor, _ sequence: Int, _ patch: Int) -> [Float] {
      let first = (layout.starts[sequence] + patch) * width
      return Array(tensor.values[first..<first + width])
    }
    #expect(row(whole, 0, 0) != row(whole, 0, 1) && row(whole, 0, 0) != row(whole, 2, 0))
    // A patch is three frames.
    for patch in 0..<4 { #expect(row(later, 0, patch) == row(whole, 0, patch + 1)) }
    for patch in 0..<9 { #expect(row(later, 2, patch) == row(whole, 2, patch + 2)) }
    #expect(row(whole, 1, 0).allSatisfy { abs($0) < 1e-4 })
  }

  @Test("A new one changes nothing, learns to be believed, and what it expects stays as it was taught")
  func learning() throws {
    try teach()
    let inference = Tape.inference(precision: .float32)
    let plain = try made(text(on: inference), on: inference).value
    #expect(try plain.values == reference.made(reference.network))
    let gradients = Gradients()
    let tape = Tape.recording(into: gradients, precision: .float32)
    tape.backward(from: try made(text(on: tape), on: tape), gradient: try reference.tensor("projection"))
    let parts = network.parameters.filter { $0.name.hasPrefix("expectation.") }
    let learning = parts.filter { (gradients[$0]?.sumOfSquares ?? 0) > 0 }.map(\.name)
    #expect(Set(learning) == ["expectation.gate.weight", "expectation.gate.bias", "expectation.token.weight"])
    for part in parts where learning.contains(part.name) {
      part.value = RandomSource(seed: 5).normals(part.value.shape)
      #expect(try made(text(on: inference), on: inference).value.values != plain.values, "\(part.name)")
      part.value = Tensor(part.value.shape)
    }
  }

  @Test("Believed wholly, it is added to what the network would have said, there where the audio lies")
  func belief() throws {
    var sizes = Self.sizes
    sizes.refinementWidth = 0
    // A new network says zeros.
    let network = DiffusionTransformer(sizes, RandomSource(seed: 3))
    try teach(network)
    let gate = try #require(network.parameters.first { $0.name == "expectation.gate.bias" })
    gate.value = Tensor(gate.value.shape, repeating: 1)
    let tape = Tape.inference(precision: .float32)
    let text = try text(of: network, on: tape)
    let expected = try #require(text.expected)
    #expect(try relativeError(made(text, by: network, on: tape).value, expected) < 1e-6)
    let moved = RandomSource(seed: 6).normals(expected.shape)
    #expect(try relativeError(made(text.moving { _ in moved }, by: network, on: tape).value, moved) < 1e-6)
  }

  @Test("Networks without an alignment have none, and files of before neither")
  func without() throws {
    var sizes = Self.sizes
    sizes.alignmentWidth = 0
    #expect(sizes.problem == "expectationKnots is 3, without an alignment")
    #expect(reference.network.expectation == nil)
    #expect(try text(of: reference.network, on: .inference()).expected == nil)
    var json = try #require(
      try JSONSerialization.jsonObject(with: JSONEncoder().encode(Self.sizes)) as? [String: Any])
    #expect(json.removeValue(forKey: "expectationKnots") != nil)
    let before = try JSONDecoder().decode(
      DenoiserConfiguration.self, from: JSONSerialization.data(withJSONObject: json))
    #expect(before == DenoiserReference.sizes)
  }
}
