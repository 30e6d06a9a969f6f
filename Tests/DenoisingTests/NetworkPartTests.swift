import Denoising
import Foundation
import Layers
import Tensors
import Testing

/// The parts that a network may lack: new, they change nothing, and files of before do without.
@Suite("Parts of the diffusion transformer")
struct NetworkPartTests {
  private let reference: DenoiserReference

  init() throws { reference = try DenoiserReference() }

  @Test("Controls: new layers change nothing, a learned one does, zeros ask for nothing, and they learn")
  func controls() throws {
    var sizes = DenoiserReference.sizes
    sizes.controlCount = 5
    let controlled = DiffusionTransformer(sizes, RandomSource(seed: 3))
    let layers = controlled.parameters.filter { $0.name.hasSuffix("controls.weight") }
    #expect(layers.map(\.name) == ["refinement.controls.weight", "input.controls.weight"])
    #expect(layers.map(\.value.shape) == [[10, 15], [64, 15]])
    #expect(layers.allSatisfy { $0.value.values.allSatisfy { $0 == 0 } })
    #expect(controlled.parameterCount - reference.network.parameterCount == (10 + 64) * 15)
    try reference.copyWeights(to: controlled) { name in !layers.contains { $0.name == name } }
    let track = RandomSource(seed: 4).normals([17, 15])
    func made(_ track: Tensor?) throws -> [Float] {
      let tape = Tape.inference(precision: .float32)
      return try reference.output(
        of: controlled, on: tape, tape.constant(try reference.tensor("patches")), controls: track
      ).value.values
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
    let y = try reference.output(
      of: controlled, on: tape, tape.constant(try reference.tensor("patches")), controls: track)
    tape.backward(from: y, gradient: try reference.tensor("projection"))
    #expect(layers.allSatisfy { (gradients[$0]?.sumOfSquares ?? 0) > 0 })
  }

  @Test("Refinement: what it is told of a frame reaches that frame and its neighbours; files of before tell it nothing")
  func toldRefinement() throws {
    var sizes = DenoiserReference.sizes
    sizes.controlCount = 5
    let network = DiffusionTransformer(sizes, RandomSource(seed: 3))
    try reference.copyWeights(to: network) { !$0.hasSuffix("controls.weight") }
    let layer = try #require(network.parameters.first { $0.name == "refinement.controls.weight" })
    layer.value = RandomSource(seed: 5).normals(layer.value.shape)
    func made(_ track: Tensor) throws -> [Float] {
      let tape = Tape.inference(precision: .float32)
      return try reference.output(
        of: network, on: tape, tape.constant(try reference.tensor("patches")), controls: track
      ).value.values
    }
    // Frame 2 of the third clip's patch 4, the last of that patch: 12 values a frame, 3 frames a patch.
    let asked = (5 + 1 + 4) * 3 + 2
    var track = Tensor([17, 15])
    track[flat: asked * 5 + 1] = 1
    let (plain, told) = (try made(Tensor([17, 15])), try made(track))
    func frame(_ number: Int, of made: [Float]) -> ArraySlice<Float> { made[number * 12..<(number + 1) * 12] }
    let changed = (0..<17 * 3).filter { frame($0, of: plain) != frame($0, of: told) }
    #expect(changed == [asked - 1, asked, asked + 1])

    var before = DenoiserReference.sizes
    before.refinementControls = false
    #expect(try Self.sizesOfBefore(lacking: "refinementControls") == before)
  }

  @Test("Controls: a network of more begins as one of fewer, and is told the same by those")
  func moreControls() throws {
    var (few, many) = (DenoiserReference.sizes, DenoiserReference.sizes)
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
      let patches = tape.constant(try reference.tensor("patches"))
      return try reference.output(of: network, on: tape, patches, controls: Tensor([17, 3 * controls], rows)).value
        .values
    }
    let (old, new) = (try made(older, controls: 5), try made(newer, controls: 7))
    #expect(zip(old, new).allSatisfy { abs($0 - $1) < 1e-4 } && old.contains { abs($0) > 1e-2 })
  }

