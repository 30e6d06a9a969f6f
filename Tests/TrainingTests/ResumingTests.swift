import Denoising
import Foundation
import Spectra
import Synthesis
import Tensors
import Testing
import Training

/// What happens to a training between its runs: to its files, its samples, its disk.
@Suite("Going on with a training")
struct ResumingTests {
  let training: SmallTraining
  let output: URL

  init() throws {
    training = try SmallTraining()
    output = training.samples.file("run")
  }

  func file(_ name: String) -> URL { output.appendingPathComponent(name) }

  func run(
    _ training: SmallTraining? = nil, steps: Int = 12, learningRate: Float = 4e-3,
    _ change: (inout TrainingRun.Pace) -> Void = { _ in }
  ) throws -> TrainingRun {
    let training = training ?? self.training
    var plan = SmallTraining.plan
    (plan.steps, plan.learningRate) = (steps, learningRate)
    var pace = TrainingRun.Pace()
    (pace.logEvery, pace.evaluateEvery, pace.retryEvery, pace.lastRetries) = (2, 4, 0, 2)
    change(&pace)
    return try training.run(plan, in: output, pace: pace)
  }

  func model() throws -> Data { try Data(contentsOf: file("model.safetensors")) }
  private func record() throws -> TrainingRecord {
    try #require(try ModelBundle.configuration(in: output).training)
  }

  @Test("There is a checkpoint before there is a model, and it needs no other file")
  func firstCheckpoint() throws {
    _ = try run()
    #expect(try FileManager.default.contentsOfDirectory(atPath: output.path) == ["checkpoint.safetensors"])
    let setup = try #require(try TrainingSetup(resuming: output, dataset: training.dataset))
    #expect(setup.isResumed && setup.stepsTaken == 0 && !setup.wantsAlignment)
    #expect(setup.configuration.denoiser == SmallTraining.sizes && setup.configuration.mel == SmallTraining.mel)
  }

  @Test("A damaged checkpoint: the one before is gone on with, to the same end", arguments: [false, true])
  func damagedCheckpoint(isMissing: Bool) throws {
    let first = try run { $0.saveEvery = 0 }
    try first.run(shouldStop: { first.trainer.step >= 6 })
    let last = file("checkpoint.safetensors")
    if isMissing {
      try FileManager.default.removeItem(at: last)
    } else {
      try Data(contentsOf: last).prefix(5000).write(to: last)
    }
    #expect(try Checkpoint.state(of: file("checkpoint.previous.safetensors")).step == 6)
    let second = try run()
    #expect(second.trainer.step == 6)
    if isMissing {
      #expect(second.notes == [])
    } else {
      #expect(second.notes.count == 1)
      guard case .olderCheckpoint(6, let reason) = second.notes.first else {
        Issue.record("\(second.notes)")
        return
      }
      #expect(reason.hasPrefix(last.path))
    }
    try second.run()
    // The damaged one did not take the place of the one that was used.
    let previous = try Checkpoint.state(of: file("checkpoint.previous.safetensors"))
    #expect(previous.step == 6)
    let made = try model()
    try FileManager.default.removeItem(at: output)
    try run().run()
    #expect(try model() == made)
  }

  @Test("The best loss outlives the log, and the checkpoint's memory of it", arguments: [false, true])
  func bestLoss(isOldCheckpoint: Bool) throws {
    let first = try run()
    try first.run(shouldStop: { first.trainer.step >= 8 })
    try FileManager.default.removeItem(at: file("training.jsonl"))
    // A model better than any that is to come.
    var bundle = try ModelBundle(reading: output)
    var configuration = bundle.configuration
    configuration.training?.heldOutLoss = 1e-6
    bundle = ModelBundle(directory: output, configuration: configuration, denoiser: bundle.denoiser)
    try bundle.write()
    if isOldCheckpoint { try makeCheckpointOld() }
    let before = try model()
    let second = try run()
    #expect(second.notes == [])
    try second.run()
    #expect(second.trainer.step == 12)
    #expect(try model() == before && record().heldOutLoss == 1e-6)
  }

  /// As versions wrote it that knew nothing of data sets.
  private func makeCheckpointOld() throws {
    let url = file("checkpoint.safetensors")
    let (tensors, metadata) = try Safetensors.read(url)
    let text = try #require(metadata["training"])
    var state = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(state.removeValue(forKey: "surroundings") != nil)
    let old = String(decoding: try JSONSerialization.data(withJSONObject: state), as: UTF8.self)
    try Safetensors.write(
      tensors.sorted { $0.key < $1.key }.map { (name: $0.key, tensor: $0.value) }, metadata: ["training": old], to: url)
    #expect(try Checkpoint.state(of: url).surroundings == nil)
  }

  @Test("A folder that has changed: it is said, and the best model is measured on what is held out now")
  func changedFolder() throws {
    let first = try run()
    try first.run(shouldStop: { first.trainer.step >= 8 })
    // A loss that no model of the new folder reaches.
    let bundle = try ModelBundle(reading: output)
    var configuration = bundle.configuration
    configuration.training?.heldOutLoss = 1e-6
    try ModelBundle(directory: output, configuration: configuration, denoiser: bundle.denoiser).write()
    let old = try model()

    let more = try SmallTraining(clipCount: 20)
    let second = try run(more, steps: 40)
    #expect(second.trainer.step == 8)
    guard second.notes.count == 2, case .otherDataset(let before?, let now) = second.notes[0],
      case .measuredAnew(let step, let loss) = second.notes[1]
    else {
      Issue.record("\(second.notes)")
      return
    }
    #expect(before.clipCount == 12 && now.clipCount == 20 && before.hash != now.hash)
    #expect(step == (try record()).steps && loss > 1e-3)
    #expect(!second.keepsModelOfItsDataset)
    try second.run()
    #expect(try model() != old)
    #expect(second.keepsModelOfItsDataset)
    #expect(try record().datasetHash == now.hash && record().clipCount == 20)
    // The same folder again is no change.
    #expect(try run(more, steps: 40).notes == [])
  }

  @Test("The same samples in another place, written again, are the same")
  func movedFolder() throws {
    try run().run()
    #expect(try run(try SmallTraining()).notes == [])
    #expect(!(try run(try SmallTraining(wordings: ["# hertz"])).notes.isEmpty))
  }

  @Test("Weights that are no numbers any more: the training goes on from the last checkpoint")
  func diverges() throws {
    let first = try run()
    try first.run(shouldStop: { first.trainer.step >= 4 })
    let before = try model()
    for parameter in first.trainer.network.parameters {
      parameter.value = Tensor(parameter.value.shape, repeating: .nan)
    }
    var returned: [Int] = []
    try first.run(tell: { if case .wentBack(_, let step, _) = $0 { returned.append(step) } })
    #expect(returned == [4] && first.trainer.step == 12)
    #expect(try model() != before)
    #expect(try Checkpoint.state(of: file("checkpoint.safetensors")).step == 12)
  }
}
