import Foundation
import Layers
import Tensors
import Testing
import Training

/// Reference: torch.optim.AdamW in double (scripts/reference/training.py).
@Suite("AdamW")
struct AdamWTests {
  @Test("Ten steps of a small network go where PyTorch's go: weights, moments, averages", arguments: [1, 3])
  func trajectory(laneCount: Int) throws {
    let reference = try Reference()
    let network = try Network(reference)
    let averages = network.parameters.map { Parameter($0.name, $0.value) }
    var settings = AdamW.Settings()
    settings.weightDecay = 0.1
    let optimizer = AdamW(network.parameters, averages: averages, settings: settings)
    let (losses, norms) = (try reference["losses"].values, try reference["norms"].values)
    for step in 0..<10 {
      let batch = try reference.batch(step)
      let (lanes, loss) = network.gradients(batch, laneCount: laneCount, scale: step % 2 == 1 ? 0.1 : 1)
      #expect(abs(Float(loss) - losses[step]) < 1e-5 * losses[step])
      let norm = optimizer.step(
        lanes, learningRate: 0.02 * (1 - Float(step) / 20), clip: 0.5,
        averageDecay: min(0.8, Float(step + 1) / Float(step + 3)), threads: laneCount)
      #expect(abs(norm - norms[step]) < 1e-5 * norms[step])
      if step == 0 { try reference.compare("step1/", network.parameters.map { ($0.name, $0.value) }) }
    }
    #expect(optimizer.stepCount == 10)
    try reference.compare("step10/", network.parameters.map { ($0.name, $0.value) })
    try reference.compare("average/", averages.map { ($0.name, $0.value) })
    try reference.compare("first/", optimizer.slots.map { ($0.parameter.name, $0.firstMoment) })
    try reference.compare("second/", optimizer.slots.map { ($0.parameter.name, $0.secondMoment) })
  }

  @Test("A gradient that is not finite is left out, whole", arguments: [Float.nan, .infinity])
  func notFinite(value: Float) throws {
    let reference = try Reference()
    let network = try Network(reference)
    let averages = network.parameters.map { Parameter($0.name, $0.value) }
    let optimizer = AdamW(network.parameters, averages: averages)
    let before = network.parameters.map(\.value.values)
    var batch = try reference.batch(0)
    batch.inputs[flat: 3] = value
    let norm = optimizer.step(network.gradients(batch, laneCount: 2, scale: 1).lanes, learningRate: 0.1)
    #expect(!norm.isFinite && optimizer.stepCount == 0)
    #expect(network.parameters.map(\.value.values) == before && averages.map(\.value.values) == before)
    #expect(optimizer.slots.allSatisfy { $0.firstMoment.sumOfSquares == 0 && $0.secondMoment.sumOfSquares == 0 })
  }

  @Test("The number of threads changes nothing")
  func threads() throws {
    let reference = try Reference()
    let results = try [1, 2, 5].map { threads in
      let network = try Network(reference)
      let optimizer = AdamW(network.parameters)
      for step in 0..<3 {
        let lanes = network.gradients(try reference.batch(step), laneCount: 3, scale: 1).lanes
        optimizer.step(lanes, learningRate: 0.01, threads: threads)
      }
      return network.parameters.map(\.value.values)
    }
    #expect(results[1] == results[0] && results[2] == results[0])
  }
}

/// Linear, GELU, layer normalisation, linear; the loss is the mean squared error.
private struct Network {
  let first: Linear
  let norm: LayerNorm
  let second: Linear

  init(_ reference: Reference) throws {
    func parameter(_ name: String) throws -> Parameter { Parameter(name, try reference["start/" + name]) }
    first = Linear(weight: try parameter("first.weight"), bias: try parameter("first.bias"))
    norm = LayerNorm(scale: try parameter("norm.scale"), shift: try parameter("norm.shift"), epsilon: 1e-5)
    second = Linear(weight: try parameter("second.weight"), bias: try parameter("second.bias"))
  }

  var parameters: [Parameter] { first.parameters + norm.parameters + second.parameters }

  /// The gradients of the batch's rows, shared out among lanes, and the loss.
  func gradients(
    _ batch: (inputs: Tensor, targets: Tensor), laneCount: Int, scale: Float
  ) -> (lanes: [Gradients], loss: Double) {
    let rows = batch.inputs.shape[0] / laneCount
    var loss = 0.0
    let lanes = (0..<laneCount).map { lane in
      let gradients = Gradients()
      let tape = Tape.recording(into: gradients, precision: .float32)
      let hidden = first(tape.constant(slice(batch.inputs, lane, rows))).geluTanh()
      let output = second(norm(hidden))
      var error = output.value
      error.add(slice(batch.targets, lane, rows), times: -1)
      let factor = scale / Float(batch.targets.count)
      loss += error.sumOfSquares * Double(factor)
      let gradient = Tensor(error.shape, error.values.map { 2 * factor * $0 })
      tape.backward(from: output, gradient: gradient)
      return gradients
    }
    return (lanes, loss)
  }

  private func slice(_ tensor: Tensor, _ lane: Int, _ rows: Int) -> Tensor {
    let count = rows * tensor.shape[1]
    return Tensor([rows, tensor.shape[1]], Array(tensor.values[(lane * count)..<((lane + 1) * count)]))
  }
}

private struct Reference {
  private let tensors: [String: Tensor]

  init() throws {
    let folder = try #require(Bundle.module.url(forResource: "Reference", withExtension: nil))
    tensors = try Safetensors.read(folder.appendingPathComponent("adamw.safetensors")).tensors
  }

  subscript(_ name: String) -> Tensor {
    get throws { try #require(tensors[name], "\(name)") }
  }

  func batch(_ step: Int) throws -> (inputs: Tensor, targets: Tensor) {
    func part(_ all: Tensor) -> Tensor {
      let (rows, columns) = (all.shape[1], all.shape[2])
      return Tensor([rows, columns], Array(all.values[(step * rows * columns)..<((step + 1) * rows * columns)]))
    }
    return (part(try self["inputs"]), part(try self["targets"]))
  }

  /// To 1e-5 of each tensor's norm.
  func compare(_ prefix: String, _ values: [(name: String, value: Tensor)]) throws {
    for (name, value) in values {
      let expected = try self[prefix + name]
      var difference = value
      difference.add(expected, times: -1)
      #expect(difference.sumOfSquares.squareRoot() < 1e-5 * expected.sumOfSquares.squareRoot(), "\(prefix)\(name)")
    }
  }
}
