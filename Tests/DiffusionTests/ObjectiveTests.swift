import Diffusion
import Tensors
import Testing

@Suite("Training objective")
struct ObjectiveTests {
  let objective = Objective()
  // Lengths around the width of a vector and beyond one stretch of the sum.
  let elementCounts = [1, 15, 16, 0, 17, 5003]
  let times: [Float] = [0, 0.2, 0.5, 0.6, 0.85, 0.97]
  var total: Int { elementCounts.reduce(0, +) }

  @Test("Each sequence lies at its own time on the line from noise to data")
  func noised() {
    let (clean, noise) = (normals(1), normals(2))
    let z = Objective.noised(clean: clean, noise: noise, times: times, elementCounts: elementCounts)
    #expect(z.shape == clean.shape)
    for (index, t) in elementTimes().enumerated() {
      #expect(abs(z[flat: index] - (t * clean[flat: index] + (1 - t) * noise[flat: index])) < 1e-6)
    }
  }

  @Test("The loss is the mean squared error of the velocity, in Double arithmetic element by element")
  func velocityLoss() {
    let (clean, noise, prediction) = (normals(1), normals(2), normals(3))
    let evaluation = objective.evaluate(
      prediction: prediction, clean: clean, times: times, elementCounts: elementCounts)
    var sum = 0.0
    for (index, t) in elementTimes().enumerated() {
      let (t, x, e) = (Double(t), Double(clean[flat: index]), Double(noise[flat: index]))
      let z = t * x + (1 - t) * e
      let divisor = max(1 - t, 0.1)
      let difference = (Double(prediction[flat: index]) - z) / divisor - (x - z) / divisor
      // Where nothing is clamped the target is the path's own velocity.
      if t < 0.9 { #expect(abs((x - z) / divisor - (x - e)) < 1e-9) }
      sum += difference * difference
    }
    #expect(abs(evaluation.loss / (sum / Double(total)) - 1) < 1e-5)
    let weighted = zip(evaluation.sequenceLosses, elementCounts).reduce(0) { $0 + $1.0 * Double($1.1) }
    #expect(abs(weighted / sum - 1) < 1e-5)
    #expect(evaluation.sequenceLosses[3] == 0)
  }

  @Test("The gradient equals finite differences of the loss")
  func gradient() {
    let (clean, prediction) = (normals(1), normals(3))
    func loss(_ prediction: Tensor) -> Double {
      objective.evaluate(prediction: prediction, clean: clean, times: times, elementCounts: elementCounts).loss
    }
    let gradient = objective.evaluate(
      prediction: prediction, clean: clean, times: times, elementCounts: elementCounts
    ).gradient
    #expect(gradient.shape == prediction.shape)
    for index in [0, 1, 9, 15, 16, 31, 32, 48, 49, 2000, 4145, 4146, total - 1] {
      var (up, down) = (prediction, prediction)
      up[flat: index] += 0.5
      down[flat: index] -= 0.5
      // The loss is quadratic, so that central differences are exact for any step.
      let difference = (loss(up) - loss(down)) / Double(up[flat: index] - down[flat: index])
      #expect(abs(difference - Double(gradient[flat: index])) < 2e-3 * abs(difference) + 1e-6, "element \(index)")
    }
  }

  @Test("Parts of a batch add up to the batch")
  func parts() {
    let clean = RandomSource(seed: 1).normals([3, 8])
    let prediction = RandomSource(seed: 2).normals([3, 8])
    let whole = objective.evaluate(
      prediction: prediction, clean: clean, times: [0.1, 0.5, 0.95], elementCounts: [8, 8, 8])
    let parts = zip([0..<8, 8..<24], [[0.1], [0.5, 0.95]] as [[Float]]).map { range, times in
      objective.evaluate(
        prediction: Tensor([range.count], Array(prediction.values[range])),
        clean: Tensor([range.count], Array(clean.values[range])), times: times,
        elementCounts: times.map { _ in 8 }, meanOver: 24)
    }
    #expect(abs(parts.reduce(0) { $0 + $1.loss } - whole.loss) < 1e-12)
    #expect(parts.flatMap(\.gradient.values) == whole.gradient.values)
    #expect(parts.flatMap(\.sequenceLosses) == whole.sequenceLosses)
  }

  @Test("A value that weighs more counts more in loss and gradient, frame after frame")
  func frameWeights() {
    // Frames of 20 values, so that a vector ends within one.
    let weights = (0..<20).map { 1 + Float($0 % 3) }
    let clean = RandomSource(seed: 1).normals([6, 20])
    let prediction = RandomSource(seed: 2).normals([6, 20])
    func evaluate(_ weights: [Float]) -> Objective.Evaluation {
      Objective(frameWeights: weights).evaluate(
        prediction: prediction, clean: clean, times: [0.2, 0.7], elementCounts: [40, 80])
    }
    let (plain, weighted) = (evaluate([]), evaluate(weights))
    var sum = 0.0
    for index in 0..<120 {
      let weight = weights[index % 20]
      #expect(abs(weighted.gradient[flat: index] - weight * plain.gradient[flat: index]) < 1e-6)
      let difference = Double(prediction[flat: index] - clean[flat: index])
      sum += Double(weight * objective.schedule.lossWeight(at: index < 40 ? 0.2 : 0.7)) * difference * difference
    }
    #expect(abs(weighted.loss / (sum / 120) - 1) < 1e-5)
    #expect(evaluate([Float](repeating: 1, count: 20)).gradient.values == plain.gradient.values)
  }

  @Test("A perfect prediction costs nothing")
  func perfect() {
    let clean = normals(1)
    let evaluation = objective.evaluate(prediction: clean, clean: clean, times: times, elementCounts: elementCounts)
    #expect(evaluation.loss == 0)
    #expect(evaluation.gradient.values.allSatisfy { $0 == 0 })
  }

  private func normals(_ seed: UInt64) -> Tensor { RandomSource(seed: seed).normals([total, 1]) }

  private func elementTimes() -> [Float] {
    zip(times, elementCounts).flatMap { [Float](repeating: $0, count: $1) }
  }
}
