import Denoising
import Foundation
import Music
import Spectra
import Synthesis
import Tensors
import Testing
import Text
import Training

@Suite("What a model could do is repeated while it learns something else")
struct RehearsalTests {
  private let training: SmallTraining
  private static let empty = CountingEncoder.embedding(of: "")

  init() throws {
    training = try SmallTraining()
  }

  /// A network that has learned something.
  private func taught(steps: Int = 30) -> DiffusionTransformer {
    let trainer = training.trainer()
    for _ in 0..<steps { _ = trainer.advance() }
    return trainer.average
  }

  private func rehearsal(of network: DiffusionTransformer) -> Rehearsal {
    let clips = (0..<6).map { number in
      let values = RandomSource(seed: UInt64(number)).normals([40, SmallTraining.mel.bandCount]).values
      let frames = MelFrames(bandCount: SmallTraining.mel.bandCount, values: values.map { max(-1, min(1, $0 / 4)) })
      return Rehearsal.Clip(
        frames: SoundFrames(mel: frames), text: CountingEncoder.embedding(of: "old \(number)"), track: nil)
    }
    return Rehearsal(clips, teacher: network)
  }

  private func trainer(share: Float, of network: DiffusionTransformer, repeats: Bool = true) -> Trainer {
    var plan = SmallTraining.plan
    plan.rehearsal = RehearsalPlan(share: share)
    let trainer = Trainer(
      plan, configuration: SmallTraining.sizes, dataset: training.dataset, empty: Self.empty,
      scale: ValueScale(measuring: training.dataset), rehearsal: repeats ? rehearsal(of: network) : nil, threads: 2)
    for (parameter, own) in zip(trainer.network.parameters, network.parameters) { parameter.value = own.value }
    for (parameter, own) in zip(trainer.average.parameters, network.parameters) { parameter.value = own.value }
    return trainer
  }

  /// How far a network's weights are from another's.
  private func distance(_ one: DiffusionTransformer, _ other: DiffusionTransformer) -> Double {
    zip(one.parameters, other.parameters).reduce(0) { sum, pair in
      sum + zip(pair.0.value.values, pair.1.value.values).reduce(0) { $0 + Double(($1.0 - $1.1) * ($1.0 - $1.1)) }
    }.squareRoot()
  }

  @Test("Of a batch so many examples are repetitions, never all")
  func counts() {
    #expect(RehearsalPlan(share: 0.25).count(ofBatch: 32) == 8)
    #expect(RehearsalPlan(share: 0).count(ofBatch: 32) == 0)
    #expect(RehearsalPlan(share: 0.9).count(ofBatch: 2) == 1)
    #expect(RehearsalPlan(share: 0.9).count(ofBatch: 1) == 0)
  }

  @Test("A network that is as the model was has nothing to learn from repetitions alone")
  func nothingToLearn() {
    let network = taught()
    var plan = SmallTraining.plan
    plan.precision = .float32
    plan.rehearsal = RehearsalPlan(share: 0.9)
    let trainer = Trainer(
      plan, configuration: SmallTraining.sizes, dataset: training.dataset, empty: Self.empty,
      scale: ValueScale(measuring: training.dataset), rehearsal: rehearsal(of: network), threads: 1)
    for (parameter, own) in zip(trainer.network.parameters, network.parameters) { parameter.value = own.value }
    let repeated = trainer.advance().loss
    let other = self.trainer(share: 0, of: network).advance().loss
    // One of seven examples is of the folder.
    #expect(repeated < 0.5 * other, "\(repeated), without repetitions \(other)")
  }

  @Test("With repetitions the network stays nearer to what it began with, and both are deterministic")
  func staysNear() throws {
    let network = taught(steps: 5)
    let (with, again, without) = (
      trainer(share: 0.6, of: network), trainer(share: 0.6, of: network),
      trainer(share: 0.6, of: network, repeats: false)
    )
    for _ in 0..<20 {
      _ = with.advance()
      _ = again.advance()
      _ = without.advance()
    }
    #expect(try training.state(of: with) == training.state(of: again))
    #expect(distance(with.network, network) > 0)
    #expect(with.network.parameters.contains { !$0.value.values.isEmpty })
    let (kept, lost) = (change(with.network, from: network), change(without.network, from: network))
    #expect(kept < 0.8 * lost, "\(kept), without repetitions \(lost)")
  }

