import Denoising
import Diffusion
import Foundation
import Synthesis
import Tensors
import Testing
import Training

@Suite("Trainer")
struct TrainerTests {
  private let training: SmallTraining

  init() throws { training = try SmallTraining() }

  @Test("Learning a dozen tones for 60 steps leaves less than half of the loss, heard and unheard")
  func learns() throws {
    var plan = SmallTraining.plan
    plan.steps = 60
    let trainer = training.trainer(plan)
    let unheard = try #require(trainer.losses()?.heldOut)
    let losses = (0..<plan.steps).map { _ in trainer.advance().loss }
    let (first, last) = (losses.prefix(3).reduce(0, +) / 3, losses.suffix(10).reduce(0, +) / 10)
    #expect(last < first / 2, "\(first) became \(last)")
    let after = try #require(trainer.losses()?.heldOut)
    #expect(after < unheard / 2, "\(unheard) became \(after)")
  }

  @Test("In bytes it learns as in float32", .enabled(if: Precision.lowest == .int8))
  func bytes() throws {
    let losses = [Precision.float32, .int8].map { precision in
      var plan = SmallTraining.plan
      (plan.steps, plan.precision) = (60, precision)
      let trainer = training.trainer(plan)
      return (0..<plan.steps).map { _ in trainer.advance().loss }
    }
    // The same clips and the same noise: as long as the weights are near each other, so are the losses, but not the same.
    #expect(losses[0] != losses[1])
    for (exact, coarse) in zip(losses[0], losses[1]) { #expect(abs(coarse - exact) < 0.1 * exact) }
    let ends = losses.map { $0.suffix(10).reduce(0, +) }
    #expect(abs(ends[1] / ends[0] - 1) < 0.03, "\(ends)")
  }

  @Test("The first loss is that of a network that predicts zero: the mean of (x / d)²")
  func firstLoss() throws {
    // At t = 0.35, the median, 1/d² is 2.4, and x has a deviation of 0.6 about its mean: 0.9, give or take the draw.
    var plan = SmallTraining.plan
    plan.schedule = .standard
    let report = training.trainer(plan).advance()
    #expect(report.step == 1)
    #expect((0.4...2.5).contains(report.loss), "\(report.loss)")
    #expect(report.gradientNorm.isFinite && report.gradientNorm > 0)
    #expect(report.learningRate == SmallTraining.plan.learningRate / 5)
  }

  @Test("Any number of threads gives the same bytes")
  func threads() throws {
    let runs = try [1, 2, 3].map { threads in
      let trainer = training.trainer(threads: threads)
      let reports = (0..<6).map { _ in trainer.advance() }
      return (reports: reports, heldOut: trainer.losses()?.heldOut, state: try training.state(of: trainer))
    }
    for run in runs.dropFirst() {
      #expect(run.reports == runs[0].reports)
      #expect(run.heldOut == runs[0].heldOut)
      #expect(run.state == runs[0].state)
    }
    #expect(runs[0].heldOut != nil)
  }

  @Test("The seed decides the beginning and the course")
  func seeds() throws {
    var plan = SmallTraining.plan
    plan.seed = 1
    let (one, other) = (training.trainer(), training.trainer(plan))
    #expect(try training.state(of: one) != training.state(of: other))
    #expect(one.advance() != other.advance())
  }

  @Test("A training that was stopped and resumed ends as one that went through", arguments: [1, 5])
  func resumes(stop: Int) throws {
    let through = training.trainer()
    for _ in 0..<8 { _ = through.advance() }
    let url = training.samples.file("checkpoint.safetensors")
    let stopped = training.trainer()
    for _ in 0..<stop { _ = stopped.advance() }
    try Checkpoint.write(stopped, to: url)
    let resumed = training.trainer(threads: 1)
    try Checkpoint.restore(resumed, from: url)
    #expect(resumed.step == stop && resumed.seconds == stopped.seconds)
    #expect(try training.state(of: resumed) == training.state(of: stopped))
    for _ in stop..<8 { _ = resumed.advance() }
    #expect(try training.state(of: resumed) == training.state(of: through))
    #expect(resumed.losses()?.heldOut == through.losses()?.heldOut)
  }

  @Test("The held-out loss is the same whenever it is measured, and there is none when nothing was held out")
  func heldOut() throws {
    let trainer = training.trainer()
    let first = try #require(trainer.losses()?.heldOut)
    #expect(trainer.losses()?.heldOut == first)
    _ = trainer.advance()
    #expect(trainer.losses()?.heldOut != first)
    #expect(try SmallTraining(clipCount: 3).trainer().losses()?.heldOut == nil)
  }

  @Test("The average follows the weights")
  func average() {
    let trainer = training.trainer()
    _ = trainer.advance()
    // The decay of the first step is 1/10.
    let pairs = zip(trainer.network.parameters, trainer.average.parameters)
    let twin = training.trainer().network.parameters
    for ((weights, average), start) in zip(pairs, twin) {
      for index in 0..<weights.value.count {
        let (w, s) = (weights.value[flat: index], start.value[flat: index])
        #expect(abs(average.value[flat: index] - (s + 0.9 * (w - s))) <= 1e-6 * max(1, abs(w)))
      }
    }
  }
}
