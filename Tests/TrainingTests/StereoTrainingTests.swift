import Audio
import Denoising
import Foundation
import Spectra
import Synthesis
import Tensors
import Testing
import Text
import Training

/// A training on frames of both channels with attacks, from a folder to clips.
@Suite("Training on stereo frames")
struct StereoTrainingTests {
  private let samples: SampleFolder
  private let dataset: Dataset

  private static let parts = FrameParts(stereoBandCount: 3, hasAttacks: true)
  private static let mel = MelConfiguration(
    sampleRate: 8000, fftLength: 1152, hopLength: 384, bandCount: 12, maximumHertz: 4000)

  /// Tones on the left and on the right, and in the middle as a file of one channel.
  init() throws {
    samples = try SampleFolder()
    for clip in 0..<12 {
      let hertz = 200 * pow(1.15, Double(clip))
      let tone = (0..<6000).map { Float(0.4 * sin(2 * .pi * hertz * Double($0) / 8000)) }
      let silence = [Float](repeating: 0, count: 6000)
      let place = clip % 3
      let sound = AudioClip(
        channels: [[tone, silence], [silence, tone], [tone]][place], sampleRate: 8000)
      try AudioFile.write(sound, to: samples.file("tone-\(clip).wav"))
      try samples.write(["a tone on the left", "a tone on the right", "a tone"][place], to: "tone-\(clip).txt")
    }
    dataset = try Self.prepared(samples, parts: Self.parts)
  }

  private static func prepared(_ samples: SampleFolder, parts: FrameParts) throws -> Dataset {
    try Dataset.prepare(
      directory: samples.url, cache: samples.file("cache"), mel: mel, parts: parts, heldOutFraction: 0.2,
      encode: { CountingEncoder.embedding(of: $0) })
  }

  private func setup(_ change: (inout TrainingPlan) -> Void = { _ in }) -> TrainingSetup {
    var plan = SmallTraining.plan
    plan.steps = 6
    change(&plan)
    return TrainingSetup(plan, denoiser: SmallTraining.sizes, dataset: dataset)
  }

  private func trainer(_ setup: TrainingSetup, threads: Int = 2) -> Trainer {
    setup.makeTrainer(dataset: dataset, empty: CountingEncoder.embedding(of: ""), threads: threads)
  }