  /// How far apart the predictions of two networks lie for what the rehearsal repeats.
  private func change(_ one: DiffusionTransformer, from other: DiffusionTransformer) -> Double {
    let sizes = SmallTraining.sizes
    let noised = RandomSource(seed: 7).normals([12, sizes.patchWidth])
    let layout = SequenceLayout([12])
    let text = CaptionBatch([CountingEncoder.embedding(of: "old 3")])
    let predictions = [one, other].map { network in
      let tape = Tape.inference(precision: .float32)
      let encoded = network.encode(
        tokens: text.tokens, layout: text.layout, sentences: text.sentences, audio: layout, on: tape)
      return network(
        tape.constant(noised), times: [0.3], text: encoded, layout: layout, controls: nil, variations: nil
      ).value.values
    }
    return zip(predictions[0], predictions[1]).reduce(0) { $0 + Double(($1.0 - $1.1) * ($1.0 - $1.1)) }
  }

  @Test("A resumed training goes on exactly where it was")
  func resumes() throws {
    let network = taught(steps: 5)
    let whole = trainer(share: 0.4, of: network)
    for _ in 0..<8 { _ = whole.advance() }
    let first = trainer(share: 0.4, of: network)
    for _ in 0..<4 { _ = first.advance() }
    let url = training.samples.file("rehearsal.safetensors")
    try Checkpoint.write(first, to: url)
    let second = trainer(share: 0.4, of: network)
    try Checkpoint.restore(second, from: url)
    for _ in 0..<4 { _ = second.advance() }
    #expect(try training.state(of: second) == training.state(of: whole))
  }
}

@Suite("Prompts in a model's own words")
struct RehearsalPromptTests {
  private static func vocabulary(_ terms: [Vocabulary.Term]) -> Vocabulary {
    Vocabulary(terms: terms, termRows: Tensor([0, 8]), captionRows: Tensor([0, 8]))
  }

  @Test("Each instrument comes as often, by any of its names, with things that are said of it")
  func instruments() throws {
    let vocabulary = Self.vocabulary([
      .init("piano", .instrument, count: 5000), .init("grand piano", .instrument, name: "piano", count: 3),
      .init("flute", .instrument, count: 1), .init("kick", .drum), .init("funk", .drumStyle), .init("soft", .dynamics),
      .init("melody", .form), .init("drum loop", .form),
    ])
    let prompts = try #require(RehearsalPrompts(vocabulary))
    let made = (0..<400).map { prompts.prompt(from: RandomSource(seed: $0)) }
    let (flutes, pianos) = (made.count { $0.contains("flute") }, made.count { $0.contains("piano") })
    #expect(abs(flutes - pianos) < 60 && flutes > 100, "\(flutes) flutes, \(pianos) pianos")
    #expect(made.contains { $0.contains("grand piano") } && made.contains { $0 == "kick" })
    #expect(made.contains { $0.hasPrefix("funk drum beat, ") && $0.hasSuffix(" bpm") })
    #expect(made.contains { $0.contains("soft flute melody in ") })
    #expect(!made.contains { $0.contains("drum loop") }, "a flute does not play a drum loop")
    // What the prompts say of music is understood.
    let keyed = try #require(made.first { $0.contains(" major") || $0.contains(" minor") })
    #expect(PromptMusic(keyed).key != nil, "\(keyed)")
    let chords = try #require(made.first { $0.contains(" C Am F G") || $0.contains(" Am F C G") })
    #expect(PromptMusic(chords).chords != nil, "\(chords)")
  }

  @Test("What knows sounds and rooms is asked for them too")
  func sounds() throws {
    let terms: [Vocabulary.Term] = [
      .init("piano", .instrument), .init("rain", .sound), .init("downpour", .sound, name: "rain"),
      .init("door", .sound), .init("in a cave", .room),
    ]
    let prompts = try #require(RehearsalPrompts(Self.vocabulary(terms)))
    let made = (0..<600).map { prompts.prompt(from: RandomSource(seed: $0)) }
    let sounds = made.count { prompt in ["rain", "downpour", "door"].contains { prompt.hasPrefix($0) } }
    #expect((150...250).contains(sounds), "\(sounds) of 600")
    #expect((100...200).contains(made.count { $0.hasSuffix(", in a cave") }))
    #expect(made.contains { $0.hasPrefix("downpour") } && made.contains { $0.hasPrefix("piano") })
    let alone = try #require(RehearsalPrompts(Self.vocabulary([.init("rain", .sound)])))
    #expect((0..<20).allSatisfy { alone.prompt(from: RandomSource(seed: $0)) == "rain" })
  }

  @Test("Words that name no sound ask for nothing")
  func nothing() {
    #expect(RehearsalPrompts(Self.vocabulary([.init("soft", .dynamics), .init("melody", .form)])) == nil)
  }
}
