import Denoising
import Layers
import Tensors
import Testing

/// Reference: the same network in PyTorch (`DenoiserReference`).
@Suite("Diffusion transformer")
struct DiffusionTransformerTests {
  private let reference: DenoiserReference

  init() throws { reference = try DenoiserReference() }

  @Test(
    "Three clips of different lengths: outputs and gradients are PyTorch's", arguments: DenoiserReference.precisions)
  func outputsAndGradients(precision: Precision) throws {
    let tolerance = precision == .float32 ? 1e-4 : 3e-2
    let gradients = Gradients()
    let tape = Tape.recording(into: gradients, precision: precision)
    let patches = tape.variable(try reference.tensor("patches"))
    let y = try reference.output(on: tape, patches)
    #expect(relativeError(y.value, try reference.tensor("output")) < tolerance)
    tape.backward(from: y, gradient: try reference.tensor("projection"))
    #expect(relativeError(try #require(patches.slot?.gradient), try reference.tensor("gradient/patches")) < tolerance)
    let compared = try reference.network.parameters.filter {
      reference.file.names.contains("denoiser/gradient/\($0.name)")
    }.map {
      let gradient = try #require(gradients[$0])
      let error = relativeError(gradient, try reference.tensor("gradient/\($0.name)"))
      #expect(error < tolerance, "\($0.name)")
      return $0.name
    }
    #expect(compared.count == 17)
  }

  @Test(
    "With controls too, outputs and the gradients of their layers are PyTorch's",
    arguments: DenoiserReference.precisions)
  func controlledReference(precision: Precision) throws {
    let tolerance = precision == .float32 ? 1e-4 : 3e-2
    var sizes = DenoiserReference.sizes
    sizes.controlCount = 4
    let controlled = DiffusionTransformer(sizes, RandomSource(seed: 3))
    let layers = controlled.parameters.filter { $0.name.hasSuffix("controls.weight") }
    try reference.copyWeights(to: controlled) { name in !layers.contains { $0.name == name } }
    func known(_ name: String) throws -> Tensor { try reference.file.tensor(named: "controlled/\(name)") }
    for layer in layers { layer.value = try known("network/\(layer.name)") }
    let gradients = Gradients()
    let tape = Tape.recording(into: gradients, precision: precision)
    let patches = tape.constant(try reference.tensor("patches"))
    let y = try reference.output(of: controlled, on: tape, patches, controls: known("controls"))
    #expect(relativeError(y.value, try known("output")) < tolerance)
    tape.backward(from: y, gradient: try known("projection"))
    #expect(layers.count == 2)
    for layer in layers {
      let error = relativeError(try #require(gradients[layer]), try known("gradient/\(layer.name)"))
      #expect(error < tolerance, "\(layer.name)")
    }
  }

  @Test("In int8, where the processor has it, outputs are PyTorch's but for its rounding")
  func int8() throws {
    guard Precision.lowest == .int8 else { return }
    let (int8, fine) = (Tape.inference(precision: .int8), Tape.inference())
    let patches = try reference.tensor("patches")
    let output = try reference.output(on: int8, int8.constant(patches)).value
    #expect(relativeError(output, try reference.tensor("output")) < 5e-2)
    #expect(try output.values != reference.output(on: fine, fine.constant(patches)).value.values)
  }

  @Test("Generating computes what training computes", arguments: DenoiserReference.precisions)
  func inference(precision: Precision) throws {
    let inference = Tape.inference(precision: precision)
    let recording = Tape.recording(into: Gradients(), precision: precision)
    let patches = try reference.tensor("patches")
    let (a, b) = (
      try reference.output(on: inference, inference.constant(patches)),
      try reference.output(on: recording, recording.constant(patches))
    )
    // Packed and plain products may sum in another order, which bfloat16 rounds apart now and then.
    #expect(relativeError(a.value, b.value) < (precision == .float32 ? 1e-5 : 1e-2))
  }

  @Test("A clip's prediction does not depend on the clips beside it")
  func alone() throws {
    let tape = Tape.inference(precision: .float32)
    let together = try reference.output(on: tape, tape.constant(try reference.tensor("patches"))).value
    for sequence in 0..<3 {
      func rows(_ name: String, _ layout: SequenceLayout) throws -> Tensor {
        let all = try reference.tensor(name)
        let width = all.shape[1]
        let (first, count) = (layout.starts[sequence] * width, layout.lengths[sequence] * width)
        return Tensor([layout.lengths[sequence], width], Array(all.values[first..<(first + count)]))
      }
      let layout = SequenceLayout([DenoiserReference.layout.lengths[sequence]])
      let text = reference.network.encode(
        tokens: try rows("tokens", DenoiserReference.textLayout),
        layout: SequenceLayout([DenoiserReference.textLayout.lengths[sequence]]),
        sentences: try rows("sentences", SequenceLayout([1, 1, 1])), audio: layout, on: tape)
      let own = reference.network(
        tape.constant(try rows("patches", DenoiserReference.layout)),
        times: [try reference.tensor("times").values[sequence]], text: text, layout: layout
      ).value
      let (first, count) = (DenoiserReference.layout.starts[sequence] * own.shape[1], own.count)
      let beside = Tensor(own.shape, Array(together.values[first..<(first + count)]))
      #expect(relativeError(own, beside) < 1e-5)
    }
  }

  @Test("A new network predicts the zeros that it begins with, and every parameter learns but the captions' tower")
  func newNetwork() throws {
    let fresh = DiffusionTransformer(DenoiserReference.sizes, RandomSource(seed: 3))
    let twin = DiffusionTransformer(DenoiserReference.sizes, RandomSource(seed: 3))
    #expect(fresh.parameters.map(\.value.values) == twin.parameters.map(\.value.values))
    #expect(Set(fresh.parameters.map(\.name)).count == fresh.parameters.count)
    let tape = Tape.inference(precision: .float32)
    let y = try reference.output(of: fresh, on: tape, tape.constant(try reference.tensor("patches")))
    #expect(y.value.shape == [17, 36] && y.value.values.allSatisfy { $0 == 0 })

    let gradients = Gradients()
    let recording = Tape.recording(into: gradients, precision: .float32)
    let prediction = try reference.output(on: recording, recording.constant(try reference.tensor("patches")))
    recording.backward(from: prediction, gradient: try reference.tensor("projection"))
    let tower = Set(try #require(reference.network.alignment).tower.parameters.map(\.name))
    for parameter in reference.network.parameters {
      #expect((gradients[parameter]?.sumOfSquares ?? 0) > 0 || tower.contains(parameter.name), "\(parameter.name)")
      #expect(gradients[parameter] == nil || !tower.contains(parameter.name), "\(parameter.name)")
    }
  }
}
