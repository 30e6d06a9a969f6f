import Denoising
import Foundation
import Synchronization
import Synthesis
import Tensors
import Testing
import Training

@Suite("Training run")
struct TrainingRunTests {
  private let training: SmallTraining
  private let output: URL
  private let plan: TrainingPlan
  private let files = [
    "checkpoint.previous.safetensors", "checkpoint.safetensors", "config.json", "loss.png", "model.safetensors",
    "training.jsonl",
  ]

  init() throws {
    training = try SmallTraining()
    output = training.samples.file("run")
    var plan = SmallTraining.plan
    plan.steps = 12
    self.plan = plan
  }

  private func run(in output: URL, saveEvery: Double = 300) throws -> TrainingRun {
    var pace = TrainingRun.Pace()
    (pace.logEvery, pace.evaluateEvery, pace.saveEvery) = (2, 4, saveEvery)
    return try training.run(plan, in: output, pace: pace)
  }

  @Test("It leaves a model, a checkpoint, the log and its picture, and nothing else")
  func writes() throws {
    var told: [String] = []
    let run = try run(in: output)
    try run.run(tell: { event in
      switch event {
      case .step(let report, _, let loss, let rate, let left):
        #expect(loss > 0 && rate > 0 && left >= 0)
        told.append("step \(report.step)")
      case .heldOut(let step, let losses):
        #expect(losses.heldOut > 0 && losses.learned > 0)
        told.append("held out \(step)")
      case .keptModel(let step): told.append("kept \(step)")
      case .saved(let step): told.append("saved \(step)")
      case .previewed(let step, _): Issue.record("nobody listens at step \(step)")
      case .couldNotSave(let step, let reason): Issue.record("step \(step): \(reason)")
      case .wentBack(let from, _, _): Issue.record("diverged at step \(from)")
      }
    })
    #expect(told.filter { $0.hasPrefix("step") } == (1...12).map { "step \($0)" })
    #expect(
      told.filter { !$0.hasPrefix("step") && !$0.hasPrefix("kept") }
        == ["held out 4", "held out 8", "held out 12", "saved 12"])
    #expect(told.last { $0.hasPrefix("kept") } == "kept 12")
    #expect(try FileManager.default.contentsOfDirectory(atPath: output.path).sorted() == files)
    #expect(
      try Data(contentsOf: output.appendingPathComponent("loss.png")).prefix(4) == Data([0x89]) + Data("PNG".utf8))

    let bundle = try ModelBundle(reading: output)
    let record = try #require(bundle.configuration.training)
    #expect(record.steps == 12 && record.clipsSeen == 84 && record.dataset == "tones" && record.clipCount == 12)
    // What is left to generate with is the average, in half precision.
    let halves = run.trainer.average.parameters.map { $0.value.values.map { Float(Float16($0)) } }
    #expect(bundle.denoiser.parameters.map(\.value.values) == halves)

    let log = TrainingLog(in: output, upTo: 12)
    #expect(log.entries.map(\.step) == [2, 4, 6, 8, 10, 12])
    #expect(log.entries.map { $0.heldOutLoss != nil } == [false, true, false, true, false, true])
    #expect(record.heldOutLoss == run.trainer.losses()?.heldOut)
    #expect(log.entries.last?.heldOutLoss == record.heldOutLoss)
  }

  @Test("Stopped and started again, it ends where one ends that went through", arguments: [4, 7])
  func resumes(stop: Int) throws {
    let first = try run(in: output)
    try first.run(shouldStop: { first.trainer.step >= stop })
    #expect(first.trainer.step == stop)
    let second = try run(in: output)
    #expect(second.trainer.step == stop)
    try second.run()
    let whole = try run(in: training.samples.file("whole"))
    try whole.run()
    #expect(try training.state(of: second.trainer) == training.state(of: whole.trainer))
    func model(_ folder: URL) throws -> Data {
      try Data(contentsOf: folder.appendingPathComponent("model.safetensors"))
    }
    #expect(try model(output) == model(training.samples.file("whole")))
    #expect(TrainingLog(in: output, upTo: 12).entries.map(\.step) == [2, 4, 6, 8, 10, 12])
    // At its end it stays there.
    let third = try run(in: output)
    try third.run(tell: { if case .step = $0 { Issue.record("a step beyond the plan") } })
  }

  @Test("Lines of the log beyond the checkpoint are written anew")
  func logIsCut() throws {
    let first = try run(in: output)
    try first.run(shouldStop: { first.trainer.step >= 6 })
    let url = output.appendingPathComponent("training.jsonl")
    let text = try String(contentsOf: url, encoding: .utf8)
    let last = try #require(text.split(separator: "\n").last)
    let later = last.replacingOccurrences(of: "\"step\":6", with: "\"step\":10")
    try (text + later + "\nhalf a line").write(to: url, atomically: true, encoding: .utf8)
    try run(in: output).run()
    let steps = TrainingLog(in: output, upTo: 100).entries.map(\.step)
    #expect(steps == [2, 4, 6, 8, 10, 12])
  }

  @Test("A checkpoint that cannot be resumed stops the run, and is left as it is")
  func brokenCheckpoint() throws {
    let garbage = Data("garbage".utf8)
    try training.samples.write(garbage, to: "run/checkpoint.safetensors")
    #expect(throws: CheckpointError.self) { try run(in: output) }
    #expect(try Data(contentsOf: output.appendingPathComponent("checkpoint.safetensors")) == garbage)
  }

  /// Every file appears under its name by a rename of a whole one, so a kill at any moment leaves what a reader sees at
  /// that moment: this one reads all the time.
  @Test("Whoever reads while it saves finds whole files")
  func readersSeeWholeFiles() throws {
    let run = try run(in: output, saveEvery: 0)
    try run.run(shouldStop: { run.trainer.step >= 2 })
    let failures = Mutex<[String]>([])
    let isDone = Atomic(false)
    let (hasRead, hasEnded) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    let output = output
    Thread.detachNewThread {
      while !isDone.load(ordering: .relaxed) {
        do {
          _ = try ModelBundle(reading: output)
          _ = try Checkpoint.state(of: CheckpointFiles(in: output).last)
          let lines = try String(contentsOf: output.appendingPathComponent("training.jsonl"), encoding: .utf8)
          if !lines.hasSuffix("}\n") { failures.withLock { $0.append(lines) } }
        } catch {
          failures.withLock { $0.append("\(error)") }
        }
        hasRead.signal()
      }
      hasEnded.signal()
    }
    hasRead.wait()
    try run.run()
    isDone.store(true, ordering: .relaxed)
    hasEnded.wait()
    #expect(failures.withLock { $0 } == [])
    #expect(try FileManager.default.contentsOfDirectory(atPath: output.path).sorted() == files)
  }
}
