import Foundation
import Spectra
import Tensors
import Testing
import Training

@Suite("Training plan")
struct TrainingPlanTests {
  private let plan: TrainingPlan = {
    var plan = TrainingPlan()
    (plan.steps, plan.warmupSteps, plan.decayShare, plan.learningRate) = (1000, 100, 0.4, 2e-3)
    return plan
  }()

  @Test("The learning rate rises evenly, stays, and falls along half a cosine")
  func learningRate() {
    for step in 0..<100 { #expect(abs(plan.learningRate(at: step) - 2e-3 * Float(step + 1) / 100) < 1e-9) }
    for step in 99...600 { #expect(plan.learningRate(at: step) == 2e-3) }
    let falling = (600..<1000).map(plan.learningRate)
    #expect(zip(falling, falling.dropFirst()).allSatisfy { $0 > $1 })
    #expect(abs(plan.learningRate(at: 800) - 1e-3) < 1e-8)
    #expect(abs(plan.learningRate(at: 700) - 1e-3 * Float(1 + cos(Double.pi / 4))) < 1e-8)
    #expect(plan.learningRate(at: 999) > 0 && plan.learningRate(at: 999) < 1e-7)
    #expect(plan.learningRate(at: 1000) < 1e-12 && plan.learningRate(at: 5000) < 1e-12)
  }

  @Test("Plans at the edges still have a rate")
  func edges() {
    for (steps, warmup, decay) in [(1, 0, 0.4), (1, 300, 0), (10, 0, 1), (10, 0, 0)] {
      var plan = plan
      (plan.steps, plan.warmupSteps, plan.decayShare) = (steps, warmup, decay)
      for step in 0..<steps {
        let rate = plan.learningRate(at: step)
        #expect(rate.isFinite && rate > 0 && rate <= 2e-3, "\(steps) \(warmup) \(decay) \(step)")
      }
    }
  }

  @Test("Bands in which a semitone is narrower than a bin count more, unless an older plan says nothing of it")
  func bandWeights() {
    var plan = plan
    let weights = plan.bandWeights(.standard)
    // B3 (246.9 Hz) is 14.7 Hz below C4, a bin 14.36 Hz; the lowest bands are bins 1, 2, 3, …
    #expect(weights.count == 192 && weights.firstIndex(of: 1) == 16)
    #expect(weights.prefix(16).allSatisfy { $0 == 3 } && weights.dropFirst(16).allSatisfy { $0 == 1 })
    plan.bassWeight = nil
    #expect(plan.bandWeights(.standard) == [Float](repeating: 1, count: 192))
  }

  @Test("The average forgets the beginning")
  func averageDecay() {
    #expect(plan.averageDecay(at: 0) == 0.1)
    #expect(plan.averageDecay(at: 9) == 10.0 / 19)
    #expect(plan.averageDecay(at: 1_000_000) == plan.averageDecay)
    let decays = (0..<30_000).map(plan.averageDecay(at:))
    #expect(zip(decays, decays.dropFirst()).allSatisfy { $0 <= $1 })
  }

  @Test(
    "Lanes share out every clip of a step once", arguments: [1, 7, 32, 33],
    [[1, 1], [3, 4], [4, 1], [4, 4], [50, 9]])
  func lanes(batchSize: Int, sizes: [Int]) {
    let (microBatchSize, laneCount) = (sizes[0], sizes[1])
    var plan = plan
    (plan.batchSize, plan.microBatchSize, plan.laneCount) = (batchSize, microBatchSize, laneCount)
    let lanes = plan.lanes((0..<batchSize).map { 5 + $0 * 13 % 17 })
    #expect(lanes.flatMap { $0 }.flatMap { $0 }.sorted() == Array(0..<batchSize))
    #expect(lanes.allSatisfy { !$0.isEmpty && $0.allSatisfy { $0.count <= microBatchSize } })
    #expect(lanes.count <= laneCount)
  }

  @Test("Lanes have about as much to do")
  func balance() {
    var plan = plan
    plan.batchSize = 48
    for seed in 0..<20 {
      var random = RandomSource(seed: UInt64(seed))
      // As in training: some clips whole, most of them short.
      let lengths = (0..<48).map { _ in
        random.uniform() < 0.3 ? 40 + random.integer(below: 76) : 5 + random.integer(below: 20)
      }
      let lanes = plan.lanes(lengths)
      let work = lanes.map { $0.joined().reduce(0) { $0 + lengths[$1] } }
      #expect(Double(work.max() ?? 0) < 1.06 * Double(work.reduce(0, +)) / 4, "\(work)")
    }
  }

  @Test("A plan goes through JSON unchanged")
  func codable() throws {
    #expect(try JSONDecoder().decode(TrainingPlan.self, from: JSONEncoder().encode(plan)) == plan)
  }

  @Test("A plan of time follows the clock, up to its limit; one of steps does not")
  func clock() {
    var plan = TrainingPlan()
    plan.followClock(at: 10, seconds: 30, secondsPerStep: 2)
    #expect(plan.steps == TrainingPlan().steps)
    plan.budgetSeconds = 130
    plan.followClock(at: 10, seconds: 30, secondsPerStep: 2)
    #expect(plan.steps == 60)
    plan.stepLimit = 50
    plan.followClock(at: 10, seconds: 30, secondsPerStep: 2)
    #expect(plan.steps == 50)
    plan.followClock(at: 40, seconds: 140, secondsPerStep: 2)
    #expect(plan.steps == 40)
  }
}