  @Test("Frames are those of both channels; a file of one channel lies in the middle")
  func frames() throws {
    #expect(dataset.layout.valueCount == 22 && dataset.warnings.isEmpty)
    for clip in dataset.clips.indices {
      let frames = dataset.soundFrames(clip)
      let audio = try AudioFile.read(dataset.clips[clip].audio)
      let expected = SoundAnalysis(Self.mel, parts: Self.parts).analyze(audio.channels)
      #expect(frames.values == expected.values.map { Float(Float16($0)) })
      let (place, stereo) = (dataset.clips[clip].caption, try #require(frames.stereo))
      let loudest = try #require(stereo.differences[12...].max { abs($0) < abs($1) })
      switch place {
      case "a tone on the left": #expect(loudest > 20)
      case "a tone on the right": #expect(loudest < -20)
      default: #expect(stereo == StereoFrames(monoFrameCount: frames.frameCount, bandCount: 3))
      }
    }
    var beyond = [Float](repeating: .nan, count: 22)
    dataset.copyFrames(0, from: dataset.frameCount(0) + 1, count: 1, into: &beyond)
    #expect(beyond == dataset.layout.silence)
  }

  @Test("Frames of either kind are kept beside each other, and tell data sets apart")
  func cache() throws {
    let mono = try Self.prepared(samples, parts: .mel)
    #expect(mono.identity(name: "x") != dataset.identity(name: "x"))
    #expect(mono.layout.valueCount == 12)
    for clip in mono.clips.indices {
      let (one, two) = (mono.soundFrames(clip).mel.values, dataset.soundFrames(clip).mel.values)
      #expect(zip(one, two).allSatisfy { abs($0 - $1) < 2e-3 })
    }
    let calls = CountingEncoder()
    let again = try Dataset.prepare(
      directory: samples.url, cache: samples.file("cache"), mel: Self.mel, parts: Self.parts, heldOutFraction: 0.2,
      progress: { _, _ in Issue.record("something was made again") }, encode: { calls.encode($0) })
    #expect(again.identity(name: "x") == dataset.identity(name: "x"))
    #expect(ValueScale(measuring: mono).mean == ValueScale(measuring: dataset).mean)
  }

  @Test("Low bands alone count more in the loss")
  func weights() {
    let plan = TrainingPlan()
    let weights = plan.frameWeights(.standard, FrameLayout(.standard, parts: .stereo))
    #expect(weights.count == 220 && Array(weights[..<192]) == plan.bandWeights(.standard))
    #expect(weights[192...].allSatisfy { $0 == 1 })
  }

  @Test("A network learns them, goes on from its checkpoint, and makes clips of two channels")
  func training() throws {
    var setup = setup { $0.augmentation = Augmentation() }
    #expect(setup.configuration.frame == Self.parts && setup.configuration.denoiser.frameWidth == 22)
    setup.plan.augmentation?.mixing = 1
    let (first, second) = (trainer(setup), trainer(setup, threads: 1))
    first.alignCaptions()
    second.alignCaptions()
    let losses = (0..<6).map { _ in first.advance().loss }
    #expect(losses == (0..<6).map { _ in second.advance().loss } && losses.allSatisfy(\.isFinite))
    #expect(losses[3...].reduce(0, +) < losses[..<3].reduce(0, +))
    #expect(try #require(first.losses()).heldOut.isFinite)

    let output = samples.file("model")
    let run = try TrainingRun(
      first, configuration: setup.configuration, datasetName: "tones", output: output)
    #expect(run.trainer.step == 6)
    #expect(try TrainingSetup.parts(resuming: output) == Self.parts)
    #expect(try TrainingSetup.parts(resuming: samples.file("nothing")) == nil)
    let resumed = try #require(try TrainingSetup(resuming: output, dataset: dataset))
    #expect(resumed.configuration.layout == dataset.layout)
    let mono = try Self.prepared(samples, parts: .mel)
    #expect(throws: CheckpointError.self) { try TrainingSetup(resuming: output, dataset: mono) }

    let bundle = ModelBundle(
      directory: samples.file("bundle"), configuration: setup.configuration, denoiser: first.average)
    try bundle.write()
    let model = try ModelBundle(reading: samples.file("bundle"))
    #expect(throws: TrainingSetupError.self) { try TrainingSetup(SmallTraining.plan, from: model, dataset: mono) }
    let synthesizer = Synthesizer(model: model, threads: 1) { CountingEncoder.embedding(of: $0) }
    let request = GenerationRequest(prompt: "a tone on the left", duration: 1, steps: 2, vocoderIterations: 2)
    let clip = try synthesizer.generate([request])[0]
    #expect(clip.channelCount == 2 && clip.frameCount == 8000 && clip.channels[0] != clip.channels[1])
  }

  @Test("It may begin with a model of one channel: that says the same of the mid, and learns the rest")
  func widened() throws {
    let mono = try Self.prepared(samples, parts: .mel)
    let first = TrainingSetup(SmallTraining.plan, denoiser: SmallTraining.sizes, dataset: mono)
    let teacher = first.makeTrainer(dataset: mono, empty: CountingEncoder.embedding(of: ""), threads: 2)
    for _ in 0..<10 { _ = teacher.advance() }
    var old = first.configuration
    old.denoiser = teacher.average.configuration
    let origin = ModelBundle(directory: samples.file("mono"), configuration: old, denoiser: teacher.average)
    var plan = SmallTraining.plan
    plan.rehearsal = nil
    let setup = try TrainingSetup(plan, from: origin, dataset: dataset)
    #expect(setup.widensOrigin && setup.configuration.parts == Self.parts && setup.configuration.scale == old.scale)
    #expect(try !TrainingSetup(plan, from: origin, dataset: mono).widensOrigin)
    let trainer = trainer(setup)
    // Frames of 12 values, with 10 more of which the old network knows nothing.
    let mids = RandomSource(seed: 1).normals([8, 12]).values
    var frames: [Float] = []
    for frame in 0..<8 {
      frames += mids[12 * frame..<12 * frame + 12]
      frames += [Float](repeating: Float(frame), count: 10)
    }
    func said(_ network: DiffusionTransformer, _ patches: Tensor) -> [Float] {
      let tape = Tape.inference(precision: .float32)
      let text = network.encode(
        tokens: RandomSource(seed: 2).normals([1, 8]), layout: SequenceLayout([1]),
        sentences: RandomSource(seed: 3).normals([1, 8]), audio: SequenceLayout([4]), on: tape)
      return network(tape.constant(patches), times: [0.3], text: text, layout: SequenceLayout([4])).value.values
    }
    let before = said(teacher.average, Tensor([4, 24], mids))
    #expect(before.contains { abs($0) > 1e-3 })
    for network in [trainer.network, trainer.average] {
      let after = said(network, Tensor([4, 44], frames))
      for frame in 0..<8 {
        for band in 0..<12 { #expect(abs(after[22 * frame + band] - before[12 * frame + band]) < 1e-5) }
        #expect(after[22 * frame + 12..<22 * frame + 22].allSatisfy { $0 == 0 })
      }
    }
    let losses = (0..<30).map { _ in trainer.advance().loss }
    #expect(losses.allSatisfy(\.isFinite) && losses[20...].reduce(0, +) < losses[..<10].reduce(0, +))
    let learned = said(trainer.network, Tensor([4, 44], frames))
    for frame in 0..<8 { #expect(learned[22 * frame + 12..<22 * frame + 22].contains { abs($0) > 1e-3 }) }
  }

  @Test("A choice that is not followed is said")
  func choices() {
    var choices = TrainingChoices()
    choices.frame = .mel
    let told = choices.differences(fromOriginOf: setup()).map(\.description)
    #expect(told.count == 1 && told[0].contains("--frame mono") && told[0].contains("--frame stereo"))
    choices.frame = .stereo
    #expect(choices.differences(fromOriginOf: setup()).isEmpty)
  }
}
