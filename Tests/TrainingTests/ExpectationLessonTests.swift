import Denoising
import Layers
import Spectra
import Synthesis
import Tensors
import Testing
import Text
import Training

@Suite("What a network is taught to expect")
struct ExpectationLessonTests {
  @Test("What captions sound like is expected of them, and of the empty one nothing")
  func expectation() throws {
    let training = try SmallTraining(clipCount: 24)
    let trainer = training.trainer()
    trainer.alignCaptions()
    let dataset = training.dataset
    let empty = CountingEncoder.embedding(of: "").sentence.values
    let sentences =
      dataset.trainingIndices.map { CountingEncoder.embedding(of: dataset.clips[$0].caption).sentence.values } + [empty]
    let layout = SequenceLayout([Int](repeating: 2, count: sentences.count))
    let text = trainer.average.encode(
      tokens: Tensor([sentences.count, empty.count]), layout: SequenceLayout(sentences.map { _ in 1 }),
      sentences: Tensor([sentences.count, empty.count], sentences.flatMap(\.self)), audio: layout, on: .inference())
    let expected = try #require(text.expected)
    // Four frames of each, less their mean over the clips.
    let count = 4 * SmallTraining.mel.bandCount
    var clips = dataset.trainingIndices.map { Array(dataset.soundFrames($0).values.prefix(count)) }
    let mean = (0..<count).map { value in clips.reduce(0) { $0 + $1[value] } / Float(clips.count) }
    clips = clips.map { zip($0, mean).map(-) }
    func product(_ one: some Sequence<Float>, _ other: some Sequence<Float>) -> Float {
      zip(one, other).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let (said, real) = (expected.values.dropLast(count), clips.flatMap { $0 })
    let correlation = product(said, real) / (product(said, said) * product(real, real)).squareRoot()
    #expect(correlation > 0.5)
    let silent = expected.values.suffix(count)
    #expect(product(silent, silent) < 0.5 * product(said, said) / Float(clips.count))
  }

  @Test("A model from before expects something as soon as its captions are aligned, and not otherwise")
  func grown() throws {
    let training = try SmallTraining()
    func knots(alignmentWidth: Int, aligns: Bool) throws -> Int {
      var configuration = training.configuration
      (configuration.denoiser.alignmentWidth, configuration.denoiser.expectationKnots) = (alignmentWidth, 0)
      let model = ModelBundle(
        directory: training.samples.file("origin"), configuration: configuration,
        denoiser: DiffusionTransformer(configuration.denoiser, RandomSource(seed: 5)))
      let setup = try TrainingSetup(SmallTraining.plan, from: model, dataset: training.dataset, aligns: aligns)
      return setup.configuration.denoiser.expectationKnots
    }
    #expect(try knots(alignmentWidth: 4, aligns: false) == 0)
    #expect(try knots(alignmentWidth: 4, aligns: true) == DenoiserConfiguration().expectationKnots)
    #expect(try knots(alignmentWidth: 0, aligns: false) == DenoiserConfiguration().expectationKnots)
  }
}
