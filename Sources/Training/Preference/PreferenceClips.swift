import Foundation
public import Parallelism
import Spectra
public import Synthesis
public import Taste
import Tensors
public import Text

/// Clips that a model made of its own, some of each prompt, and how much more a taste likes each than the others of its prompt.
public struct PreferenceClips: Sendable {
  /// What the model made.
  let clips: [Rehearsal.Clip]
  /// Of each, in deviations of clips of one prompt: 0 for one that is liked as the others of its prompt are, within ±`most`.
  let advantages: [Float]
  /// The deviation of the scores of clips of one prompt, in deviations of those that were picked among.
  public let deviation: Double

  public var count: Int { clips.count }

  private static let most: Float = 2

  /// Clips with what they are worth.
  package init(_ clips: [Rehearsal.Clip], advantages: [Float]) {
    precondition(clips.count == advantages.count, "\(advantages.count) advantages of \(clips.count) clips")
    (self.clips, self.advantages, deviation) = (clips, advantages, 1)
  }

  /// Lets the model make clips; the same for the same model, plan and prompts.
  /// - Parameter progress: is told how many are made, and of how many.
  /// - Returns: nil where no two clips of a prompt could be made, or the taste likes all of them alike.
  /// - Throws: `ControlError` where the model makes no numbers.
  public init?(
    _ plan: PreferencePlan, of model: ModelBundle, taste: Taste, prompts: [String], vocabulary: Vocabulary?,
    encoder: SentenceEncoder, threads: Int = Parallel.coreCount,
    progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) throws(ControlError) {
    let maker = Maker(
      plan: plan, taste: taste, vocabulary: vocabulary,
      synthesizer: Synthesizer(model: model, encoder: encoder, threads: 1))
    let counter = WorkCounter(total: prompts.count, tell: progress)
    let made = Parallel.map(prompts.count, threads: threads) { place in
      defer { counter.advance() }
      return Result { () throws(ControlError) in try maker.group(prompts[place], number: place) }
    }
    var groups: [[(clip: Rehearsal.Clip, score: Double)]] = []
    for result in made { groups.append(try result.get()) }
    groups.removeAll { $0.count < 2 }
    let centred = groups.map { group in
      let mean = group.reduce(0) { $0 + $1.score } / Double(group.count)
      return group.map { $0.score - mean }
    }
    let squares = centred.reduce(0) { $0 + $1.reduce(0) { $0 + $1 * $1 } }
    let freedom = groups.reduce(0) { $0 + $1.count - 1 }
    guard squares > 1e-12, freedom > 0 else { return nil }
    let deviation = (squares / Double(freedom)).squareRoot()
    self.deviation = deviation
    clips = groups.flatMap { group in group.map { $0.clip } }
    advantages = centred.flatMap { $0.map { min(max(Float($0 / deviation), -Self.most), Self.most) } }
  }

  /// Makes the clips of one prompt.
  private struct Maker: Sendable {
    let plan: PreferencePlan
    let taste: Taste
    let vocabulary: Vocabulary?
    let synthesizer: Synthesizer

    /// None for a prompt that cannot be asked for.
    func group(_ prompt: String, number: Int) throws(ControlError) -> [(clip: Rehearsal.Clip, score: Double)] {
      var random = RandomSource(seed: plan.seed).stream(.preference).split(UInt64(number))
      guard
        var request = RequestDraft.request(
          prompt, seconds: plan.seconds...plan.seconds, vocabulary: vocabulary, of: synthesizer.model, drawing: &random)
      else { return [] }
      let listener = TasteListener(mel: synthesizer.model.configuration.mel)
      var made: [(clip: Rehearsal.Clip, score: Double)] = []
      for _ in 0..<plan.clipsEach {
        let clipPlan = try synthesizer.plan(request)
        let asked = synthesizer.conditioning(of: clipPlan)
        let frames = try synthesizer.soundFrames(clipPlan)
        let score = taste.score(listener.clip(frames.mel, of: request)).mean
        made.append((Rehearsal.Clip(frames: frames, text: asked.text, track: asked.track), score))
        request.seed &+= 1
      }
      return made
    }
  }
}
