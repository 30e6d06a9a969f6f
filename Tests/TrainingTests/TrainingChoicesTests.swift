import Denoising
import Foundation
import Synthesis
import Tensors
import Testing
import Training

@Suite("Options of a training that goes on")
struct TrainingChoicesTests {
  private let training: SmallTraining
  private let output: URL

  init() throws {
    training = try SmallTraining()
    output = training.samples.file("run")
  }

  /// A training of 12 steps of which some are done.
  private func setup(stepsTaken: Int, disappointments: Int = 0) throws -> TrainingSetup {
    let trainer = training.trainer()
    for _ in 0..<stepsTaken { _ = trainer.advance() }
    var configuration = ModelConfiguration()
    (configuration.mel, configuration.denoiser) = (SmallTraining.mel, SmallTraining.sizes)
    configuration.origin = "first"
    try FileManager.default.createDirectory(at: output, withIntermediateDirectories: true)
    try Checkpoint.write(
      trainer,
      surroundings: .init(
        configuration: configuration, dataset: training.dataset.identity(name: "tones"),
        course: .init(bestStep: 1, bestLoss: 1, disappointments: disappointments)),
      to: CheckpointFiles(in: output).last)
    return try #require(try TrainingSetup(resuming: output, dataset: training.dataset))
  }

  @Test("Each that is not followed is named, with what the training was begun with")
  func differences() throws {
    let setup = try setup(stepsTaken: 1)
    #expect(TrainingChoices().differences(from: setup) == [])
    var same = TrainingChoices()
    (same.batchSize, same.learningRate, same.seed, same.width, same.depth, same.headCount) = (7, 4e-3, 0, 32, 2, 1)
    (same.patchLength, same.origin) = (2, "first")
    #expect(same.differences(from: setup) == [])
    var other = TrainingChoices()
    (other.batchSize, other.learningRate, other.seed, other.width, other.depth, other.headCount) = (
      8, 1e-3, 1, 64, 3, 2
    )
    (other.patchLength, other.origin, other.precision, other.noiseAugmentation) = (4, "second", .float32, true)
    #expect(
      other.differences(from: setup).map(\.description) == [
        "--batch-size 8 is not used: this training was begun with --batch-size 7",
        "--learning-rate 0.001 is not used: this training was begun with --learning-rate 0.004",
        "--seed 1 is not used: this training was begun with --seed 0",
        "--patch 4 is not used: this training was begun with --patch 2",
        "--width 64 is not used: this training was begun with --width 32",
        "--depth 3 is not used: this training was begun with --depth 2",
        "--heads 2 is not used: this training was begun with --heads 1",
        "--precision float32 is not used: this training was begun without",
        "--from second is not used: this training was begun with --from first",
        "--noise-augmentation is not used: this training was begun without",
      ])
    var augmented = setup
    augmented.plan.augmentation = Augmentation()
    #expect(
      TrainingChoices().differences(from: augmented).map(\.description)
        == ["goes on with --noise-augmentation, as it was begun"])
  }

  @Test("Fewer steps than are done, minutes before and after the end")
  func extent() throws {
    func set(_ setup: TrainingSetup, _ extent: TrainingSetup.Extent) -> (TrainingSetup.ExtentNote?, Int) {
      var setup = setup
      let note = setup.set(extent, patience: 3, clipCount: 40, secondsPerStep: { 0.5 })
      return (note, setup.plan.steps)
    }
    let begun = try setup(stepsTaken: 6)
    #expect(set(begun, .init(steps: 5)) == (.fewerThanDone(asked: 5, done: 6), 40))
    #expect(set(begun, .init(steps: 6)) == (.finished(steps: 6), 6))
    #expect(set(begun, .init(steps: 7)) == (nil, 7))
    #expect(set(begun, .init()) == (nil, 40))
    #expect(set(begun, .init(minutes: 1)) == (.minutesOfPlan(steps: 40), 40))
    let outOfPatience = try setup(stepsTaken: 6, disappointments: 3)
    #expect(set(outOfPatience, .init(minutes: 1)) == (nil, 126))
    let finished = try setup(stepsTaken: 40)
    #expect(set(finished, .init()) == (.finished(steps: 40), 40))
    #expect(set(finished, .init(minutes: 0.5)) == (nil, 100))
    #expect(set(finished, .init(minutes: 1e-6)) == (nil, 50))
    #expect(set(finished, .init(steps: 39)) == (.fewerThanDone(asked: 39, done: 40), 40))
    let new = TrainingSetup(SmallTraining.plan, denoiser: SmallTraining.sizes, dataset: training.dataset)
    #expect(set(new, .init(minutes: 1)) == (nil, 120) && set(new, .init(steps: 20)) == (nil, 20))
    // Ten times 40 clips are 57 batches of 7; where time is up before, time counts.
    #expect(
      set(new, .init(minutes: 1, passes: 10)) == (nil, 57) && set(new, .init(minutes: 0.2, passes: 10)) == (nil, 24))
  }
}
