import Foundation
import Layers
import Tensors
import Testing

@Suite("Differences of weights, of low rank")
struct WeightDifferencesTests {
  private static let (width, hidden) = (12, 40)
  private let base = FeedForward("feed", width: width, hidden: hidden, RandomSource(seed: 1))
  private let trained = FeedForward("feed", width: width, hidden: hidden, RandomSource(seed: 1))
  private let url = FileManager.default.temporaryDirectory.appendingPathComponent("hiss-\(UUID().uuidString)")
  private static let (expand, contract) = ("feed.expand.weight", "feed.contract.weight")

  init() {
    for (number, parameter) in trained.parameters.enumerated() {
      let shape = parameter.value.shape
      let change = RandomSource(seed: 2).split(UInt64(number)).normals(count: parameter.value.count)
      parameter.value.add(Tensor(shape, change), times: 0.01)
    }
  }

  private func extract(_ byteLimit: Int) throws -> WeightDifferences.Extraction {
    try #require(WeightDifferences.extract(trained, from: base, byteLimit: byteLimit, threads: 2))
  }

  /// The greatest distance of a weight from what it was trained to be, after the differences went through a file.
  private func error(_ differences: WeightDifferences, times weight: Float = 1) throws -> Float {
    defer { try? FileManager.default.removeItem(at: url) }
    try Safetensors.write(differences.tensors, to: url)
    let network = FeedForward("feed", width: Self.width, hidden: Self.hidden, RandomSource(seed: 1))
    try WeightDifferences(reading: url, of: network).add(to: network, times: weight)
    let distances = zip(network.parameters, trained.parameters).flatMap {
      zip($0.value.values, $1.value.values).map { abs($0 - $1) }
    }
    return try #require(distances.max())
  }

  @Test("All terms give the trained weights, to half precision")
  func whole() throws {
    let made = try extract(1_000_000)
    #expect(made.keptEnergy > 0.9999)
    #expect(try error(made.differences) < 1e-4)
    #expect(try error(made.differences, times: 0) > 1e-2)
  }

  @Test("A file is no larger than it may be, and keeps the more the larger it is")
  func limits() throws {
    var kept = 0.0
    for limit in [600, 1000, 1500, 2000, 3000] {
      defer { try? FileManager.default.removeItem(at: url) }
      let made = try extract(limit)
      try Safetensors.write(made.differences.tensors, to: url)
      let size = try #require(try FileManager.default.attributesOfItem(atPath: url.path)[.size] as? Int)
      #expect(size <= limit + 16 && made.keptEnergy > kept, "\(limit): \(size), \(made.keptEnergy)")
      kept = made.keptEnergy
    }
  }

  @Test("The same weights have no difference")
  func same() {
    #expect(WeightDifferences.extract(base, from: base, byteLimit: 1000, threads: 1) == nil)
  }

  @Test("Strangers' files are told, whatever they say")
  func strangers() throws {
    defer { try? FileManager.default.removeItem(at: url) }
    func expect(_ error: WeightsError, _ tensors: [(name: String, tensor: Tensor)]) throws {
      try Safetensors.write(tensors, to: url)
      #expect(throws: error) { _ = try WeightDifferences(reading: url, of: base) }
      #expect(!error.description.contains("\n") && error.description.hasPrefix(url.path))
    }
    let (left, right) = (Self.expand + ".left", Self.expand + ".right")
    let (rows, columns) = (Self.hidden, Self.width)
    func factors(_ leftShape: [Int], _ rightShape: [Int]) -> [(name: String, tensor: Tensor)] {
      [
        (name: left, tensor: Tensor(leftShape)), (name: right, tensor: Tensor(rightShape)),
        (name: Self.expand + ".scales", tensor: Tensor([leftShape.last ?? 0])),
      ]
    }
    try expect(
      .unknown(path: url.path, name: "x"), factors([rows, 1], [1, columns]) + [(name: "x", tensor: Tensor([1]))])
    try expect(.missing(path: url.path, name: right), [factors([rows, 1], [])[0]])
    try expect(.missing(path: url.path, name: left), [factors([], [0, columns])[1]])
    try expect(
      .shape(path: url.path, name: left, expected: [rows, columns], found: [rows, 5000]),
      factors([rows, 5000], [5000, columns]))
    try expect(
      .shape(path: url.path, name: right, expected: [2, columns], found: [3, columns]),
      factors([rows, 2], [3, columns]))
    try expect(
      .shape(path: url.path, name: left, expected: [rows, 1], found: [1]), factors([1], [1, columns]))
    try expect(
      .shape(path: url.path, name: Self.contract, expected: [columns, rows], found: [rows, columns]),
      [(name: Self.contract, tensor: Tensor([rows, columns]))])
    try expect(
      .missing(path: url.path, name: Self.expand + ".scales"), Array(factors([rows, 1], [1, columns]).prefix(2)))
    var wild = factors([rows, 1], [1, columns])
    wild[1].tensor[flat: 3] = .nan
    try expect(.notFinite(path: url.path, name: right), wild)
    // A whole difference and factors of one parameter.
    try expect(
      .unknown(path: url.path, name: left),
      factors([rows, 1], [1, columns]) + [(name: Self.expand, tensor: Tensor([rows, columns]))])
    try Data("{".utf8).write(to: url)
    #expect(throws: WeightsError.self) { _ = try WeightDifferences(reading: url, of: base) }
  }
}
