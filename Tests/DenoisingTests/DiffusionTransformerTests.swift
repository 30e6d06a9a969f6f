import Denoising
import Foundation
import Layers
import Tensors
import Testing

/// Reference: the same network in PyTorch, in double (scripts/reference/layers.py).
@Suite("Diffusion transformer")
struct DiffusionTransformerTests {
  private static let precisions: [Precision] = Precision.fastest == .bfloat16 ? [.float32, .bfloat16] : [.float32]
  private static let sizes: DenoiserConfiguration = {
    var sizes = DenoiserConfiguration()
    (sizes.bandCount, sizes.patchLength, sizes.patchOverlap, sizes.bottleneckWidth) = (12, 3, 1, 16)
    (sizes.width, sizes.depth, sizes.headCount, sizes.expansion, sizes.textWidth) = (64, 2, 2, 2, 24)
    (sizes.refinementWidth, sizes.controlCount, sizes.alignmentWidth, sizes.modulationRank) = (10, 0, 6, 5)
    return sizes
  }()
  private static let textLayout = SequenceLayout([4, 2, 7])
  private static let layout = SequenceLayout([5, 1, 11])

  private let file: SafetensorsFile
  private let network = DiffusionTransformer(sizes, RandomSource(seed: 0))

  init() throws {
    let folder = try #require(Bundle.module.url(forResource: "Reference", withExtension: nil))
    file = try SafetensorsFile(folder.appendingPathComponent("denoiser.safetensors"))
    try network.load(from: file, prefix: "denoiser/network/")
  }

  @Test("Three clips of different lengths: outputs and gradients are PyTorch's", arguments: precisions)
  func reference(precision: Precision) throws {
    let tolerance = precision == .float32 ? 1e-4 : 3e-2
    let gradients = Gradients()
    let tape = Tape.recording(into: gradients, precision: precision)
    let patches = tape.variable(try tensor("patches"))
    let y = try output(on: tape, patches)
    #expect(relativeError(y.value, try tensor("output")) < tolerance)
    tape.backward(from: y, gradient: try tensor("projection"))
    #expect(relativeError(try #require(patches.slot?.gradient), try tensor("gradient/patches")) < tolerance)
    let compared = try network.parameters.filter { file.names.contains("denoiser/gradient/\($0.name)") }.map {
      let gradient = try #require(gradients[$0])
      let error = relativeError(gradient, try tensor("gradient/\($0.name)"))
      #expect(error < tolerance, "\($0.name)")
      return $0.name
    }
    #expect(compared.count == 17)
  }

  @Test("With controls too, outputs and the gradients of their layers are PyTorch's", arguments: precisions)
  func controlledReference(precision: Precision) throws {
    let tolerance = precision == .float32 ? 1e-4 : 3e-2
    var sizes = Self.sizes
    sizes.controlCount = 4
    let controlled = DiffusionTransformer(sizes, RandomSource(seed: 3))
    let layers = controlled.parameters.filter { $0.name.hasSuffix("controls.weight") }
    try copyWeights(to: controlled) { name in !layers.contains { $0.name == name } }
    func known(_ name: String) throws -> Tensor { try file.tensor(named: "controlled/\(name)") }
    for layer in layers { layer.value = try known("network/\(layer.name)") }
    let gradients = Gradients()
    let tape = Tape.recording(into: gradients, precision: precision)
    let patches = tape.constant(try tensor("patches"))
    let y = try output(of: controlled, on: tape, patches, controls: known("controls"))
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
    let patches = try tensor("patches")
    let output = try output(on: int8, int8.constant(patches)).value
    #expect(relativeError(output, try tensor("output")) < 5e-2)
    #expect(try output.values != self.output(on: fine, fine.constant(patches)).value.values)
  }

  @Test("Generating computes what training computes", arguments: precisions)
  func inference(precision: Precision) throws {
    let inference = Tape.inference(precision: precision)
    let recording = Tape.recording(into: Gradients(), precision: precision)
    let patches = try tensor("patches")
    let (a, b) = (
      try output(on: inference, inference.constant(patches)), try output(on: recording, recording.constant(patches))
    )
    // Packed and plain products may sum in another order, which bfloat16 rounds apart now and then.
    #expect(relativeError(a.value, b.value) < (precision == .float32 ? 1e-5 : 1e-2))
  }

