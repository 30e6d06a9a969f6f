import Synthesis
import Testing
import Training

@Suite("Watching for overfitting")
struct OverfittingWatchTests {
  @Test("The best is kept, and patience counts measurements since")
  func patience() {
    var watch = OverfittingWatch(patience: 2)
    var seen: [Bool] = []
    for (step, loss) in [(1, 0.5), (3, 0.4), (4, 0.41)] { seen.append(watch.sees(loss, at: step)) }
    #expect(seen == [true, true, false] && !watch.isOutOfPatience)
    seen.append(watch.sees(0.4, at: 5))
    #expect(seen.last == false && watch.best?.step == 3 && watch.isOutOfPatience)
    seen.append(watch.sees(0.3, at: 6))
    #expect(seen.last == true && !watch.isOutOfPatience)
    for step in 7..<20 { watch.sees(0.5, at: step, triesPatience: false) }
    #expect(!watch.isOutOfPatience)
  }

  @Test("What cannot be measured is no best, and without patience nothing stops")
  func never() {
    var watch = OverfittingWatch(patience: nil)
    watch.sees(0.2, at: 1)
    for step in 2..<50 { watch.sees(step % 2 == 0 ? .nan : 0.3, at: step) }
    #expect(watch.best?.step == 1 && !watch.isOutOfPatience)
    watch = OverfittingWatch(patience: 1)
    watch.sees(.nan, at: 1)
    #expect(watch.best == nil && watch.isOutOfPatience)
    watch.sees(0.4, at: 2)
    #expect(watch.best?.step == 2 && !watch.isOutOfPatience)
  }

  @Test("A training that only gets worse stops, and leaves the model that was best")
  func stops() throws {
    let training = try SmallTraining()
    var plan = SmallTraining.plan
    // So high a rate that the first measurements are the best.
    (plan.steps, plan.learningRate, plan.warmupSteps, plan.decayShare) = (400, 0.5, 4, 1)
    let output = training.samples.file("run")
    var configuration = ModelConfiguration()
    (configuration.mel, configuration.denoiser) = (SmallTraining.mel, SmallTraining.sizes)
    configuration.scale = ValueScale(measuring: training.dataset)
    var pace = TrainingRun.Pace()
    (pace.logEvery, pace.evaluateEvery, pace.patience) = (2, 2, 3)
    let run = try TrainingRun(
      training.trainer(plan), configuration: configuration, datasetName: "tones", output: output, pace: pace)
    let ending = try run.run()
    let log = TrainingLog(in: output, upTo: 400).entries.compactMap { entry in
      entry.heldOutLoss.map { (entry.step, $0) }
    }
    let best = try #require(log.min { $0.1 < $1.1 })
    #expect(ending == .outOfPatience(best: best.0))
    #expect(run.trainer.step == best.0 + 6)
    let record = try #require(try ModelBundle(reading: output).configuration.training)
    #expect(record.steps == best.0 && record.heldOutLoss == best.1 && record.learnedLoss != nil)
  }
}
