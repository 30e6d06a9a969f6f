import Denoising
import Diffusion
import Foundation
import Spectra
import Synthesis
import Tensors
import Testing
import Text
import Training

@Suite("A model that learns to make clips in few steps")
struct LeapTrainerTests {
  private let training: SmallTraining

  init() throws {
    training = try SmallTraining()
  }

  /// A model that has learned something.
  private func model() throws -> ModelBundle {
    let trainer = training.trainer()
    for _ in 0..<40 { _ = trainer.advance() }
    let bundle = ModelBundle(
      directory: training.samples.file("tiny"), configuration: training.configuration, denoiser: trainer.average)
    try bundle.write()
    return try ModelBundle(reading: bundle.directory)
  }

  private func synthesizer(_ model: ModelBundle) -> Synthesizer {
    Synthesizer(model: model, precision: .float32, threads: 1) { CountingEncoder.embedding(of: $0) }
  }

  private func walk(_ seed: Int, steps: Int, by synthesizer: Synthesizer) throws -> Walk {
    var request = GenerationRequest(
      prompt: "a tone at \(200 + 100 * (seed % 5)) hertz", duration: 0.3, steps: steps, seed: UInt64(seed))
    request.timeShift = Leap.taughtShift
    return try synthesizer.walk(synthesizer.plan(request))
  }

  private func walks(_ model: ModelBundle) throws -> LeapWalks {
    let synthesizer = synthesizer(model)
    func walk(_ seed: Int, steps: Int) throws -> Walk { try self.walk(seed, steps: steps, by: synthesizer) }
    let heldOut = try (100..<104).map { seed in
      LeapWalks.HeldOut(
        try walk(seed, steps: 8).keeping(Leap.places), plainEnd: try #require(walk(seed, steps: 2).states.last))
    }
    return LeapWalks(training: try (0..<24).map { try walk($0, steps: 8).keeping(Leap.places) }, heldOut: heldOut)
  }

  private func trainer(_ model: ModelBundle, threads: Int = 2) throws -> LeapTrainer {
    var plan = LeapPlan()
    (plan.steps, plan.batchSize, plan.learningRate, plan.rank, plan.precision) = (150, 8, 4e-3, 4, .float32)
    return LeapTrainer(plan, of: model, walks: try walks(model), threads: threads)
  }

  @Test("A way begins with the noise of the seed and ends with the clip, and passes all times")
  func ways() throws {
    let walk = try walk(3, steps: 8, by: synthesizer(model()))
    #expect(walk.states.count == Leap.taughtSteps + 1 && walk.guidance == 2.5)
    #expect(walk.states[0].values == RandomSource(seed: 3).split(0).normals(walk.states[0].shape).values)
  }

  @Test("Two leaps come nearer to where eight steps end than two steps do, and another program reads them")
  func learns() throws {
    let model = try model()
    let before = try model.denoiser.parameters.map(\.value.values)
    let trainer = try trainer(model)
    for _ in 0..<trainer.plan.steps { _ = trainer.advance() }
    let (leaping, plain) = trainer.distances()
    #expect(leaping < 0.8 * plain, "\(leaping) after \(plain)")
    #expect(model.denoiser.parameters.map(\.value.values) == before, "the model itself stays")
    try trainer.write(learnedFrom: ModelBundle.weightsHash(of: model.directory))
    let read = try ModelBundle(reading: model.directory)
    let request = GenerationRequest(prompt: "a tone at 400 hertz", duration: 0.3, steps: 2, seed: 9)
    let frames = try [trainer.learned, read, model].map { bundle in
      let synthesizer = synthesizer(bundle)
      return try synthesizer.frames(synthesizer.plan(request)).values
    }
    func distance(_ other: [Float]) -> Float { zip(frames[0], other).map { abs($0 - $1) }.max() ?? 0 }
    #expect(distance(frames[1]) < 0.05 && distance(frames[2]) > distance(frames[1]))
    // Weights that are written anew would be leapt from with what belongs to others.
    try ModelBundle(directory: model.directory, configuration: model.configuration, denoiser: model.denoiser).write()
    #expect(try ModelBundle(reading: model.directory).leaps == nil)
  }

  @Test("It is the same on several threads")
  func reproducible() throws {
    let model = try model()
    let distances = try [1, 3].map { threads in
      let trainer = try trainer(model, threads: threads)
      for _ in 0..<4 { _ = trainer.advance() }
      return trainer.distances().leaping
    }
    #expect(distances[0] == distances[1])
  }
}