  @Test("A clip's prediction does not depend on the clips beside it")
  func alone() throws {
    let tape = Tape.inference(precision: .float32)
    let together = try output(on: tape, tape.constant(try tensor("patches"))).value
    for sequence in 0..<3 {
      func rows(_ name: String, _ layout: SequenceLayout) throws -> Tensor {
        let all = try tensor(name)
        let width = all.shape[1]
        let (first, count) = (layout.starts[sequence] * width, layout.lengths[sequence] * width)
        return Tensor([layout.lengths[sequence], width], Array(all.values[first..<(first + count)]))
      }
      let text = network.encode(
        tokens: try rows("tokens", Self.textLayout), layout: SequenceLayout([Self.textLayout.lengths[sequence]]),
        sentences: try rows("sentences", SequenceLayout([1, 1, 1])), on: tape)
      let own = network(
        tape.constant(try rows("patches", Self.layout)), times: [try tensor("times").values[sequence]], text: text,
        layout: SequenceLayout([Self.layout.lengths[sequence]]), on: tape
      ).value
      let (first, count) = (Self.layout.starts[sequence] * own.shape[1], own.count)
      let beside = Tensor(own.shape, Array(together.values[first..<(first + count)]))
      #expect(relativeError(own, beside) < 1e-5)
    }
  }

  /// The sizes as an older file has them, which does not know of one.
  private static func sizesOfBefore(lacking key: String) throws -> DenoiserConfiguration {
    var json = try #require(try JSONSerialization.jsonObject(with: JSONEncoder().encode(sizes)) as? [String: Any])
    #expect(json.removeValue(forKey: key) != nil)
    return try JSONDecoder().decode(DenoiserConfiguration.self, from: JSONSerialization.data(withJSONObject: json))
  }

  /// Gives another network the reference's weights, all or those whose names are `chosen`.
  private func copyWeights(to other: DiffusionTransformer, where chosen: (String) -> Bool = { _ in true }) throws {
    let known = Dictionary(network.parameters.map { ($0.name, $0.value) }) { first, _ in first }
    for parameter in other.parameters where chosen(parameter.name) {
      parameter.value = try #require(known[parameter.name])
    }
  }

  /// What a network makes of the reference's clips.
  private func made(_ network: DiffusionTransformer) throws -> [Float] {
    let tape = Tape.inference(precision: .float32)
    return try output(of: network, on: tape, tape.constant(try tensor("patches"))).value.values
  }

  @Test("Controls: new layers change nothing, a learned one does, zeros ask for nothing, and they learn")
  func controls() throws {
    var sizes = Self.sizes
    sizes.controlCount = 5
    let controlled = DiffusionTransformer(sizes, RandomSource(seed: 3))
    let layers = controlled.parameters.filter { $0.name.hasSuffix("controls.weight") }
    #expect(layers.map(\.name) == ["refinement.controls.weight", "input.controls.weight"])
    #expect(layers.map(\.value.shape) == [[10, 15], [64, 15]])
    #expect(layers.allSatisfy { $0.value.values.allSatisfy { $0 == 0 } })
    #expect(sizes.parameterCount - Self.sizes.parameterCount == (10 + 64) * 15)
    try copyWeights(to: controlled) { name in !layers.contains { $0.name == name } }
    let track = RandomSource(seed: 4).normals([17, 15])
    func made(_ track: Tensor?) throws -> [Float] {
      let tape = Tape.inference(precision: .float32)
      return try output(of: controlled, on: tape, tape.constant(try tensor("patches")), controls: track).value.values
    }
    let plain = try made(nil)
    #expect(try made(track) == plain)
    for layer in layers {
      let new = layer.value
      layer.value = RandomSource(seed: 5).normals(new.shape)
      #expect(try made(track) != plain, "\(layer.name)")
      #expect(try made(Tensor([17, 15])) == plain, "\(layer.name)")
      layer.value = new
    }

    let gradients = Gradients()
    let tape = Tape.recording(into: gradients, precision: .float32)
    let y = try output(of: controlled, on: tape, tape.constant(try tensor("patches")), controls: track)
    tape.backward(from: y, gradient: try tensor("projection"))
    #expect(layers.allSatisfy { (gradients[$0]?.sumOfSquares ?? 0) > 0 })
  }