  @Test("Frames: a network of more values begins with what one of fewer says of the first, and hears those alone")
  func wiserFrames() throws {
    var many = DenoiserReference.sizes
    let (old, new) = (many.frameWidth, many.frameWidth + 3)
    many.frameWidth = new
    let older = DiffusionTransformer(DenoiserReference.sizes, RandomSource(seed: 3))
    for parameter in older.parameters {
      parameter.value = RandomSource(seed: 5).normals(parameter.value.shape).scaled(by: 0.1)
    }
    let newer = DiffusionTransformer(many, RandomSource(seed: 4))
    newer.begin(with: older)
    let narrow = try reference.tensor("patches")
    var rows: [Float] = []
    for frame in 0..<narrow.count / old {
      rows += narrow.values[frame * old..<(frame + 1) * old]
      rows += [9, -7, Float(frame)]
    }
    let wide = Tensor([narrow.shape[0], narrow.shape[1] / old * new], rows)
    func made(_ network: DiffusionTransformer, _ patches: Tensor) throws -> [Float] {
      let tape = Tape.inference(precision: .float32)
      return try reference.output(of: network, on: tape, tape.constant(patches), controls: nil).value.values
    }
    let (before, after) = (try made(older, narrow), try made(newer, wide))
    #expect(after.count == wide.count && before.contains { abs($0) > 1e-2 })
    for frame in 0..<narrow.count / old {
      for value in 0..<old { #expect(abs(before[frame * old + value] - after[frame * new + value]) < 1e-4) }
      #expect(after[frame * new + old..<(frame + 1) * new].allSatisfy { $0 == 0 })
    }
  }

  @Test("The operations of a pass, counted by hand from the sizes of a small network")
  func operations() {
    let (audio, text, frames) = (7, 4, 21)
    let perAudioToken = 60 * 16 + 16 * 64 + 64 * 60
    let perClip = (24 + 2 * 64 + 6 * 64 + 2 * 64) * 64 + (24 * 24 + 24 * 6 + 6 * 64)
    let perBlock = (4 + 2 * 2) * 64 * 64 * (audio + text) + (64 * 5 + 5 * 6 * 64) + 2 * 11 * 11 * 64
    let refinement = (3 * 12 * 10 + 12 * 10 + 2 * 10 * 12) * frames + 64 * 20
    let products = perAudioToken * audio + 24 * 64 * text + perClip + 2 * perBlock + refinement
    #expect(reference.network.operationCount(audioTokens: audio, textTokens: text) == Double(2 * products))
  }

  @Test("Refinement: a new one changes nothing, and a network may lack it")
  func refinement() throws {
    var sizes = DenoiserReference.sizes
    sizes.refinementWidth = 0
    try expectNothingNew(beside: sizes) { $0.hasPrefix("refinement.") }
  }

  /// Holds a network to what one without some part of it makes, while that part is new; learned, it makes something else.
  /// - Parameters:
  ///   - sizes: of the network without the part.
  ///   - isPart: whether a parameter of this name belongs to it.
  private func expectNothingNew(beside sizes: DenoiserConfiguration, isPart: (String) -> Bool) throws {
    let without = DiffusionTransformer(sizes, RandomSource(seed: 3))
    let with = DiffusionTransformer(DenoiserReference.sizes, RandomSource(seed: 3))
    let names = Set(without.parameters.map(\.name))
    #expect(with.parameters.allSatisfy { isPart($0.name) != names.contains($0.name) })
    try reference.copyWeights(to: without)
    try reference.copyWeights(to: with) { !isPart($0) }
    #expect(try reference.made(with) == reference.made(without))
    #expect(try reference.made(reference.network) != reference.made(without))
  }

  @Test("Alignment of captions: a silenced one changes nothing, a network may lack it, and files of before have none")
  func alignment() throws {
    var sizes = DenoiserReference.sizes
    sizes.alignmentWidth = 0
    let without = DiffusionTransformer(sizes, RandomSource(seed: 3))
    let with = DiffusionTransformer(DenoiserReference.sizes, RandomSource(seed: 3))
    #expect(without.alignment == nil && !without.parameters.contains { $0.name.hasPrefix("alignment.") })
    try reference.copyWeights(to: without)
    try reference.copyWeights(to: with) { !$0.hasPrefix("alignment.") }
    #expect(try reference.made(with) != reference.made(without))
    try #require(with.alignment).silence()
    #expect(try reference.made(with) == reference.made(without))
    #expect(try Self.sizesOfBefore(lacking: "alignmentWidth") == sizes)
  }

  @Test("Modulation of a block's own: a new one changes nothing, a network may lack it, and files of before have none")
  func modulation() throws {
    var sizes = DenoiserReference.sizes
    sizes.modulationRank = 0
    try expectNothingNew(beside: sizes) { $0.hasPrefix("blocks.") && $0.contains(".modulation.") }
    #expect(try Self.sizesOfBefore(lacking: "modulationRank") == sizes)
  }

  /// The sizes as an older file has them, which does not know of one.
  private static func sizesOfBefore(lacking key: String) throws -> DenoiserConfiguration {
    var json = try #require(
      try JSONSerialization.jsonObject(with: JSONEncoder().encode(DenoiserReference.sizes)) as? [String: Any])
    #expect(json.removeValue(forKey: key) != nil)
    return try JSONDecoder().decode(DenoiserConfiguration.self, from: JSONSerialization.data(withJSONObject: json))
  }
}
