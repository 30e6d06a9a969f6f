import Diffusion
import Foundation
import Tensors
import Testing

@Suite("Noise schedule")
struct NoiseScheduleTests {
  let schedule = NoiseSchedule.standard

  @Test("Times rise from exactly 0 to exactly 1, evenly without a shift")
  func evenTimes() {
    #expect(schedule.times(stepCount: 4) == [0, 0.25, 0.5, 0.75, 1])
    for stepCount in [1, 3, 8, 77] {
      for shift in [0.3, 1, 2, 5] as [Float] {
        for start in [0, 0.1, 0.63] as [Float] {
          let times = schedule.times(stepCount: stepCount, start: start, shift: shift)
          #expect(times.count == stepCount + 1)
          #expect(times.first == start && times.last == 1)
          #expect(zip(times, times.dropFirst()).allSatisfy { $0 < $1 })
        }
      }
    }
  }

  @Test("A shift warps the noise level as Esser et al. 2024, equation 23")
  func shiftedTimes() {
    let shifted = schedule.times(stepCount: 10, shift: 3)
    for (step, t) in shifted.enumerated() {
      let sigma = 1 - Double(step) / 10
      #expect(abs(Double(t) - (1 - 3 * sigma / (1 + 2 * sigma))) < 1e-6)
    }
    // A later start lies on the same warped line.
    let late = schedule.times(stepCount: 5, start: shifted[5], shift: 3)
    for (t, expected) in zip(late, shifted[5...]) { #expect(abs(t - expected) < 1e-6) }
  }

  @Test("Training times are logit-normal, and depend on their place only")
  func trainingTimes() {
    let source = RandomSource(seed: 12)
    let times = schedule.trainingTimes(count: 200_000, from: source)
    #expect(times.allSatisfy { $0 > 0 && $0 < 1 })
    let logits = times.map { log(Double($0) / (1 - Double($0))) }
    let mean = logits.reduce(0, +) / 200_000
    let variance = logits.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 200_000
    #expect(abs(mean + 0.6) < 5 * 0.9 / 200_000.0.squareRoot())
    #expect(abs(variance / 0.81 - 1) < 5 * (2.0 / 200_000).squareRoot())
    // Φ(0.6 / 0.9) of the times lie below one half.
    let below = Double(times.count { $0 < 0.5 }) / 200_000
    #expect(abs(below - 0.5 * erfc(-0.6 / 0.9 / 2.0.squareRoot())) < 5 * 0.5 / 200_000.0.squareRoot())
    #expect(schedule.trainingTimes(count: 5, from: source) == Array(times.prefix(5)))
  }

  @Test("The loss weight is 1/(1 − t)² up to where the noise is least")
  func lossWeight() {
    #expect(schedule.lossWeight(at: 0) == 1)
    #expect(schedule.lossWeight(at: 0.5) == 4)
    #expect(abs(schedule.lossWeight(at: 0.9) - 100) < 1e-3)
    #expect(schedule.lossWeight(at: 0.99) == schedule.lossWeight(at: 1))
    #expect(abs(schedule.lossWeight(at: 1) - 100) < 1e-4)
    #expect(schedule.velocityDivisor(at: 0.75) == 0.25)
  }

  @Test("A schedule survives JSON")
  func coding() throws {
    let custom = NoiseSchedule(logitMean: 0.2, logitDeviation: 1.5, minimumNoise: 0.05)
    let json = try JSONEncoder().encode(custom)
    #expect(try JSONDecoder().decode(NoiseSchedule.self, from: json) == custom)
  }
}
