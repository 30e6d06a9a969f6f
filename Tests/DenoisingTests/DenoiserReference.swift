import Denoising
import Foundation
import Layers
import Tensors
import Testing

/// A small network and three clips of different lengths, with what the same network in PyTorch makes of them, in double
/// (scripts/reference/layers.py).
struct DenoiserReference {
  static let precisions: [Precision] = Precision.fastest == .bfloat16 ? [.float32, .bfloat16] : [.float32]
  static let sizes: DenoiserConfiguration = {
    var sizes = DenoiserConfiguration()
    (sizes.frameWidth, sizes.patchLength, sizes.patchOverlap, sizes.bottleneckWidth) = (12, 3, 1, 16)
    (sizes.width, sizes.depth, sizes.headCount, sizes.expansion, sizes.textWidth) = (64, 2, 2, 2, 24)
    (sizes.refinementWidth, sizes.controlCount, sizes.alignmentWidth, sizes.modulationRank) = (10, 0, 6, 5)
    sizes.expectationKnots = 0
    return sizes
  }()
  static let textLayout = SequenceLayout([4, 2, 7])
  static let layout = SequenceLayout([5, 1, 11])

  let file: SafetensorsFile
  let network = DiffusionTransformer(sizes, RandomSource(seed: 0))

  init() throws {
    let folder = try #require(Bundle.module.url(forResource: "Reference", withExtension: nil))
    file = try SafetensorsFile(folder.appendingPathComponent("denoiser.safetensors"))
    try network.load(from: file, prefix: "denoiser/network/")
  }

  /// Gives another network the reference's weights, all or those whose names are `chosen`.
  func copyWeights(to other: DiffusionTransformer, where chosen: (String) -> Bool = { _ in true }) throws {
    let known = Dictionary(network.parameters.map { ($0.name, $0.value) }) { first, _ in first }
    for parameter in other.parameters where chosen(parameter.name) {
      parameter.value = try #require(known[parameter.name])
    }
  }

  /// What a network makes of the reference's clips.
  func made(_ network: DiffusionTransformer) throws -> [Float] {
    let tape = Tape.inference(precision: .float32)
    return try output(of: network, on: tape, tape.constant(try tensor("patches"))).value.values
  }

  func tensor(_ name: String) throws -> Tensor { try file.tensor(named: "denoiser/\(name)") }

  func output(
    of other: DiffusionTransformer? = nil, on tape: Tape, _ patches: Variable, controls: Tensor? = nil
  ) throws -> Variable {
    let network = other ?? network
    let text = network.encode(
      tokens: try tensor("tokens"), layout: Self.textLayout, sentences: try tensor("sentences"), audio: Self.layout,
      on: tape)
    return network(
      patches, times: try tensor("times").values, text: text, layout: Self.layout, controls: controls)
  }
}

/// ‖a − b‖ / ‖b‖.
func relativeError(_ a: Tensor, _ b: Tensor) -> Double {
  var difference = a
  difference.add(b, times: -1)
  return (difference.sumOfSquares / b.sumOfSquares).squareRoot()
}
