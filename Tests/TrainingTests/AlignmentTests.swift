import Denoising
import Foundation
import Layers
import Spectra
import Synthesis
import Tensors
import Testing
import Text
import Training

@Suite("Captions aligned with sounds")
struct AlignmentTests {
  @Test("The loss' gradient is its slope; guessing costs ln n, finding one's own nothing")
  func loss() {
    let similarities = RandomSource(seed: 1).normals([5, 5]).scaled(by: 0.2)
    let gradient = ContrastiveLoss(similarities).gradient
    for index in 0..<25 {
      func value(_ step: Float) -> Double {
        var moved = similarities
        moved[flat: index] += step
        return ContrastiveLoss(moved).value
      }
      let slope = (value(1e-2) - value(-1e-2)) / Double(2e-2 as Float)
      #expect(abs(slope - Double(gradient[flat: index])) < 1e-3, "\(index)")
    }
    #expect(abs(ContrastiveLoss(Tensor([7, 7])).value - log(7)) < 1e-5)
    let own = Tensor([3, 3], [1, -1, -1, -1, 1, -1, -1, -1, 1])
    #expect(ContrastiveLoss(own).value < 1e-5)
  }

  @Test("Whitened captions vary alike in every direction that they vary in, and a folded layer does as it did")
  func whitening() {
    // Two directions of deviation 10 and 1, two of next to nothing.
    var rows = RandomSource(seed: 2).normals([4000, 4])
    for row in 0..<4000 {
      for (column, (factor, mean)) in [(10, 3), (1, -2), (0.01, 0), (0.01, 5)].enumerated() {
        rows[flat: row * 4 + column] = rows[flat: row * 4 + column] * Float(factor) + Float(mean)
      }
    }
    let whitening = CaptionWhitening(rows)
    let white = whitening(rows)
    let level = 101.0 / 4
    for (column, power) in [100.0, 1, 0, 0].enumerated() {
      let values = (0..<4000).map { Double(white[flat: $0 * 4 + column]) }
      #expect(abs(values.reduce(0, +) / 4000) < 1e-3)
      let variance = values.reduce(0) { $0 + $1 * $1 } / 4000
      #expect(abs(variance - power / (power + level)) < 0.05, "\(column)")
    }
    let layer = Linear("a", 4, 3, bias: true, RandomSource(seed: 3))
    layer.bias?.value = RandomSource(seed: 4).normals([3])
    let tape = Tape.inference(precision: .float32)
    let before = layer(tape.constant(white)).value.values
    whitening.fold(into: layer)
    let after = layer(tape.constant(rows)).value.values
    #expect(zip(before, after).allSatisfy { abs($0 - $1) < 1e-4 })
  }

  private func summary(_ values: [Float], bandCount: Int) -> [Float] {
    SoundSummary(SoundFrames(mel: MelFrames(bandCount: bandCount, values: values))).values
  }

  @Test("A sound in numbers: silence does not count, the greatest value and the motion do")
  func summary() {
    let values = summary([-1, -1, 0.5, -0.5, -0.5, -0.5], bandCount: 2)
    let expected: [Float] = [0, -0.5, 0.5, 0, 0.5, -0.5, 1.25, 0.25]
    #expect(zip(values, expected).allSatisfy { abs($0 - $1) < 1e-6 } && values.count == 8)
    #expect(summary([-1, -1], bandCount: 1) == [0, 0, -1, 0])
  }

  @Test("Captions find their sounds, in the same bytes whatever the threads, and nothing else changes")
  func lesson() throws {
    let training = try SmallTraining(clipCount: 24)
    let (one, two) = (training.trainer(threads: 1), training.trainer(threads: 2))
    let before = try training.state(of: one)
    let result = try #require(one.alignCaptions())
    two.alignCaptions()
    #expect(result.loss < 0.7 * result.chance)
    let state = try training.state(of: one)
    #expect(try training.state(of: two) == state)
    let changed = Set(state.keys.filter { state[$0] != before[$0] })
    let tower = ["hidden.weight", "hidden.bias", "output.weight", "output.bias", "scale", "shift"]
    let learned = tower.map { "alignment.\($0)" } + ["expectation.frames.weight", "expectation.frames.bias"]
    #expect(changed == Set(learned.flatMap { ["network/\($0)", "average/\($0)"] }))
    #expect(state["network/alignment.hidden.weight"] == state["average/alignment.hidden.weight"])
  }

