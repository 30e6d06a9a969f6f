import Foundation
import Synthesis
import Testing
import Training

@Suite("Trainings that diverge")
struct DivergenceTests {
  private let training: SmallTraining
  private let output: URL

  init() throws {
    training = try SmallTraining()
    output = training.samples.file("run")
  }

  private func run(learningRate: Float, steps: Int = 60) throws -> TrainingRun {
    var plan = SmallTraining.plan
    (plan.steps, plan.learningRate) = (steps, learningRate)
    var pace = TrainingRun.Pace()
    (pace.logEvery, pace.evaluateEvery, pace.retryEvery, pace.lastRetries) = (5, 20, 0, 2)
    return try training.run(plan, in: output, pace: pace)
  }

  @Test("A rate that is far too high is noticed soon, and the training goes on at a lower one to a model")
  func goesBack() throws {
    let run = try run(learningRate: 1, steps: 120)
    var returns: [(from: Int, rate: Float)] = []
    try run.run(tell: { if case .wentBack(let from, _, let rate) = $0 { returns.append((from, rate)) } })
    let first = try #require(returns.first)
    #expect(first.from <= 100 && abs(first.rate - 0.3) < 1e-6)
    #expect(run.trainer.step == 120 && run.keepsModel)
    let record = try #require(try ModelBundle.configuration(in: output).training)
    let beginning = try #require(training.trainer().losses()?.heldOut)
    #expect(try #require(record.heldOutLoss) < beginning)
    // What goes on later goes on at the lower rate.
    let rate = try Checkpoint.state(of: CheckpointFiles(in: output).last).plan.learningRate
    #expect(rate == returns.last?.rate)
  }

  @Test("What is worse than the beginning becomes no model")
  func learnsNothing() throws {
    // A rate that moves no weight, and a beginning that was better by half.
    let first = try run(learningRate: 1e-12, steps: 20)
    let loss = try #require(first.trainer.losses()?.heldOut)
    try Checkpoint.write(
      first.trainer,
      surroundings: .init(
        configuration: training.configuration, dataset: training.dataset.identity(name: "tones"),
        course: .init(beginningLoss: loss / 1.5)),
      to: CheckpointFiles(in: output).last)
    let second = try run(learningRate: 1e-12, steps: 20)
    let error = #expect(throws: TrainingRunError.self) { try second.run() }
    #expect(error?.description.contains("no model was written") == true)
    #expect(!FileManager.default.fileExists(atPath: output.appendingPathComponent("model.safetensors").path))
  }
}