  @Test("Refinement: what it is told of a frame reaches that frame and its neighbours; files of before tell it nothing")
  func toldRefinement() throws {
    var sizes = Self.sizes
    sizes.controlCount = 5
    let network = DiffusionTransformer(sizes, RandomSource(seed: 3))
    try copyWeights(to: network) { !$0.hasSuffix("controls.weight") }
    let layer = try #require(network.parameters.first { $0.name == "refinement.controls.weight" })
    layer.value = RandomSource(seed: 5).normals(layer.value.shape)
    func made(_ track: Tensor) throws -> [Float] {
      let tape = Tape.inference(precision: .float32)
      return try output(of: network, on: tape, tape.constant(try tensor("patches")), controls: track).value.values
    }
    // Frame 2 of the third clip's patch 4, the last of that patch: 12 values a frame, 3 frames a patch.
    let asked = (5 + 1 + 4) * 3 + 2
    var track = Tensor([17, 15])
    track[flat: asked * 5 + 1] = 1
    let (plain, told) = (try made(Tensor([17, 15])), try made(track))
    func frame(_ number: Int, of made: [Float]) -> ArraySlice<Float> { made[number * 12..<(number + 1) * 12] }
    let changed = (0..<17 * 3).filter { frame($0, of: plain) != frame($0, of: told) }
    #expect(changed == [asked - 1, asked, asked + 1])

    var before = Self.sizes
    before.refinementControls = false
    #expect(try Self.sizesOfBefore(lacking: "refinementControls") == before)
  }

  @Test("Controls: a network of more begins as one of fewer, and is told the same by those")
  func moreControls() throws {
    var (few, many) = (Self.sizes, Self.sizes)
    (few.controlCount, many.controlCount) = (5, 7)
    let older = DiffusionTransformer(few, RandomSource(seed: 3))
    for parameter in older.parameters {
      parameter.value = RandomSource(seed: 5).normals(parameter.value.shape).scaled(by: 0.1)
    }
    let newer = DiffusionTransformer(many, RandomSource(seed: 4))
    newer.begin(with: older)
    func made(_ network: DiffusionTransformer, controls: Int) throws -> [Float] {
      // The same five values of each of three frames of 17 tokens, then what only the newer one hears.
      let track = RandomSource(seed: 6).normals([17 * 3, 5])
      var rows: [Float] = []
      for row in 0..<17 * 3 {
        rows += track.values[row * 5..<row * 5 + 5]
        rows += [Float](repeating: 9, count: controls - 5)
      }
      let tape = Tape.inference(precision: .float32)
      let patches = tape.constant(try tensor("patches"))
      return try output(of: network, on: tape, patches, controls: Tensor([17, 3 * controls], rows)).value.values
    }
    let (old, new) = (try made(older, controls: 5), try made(newer, controls: 7))
    #expect(zip(old, new).allSatisfy { abs($0 - $1) < 1e-4 } && old.contains { abs($0) > 1e-2 })
  }

  @Test("Refinement: a new one changes nothing, and a network may lack it")
  func refinement() throws {
    var sizes = Self.sizes
    sizes.refinementWidth = 0
    try expectNothingNew(beside: sizes) { $0.hasPrefix("refinement.") }
  }

  /// Holds a network to what one without some part of it makes, while that part is new; learned, it makes something else.
  /// - Parameters:
  ///   - sizes: of the network without the part.
  ///   - isPart: whether a parameter of this name belongs to it.
  private func expectNothingNew(beside sizes: DenoiserConfiguration, isPart: (String) -> Bool) throws {
    let without = DiffusionTransformer(sizes, RandomSource(seed: 3))
    let with = DiffusionTransformer(Self.sizes, RandomSource(seed: 3))
    func count(_ network: DiffusionTransformer) -> Int { network.parameters.reduce(0) { $0 + $1.value.count } }
    #expect(count(without) == sizes.parameterCount && count(with) == Self.sizes.parameterCount)
    try copyWeights(to: without)
    try copyWeights(to: with) { !isPart($0) }
    #expect(try made(with) == made(without))
    #expect(try made(network) != made(without))
  }