  @Test("A tower that learned other captions begins again, and conditions stay nearly what they were")
  func anew() throws {
    let training = try SmallTraining(clipCount: 24)
    let trainers = [1, 2].map { training.trainer(threads: $0) }
    for trainer in trainers { trainer.alignCaptions() }
    let before = try training.state(of: trainers[0])
    let alignment = try #require(trainers[0].average.alignment)
    let factor = trainers[0].average.configuration.sentenceFactor
    let clips = training.dataset.trainingIndices.map { training.dataset.clips[$0] }
    let sentences = Tensor(
      [clips.count, SmallTraining.sizes.textWidth],
      clips.flatMap { CountingEncoder.embedding(of: $0.caption).sentence.values.map { $0 * factor } })
    let heard = alignment.condition(of: sentences).values
    let results = trainers.map { $0.alignCaptions(anew: true) }
    let result = try #require(results[0])
    #expect(result.loss < 0.7 * result.chance)
    let state = try training.state(of: trainers[0])
    #expect(try training.state(of: trainers[1]) == state)
    let changed = Set(state.keys.filter { state[$0] != before[$0] })
    #expect(
      changed.contains("average/alignment.condition.weight") && changed.contains("network/alignment.hidden.weight"))
    #expect(changed.allSatisfy { $0.contains("alignment.") || $0.contains("expectation.frames.") })
    func distance(_ one: [Float], _ other: [Float]) -> Float { zip(one, other).reduce(0) { $0 + pow($1.0 - $1.1, 2) } }
    let now = alignment.condition(of: sentences).values
    // Four values of the tower cannot say all of it.
    #expect(distance(now, heard) < 0.5 * distance(heard, heard.map { _ in 0 }))
  }

  @Test("A layer behind a new tower says of sentences what the old one said")
  func repeats() throws {
    var sizes = SmallTraining.sizes
    sizes.alignmentWidth = 64
    let alignment = try #require(DiffusionTransformer(sizes, RandomSource(seed: 5)).alignment)
    let sentences = RandomSource(seed: 6).normals([32, sizes.textWidth])
    let before = alignment.condition(of: sentences).values
    alignment.resetTower(RandomSource(seed: 7))
    let between = alignment.condition(of: sentences).values
    alignment.fitCondition(to: Tensor([32, sizes.width], before), of: sentences)
    let after = alignment.condition(of: sentences).values
    func distance(_ other: [Float]) -> Float { zip(before, other).reduce(0) { $0 + pow($1.0 - $1.1, 2) } }
    #expect(distance(after) < 0.01 * distance(between), "\(distance(after)) after \(distance(between))")
  }

  @Test("Clips of several captions are told apart, not their captions")
  func wordings() throws {
    let training = try SmallTraining(clipCount: 12, wordings: ["a tone at # hertz", "one tone at # hertz"])
    let trainer = training.trainer()
    let result = try #require(trainer.alignCaptions())
    // By chance is among the clips, not among their captions.
    #expect(abs(result.chance - log(Double(training.dataset.trainingIndices.count))) < 1e-6)
    #expect(result.loss < 0.8 * result.chance)
  }

  @Test(
    "Each of a clip's captions is read: one that says something is found beside one that says nothing",
    arguments: [["a tone", "a tone at # hertz"], ["a tone at # hertz", "a tone"]])
  func everyWording(_ wordings: [String]) throws {
    let result = try #require(try SmallTraining(clipCount: 12, wordings: wordings).trainer().alignCaptions())
    // If only the first were read, or only the second, one of the two orders would do no better than chance.
    #expect(result.loss < 0.9 * result.chance, "\(result)")
  }

  @Test("Captions are aligned once: in a new training, or with a model that lacks it")
  func wanted() throws {
    let training = try SmallTraining()
    var sizes = SmallTraining.sizes
    func wants(_ sizes: DenoiserConfiguration) -> Bool {
      TrainingSetup(SmallTraining.plan, denoiser: sizes, dataset: training.dataset).wantsAlignment
    }
    #expect(wants(sizes))
    func setup(from sizes: DenoiserConfiguration) throws -> TrainingSetup {
      var configuration = ModelConfiguration()
      (configuration.mel, configuration.denoiser) = (SmallTraining.mel, sizes)
      let model = ModelBundle(
        directory: training.samples.file("origin"), configuration: configuration,
        denoiser: DiffusionTransformer(sizes, RandomSource(seed: 5)))
      return try TrainingSetup(SmallTraining.plan, from: model, dataset: training.dataset)
    }
    #expect(try !setup(from: sizes).wantsAlignment)
    (sizes.alignmentWidth, sizes.expectationKnots) = (0, 0)
    #expect(!wants(sizes))
    let grown = try setup(from: sizes)
    #expect(grown.wantsAlignment && grown.configuration.denoiser.alignmentWidth == 128)
    let trainer = grown.makeTrainer(
      dataset: training.dataset, empty: CountingEncoder.embedding(of: ""), threads: 1)
    for network in [trainer.network, trainer.average] {
      let layer = try #require(network.parameters.first { $0.name == "alignment.condition.weight" })
      #expect(layer.value.values.allSatisfy { $0 == 0 })
    }
  }
}
