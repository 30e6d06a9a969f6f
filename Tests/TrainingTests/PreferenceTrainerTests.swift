import Denoising
import Foundation
import Spectra
import Synthesis
import Tensors
import Testing
import Text
import Training

@Suite("A model that leans toward what a taste likes")
struct PreferenceTrainerTests {
  private let training: SmallTraining
  private static let bands = SmallTraining.mel.bandCount

  init() throws {
    training = try SmallTraining()
  }

  /// A model that has learned something.
  private func model() throws -> ModelBundle {
    let trainer = training.trainer()
    for _ in 0..<30 { _ = trainer.advance() }
    var configuration = ModelConfiguration()
    (configuration.mel, configuration.denoiser) = (SmallTraining.mel, SmallTraining.sizes)
    configuration.scale = ValueScale(measuring: training.dataset)
    let bundle = ModelBundle(
      directory: training.samples.file("tiny"), configuration: configuration, denoiser: trainer.average)
    try bundle.write()
    return try ModelBundle(reading: bundle.directory)
  }

  /// Loud clips, which are liked, and soft ones.
  private func clips() -> PreferenceClips {
    let made = (0..<12).map { number -> (Rehearsal.Clip, Float) in
      let level: Float = number % 2 == 0 ? 0.4 : -0.4
      let values = RandomSource(seed: UInt64(number)).normals([40, Self.bands]).values.map { level + 0.05 * $0 }
      let clip = Rehearsal.Clip(
        frames: SoundFrames(mel: MelFrames(bandCount: Self.bands, values: values)),
        text: CountingEncoder.embedding(of: "sound"),
        track: nil)
      return (clip, number % 2 == 0 ? 1 : -1)
    }
    return PreferenceClips(made.map(\.0), advantages: made.map(\.1))
  }

  private func trainer(_ model: ModelBundle, threads: Int = 2) -> PreferenceTrainer {
    var plan = PreferencePlan()
    (plan.steps, plan.batchSize, plan.learningRate, plan.rank, plan.precision) = (40, 8, 3e-3, 2, .float32)
    return PreferenceTrainer(
      plan, of: model, clips: clips(), empty: CountingEncoder.embedding(of: ""), threads: threads)
  }

  /// The mean of what a network sees behind noise.
  private func level(_ bundle: ModelBundle) -> Float {
    let sizes = SmallTraining.sizes
    let layout = SequenceLayout([6])
    let text = CaptionBatch([CountingEncoder.embedding(of: "sound")])
    let tape = Tape.inference(precision: .float32)
    let encoded = bundle.denoiser.encode(
      tokens: text.tokens, layout: text.layout, sentences: text.sentences, audio: layout, on: tape)
    let noise = RandomSource(seed: 7).normals([6, sizes.patchWidth])
    let values = bundle.denoiser(tape.constant(noise), times: [0.1], text: encoded, layout: layout).value.values
    return values.reduce(0, +) / Float(values.count)
  }

  @Test("It moves toward what is liked, by a voice that another program of the model can add")
  func leans() throws {
    let model = try model()
    let before = level(model)
    let trainer = trainer(model)
    for _ in 0..<trainer.plan.steps { _ = trainer.advance() }
    #expect(level(model) == before, "the model itself stays")
    #expect(level(trainer.learned) > before + 0.05)
    let voice = training.samples.file("liked")
    try trainer.write(to: voice, picks: 300)
    let read = try ModelBundle(reading: voice)
    #expect(abs(level(read) - level(trainer.learned)) < 0.02)
    #expect(read.source.voices.first?.configuration.preference == PreferenceRecord(picks: 300, clips: 12, steps: 40))
    #expect(try ModelSource(folder: voice).learnedFolders.map(\.path) == [model.directory.path])
  }

  @Test("It is the same on several threads")
  func reproducible() throws {
    let model = try model()
    let levels = [1, 3].map { threads in
      let trainer = trainer(model, threads: threads)
      for _ in 0..<4 { _ = trainer.advance() }
      return level(trainer.learned)
    }
    #expect(levels[0] == levels[1])
  }
}