  @Test("Alignment of captions: a silenced one changes nothing, a network may lack it, and files of before have none")
  func alignment() throws {
    var sizes = Self.sizes
    sizes.alignmentWidth = 0
    let without = DiffusionTransformer(sizes, RandomSource(seed: 3))
    let with = DiffusionTransformer(Self.sizes, RandomSource(seed: 3))
    #expect(without.alignment == nil && without.parameters.reduce(0) { $0 + $1.value.count } == sizes.parameterCount)
    try copyWeights(to: without)
    try copyWeights(to: with) { !$0.hasPrefix("alignment.") }
    #expect(try made(with) != made(without))
    try #require(with.alignment).silence()
    #expect(try made(with) == made(without))
    #expect(try Self.sizesOfBefore(lacking: "alignmentWidth") == sizes)
  }

  @Test("Modulation of a block's own: a new one changes nothing, a network may lack it, and files of before have none")
  func modulation() throws {
    var sizes = Self.sizes
    sizes.modulationRank = 0
    try expectNothingNew(beside: sizes) { $0.hasPrefix("blocks.") && $0.contains(".modulation.") }
    #expect(try Self.sizesOfBefore(lacking: "modulationRank") == sizes)
  }

  @Test("A new network predicts the zeros that it begins with, and every parameter learns but the captions' tower")
  func newNetwork() throws {
    let fresh = DiffusionTransformer(Self.sizes, RandomSource(seed: 3))
    let twin = DiffusionTransformer(Self.sizes, RandomSource(seed: 3))
    #expect(fresh.parameters.map(\.value.values) == twin.parameters.map(\.value.values))
    #expect(Set(fresh.parameters.map(\.name)).count == fresh.parameters.count)
    let tape = Tape.inference(precision: .float32)
    let y = try output(of: fresh, on: tape, tape.constant(try tensor("patches")))
    #expect(y.value.shape == [17, 36] && y.value.values.allSatisfy { $0 == 0 })

    let gradients = Gradients()
    let recording = Tape.recording(into: gradients, precision: .float32)
    let prediction = try output(on: recording, recording.constant(try tensor("patches")))
    recording.backward(from: prediction, gradient: try tensor("projection"))
    let tower = Set(try #require(network.alignment).tower.parameters.map(\.name))
    for parameter in network.parameters {
      #expect((gradients[parameter]?.sumOfSquares ?? 0) > 0 || tower.contains(parameter.name), "\(parameter.name)")
      #expect(gradients[parameter] == nil || !tower.contains(parameter.name), "\(parameter.name)")
    }
  }

  @Test("Sizes that make no network are told")
  func problems() {
    #expect(DenoiserConfiguration().problem == nil && Self.sizes.problem == nil)
    var sizes = Self.sizes
    sizes.depth = 0
    #expect(sizes.problem == "depth is 0, not within 1 … 256")
    sizes = Self.sizes
    sizes.headCount = 4
    #expect(sizes.problem == "width 64 does not divide into 4 heads of a multiple of 32")
    sizes.headCount = -1
    #expect(sizes.problem == "headCount is -1, not within 1 … 256")
  }

  private func tensor(_ name: String) throws -> Tensor { try file.tensor(named: "denoiser/\(name)") }

  private func output(
    of other: DiffusionTransformer? = nil, on tape: Tape, _ patches: Variable, controls: Tensor? = nil
  ) throws -> Variable {
    let network = other ?? network
    let text = network.encode(
      tokens: try tensor("tokens"), layout: Self.textLayout, sentences: try tensor("sentences"), on: tape)
    return network(
      patches, times: try tensor("times").values, text: text, layout: Self.layout, controls: controls,
      on: tape)
  }
}

/// ‖a − b‖ / ‖b‖.
private func relativeError(_ a: Tensor, _ b: Tensor) -> Double {
  var difference = a
  difference.add(b, times: -1)
  return (difference.sumOfSquares / b.sumOfSquares).squareRoot()
}
