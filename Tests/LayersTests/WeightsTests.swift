import Foundation
import Layers
import Tensors
import Testing

@Suite("Weights in files")
struct WeightsTests {
  private let layer = FeedForward("feed", width: 4, hidden: 6, RandomSource(seed: 1))
  private let url = FileManager.default.temporaryDirectory.appendingPathComponent("hiss-\(UUID().uuidString)")

  @Test("What is written is read back, under a prefix among others")
  func roundTrip() throws {
    defer { try? FileManager.default.removeItem(at: url) }
    let others = [(name: "other/x", tensor: Tensor([1]))]
    try Safetensors.write(layer.weights(prefix: "net/") + others, to: url)
    let copy = FeedForward("feed", width: 4, hidden: 6, RandomSource(seed: 2))
    try copy.load(from: SafetensorsFile(url), prefix: "net/")
    #expect(copy.parameters.map(\.value.values) == layer.parameters.map(\.value.values))
  }

  @Test("Missing, unknown, wrongly shaped and broken tensors are told, and change nothing")
  func errors() throws {
    defer { try? FileManager.default.removeItem(at: url) }
    let good = layer.weights()
    let before = layer.parameters.map(\.value.values)
    func expect(_ error: WeightsError, _ tensors: [(name: String, tensor: Tensor)]) throws {
      try Safetensors.write(tensors, to: url)
      let file = try SafetensorsFile(url)
      #expect(throws: error) { try layer.load(from: file) }
      #expect(layer.parameters.map(\.value.values) == before)
      #expect(!error.description.contains("\n") && error.description.hasPrefix(url.path))
    }
    let (expand, contract) = ("feed.expand.weight", "feed.contract.weight")
    let zeros = (name: expand, tensor: Tensor([6, 4]))
    try expect(.missing(path: url.path, name: contract), [zeros])
    try expect(.unknown(path: url.path, name: "x"), good + [(name: "x", tensor: Tensor([1]))])
    try expect(
      .shape(path: url.path, name: contract, expected: [4, 6], found: [6, 4]),
      [zeros, (name: contract, tensor: Tensor([6, 4]))])
    try expect(
      .notFinite(path: url.path, name: contract), [zeros, (name: contract, tensor: Tensor([4, 6], repeating: .nan))])
  }
}
