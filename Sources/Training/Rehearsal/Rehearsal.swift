package import Denoising
import Diffusion
package import Music
public import Parallelism
public import Ranks
package import Spectra
public import Synthesis
package import Tensors
public import Text

/// What keeps a training from forgetting what the model could do that it begins with.
///
/// That model makes clips of prompts in its own words. In each batch some of them are learned beside the folder's clips
/// (pseudorehearsal: Robins 1995, "Catastrophic forgetting, rehearsal and pseudorehearsal"), and what is to be predicted of
/// them is what that model predicts of the same noised frames (Li & Hoiem 2016, "Learning without forgetting"): it is the
/// model's function that stays, not only what it happened to make.
public struct Rehearsal: Sendable {
  /// A clip that the model made, and what it was asked for.
  package struct Clip: Sendable {
    package let frames: SoundFrames
    package let text: TextEmbedding
    package let track: ControlTrack?

    package init(frames: SoundFrames, text: TextEmbedding, track: ControlTrack?) {
      (self.frames, self.text, self.track) = (frames, text, track)
    }
  }

  package let clips: [Clip]
  private let teacher: DiffusionTransformer

  /// - Parameter teacher: the model's network.
  package init(_ clips: [Clip], teacher: DiffusionTransformer) {
    precondition(!clips.isEmpty, "nothing to rehearse")
    (self.clips, self.teacher) = (clips, teacher)
  }

  /// The same with the teacher as a network of these sizes, which gives what it gave: a network that takes more controls than
  /// the model did is given them all.
  func taught(in sizes: DenoiserConfiguration) -> Rehearsal {
    guard teacher.configuration != sizes else { return self }
    let wider = DiffusionTransformer(sizes, RandomSource(seed: 0))
    wider.begin(with: teacher)
    return Rehearsal(clips, teacher: wider)
  }

  /// Lets a model make clips; the same for the same model, plan and seed.
  /// - Parameters:
  ///   - vocabulary: the words of the model's captions.
  ///   - ranks: make some of the clips each, and get those of all.
  ///   - progress: is told how many of this rank's are made, and of how many.
  /// - Returns: nil where the words name nothing that could be asked for.
  /// - Throws: `ControlError` where the model makes no numbers.
  public init?(
    _ plan: RehearsalPlan, of model: ModelBundle, vocabulary: Vocabulary, encoder: SentenceEncoder, seed: UInt64,
    among ranks: (any RankGroup)? = nil, threads: Int = Parallel.coreCount, progress: (Int, Int) -> Void = { _, _ in }
  ) throws(ControlError) {
    guard let prompts = RehearsalPrompts(vocabulary) else { return nil }
    let synthesizer = Synthesizer(model: model, encoder: encoder, threads: 1)
    let random = RandomSource(seed: seed).stream(.rehearsal)
    let planned = Parallel.map(plan.clipCount, threads: threads) { number in
      Result { () throws(ControlError) in
        try Self.plan(prompts, plan, random.split(UInt64(number)), vocabulary: vocabulary, by: synthesizer)
      }
    }
    let plans = try planned.map { result throws(ControlError) in try result.get() }.compactMap(\.self)
    guard !plans.isEmpty else { return nil }
    let own = ranks?.share(of: plans.count) ?? Array(plans.indices)
    var made: [SoundFrames] = []
    // In portions, so that progress can be told.
    for start in stride(from: 0, to: own.count, by: Self.portion) {
      let portion = own[start..<min(start + Self.portion, own.count)]
      let results = Parallel.map(portion.count, threads: threads) { number in
        Result { () throws(ControlError) in try synthesizer.soundFrames(plans[portion[portion.startIndex + number]]) }
      }
      for result in results { made.append(try result.get()) }
      progress(made.count, own.count)
    }
    let frames = ranks.map { Self.merge(made, of: model.configuration.layout, total: plans.count, among: $0) } ?? made
    let clips = zip(plans, frames).map { plan, frames in
      let asked = synthesizer.conditioning(of: plan)
      return Clip(frames: frames, text: asked.text, track: asked.track)
    }
    self.init(clips, teacher: model.denoiser)
  }

  private static let portion = 32

  /// What is to be made of a prompt; nil for one that cannot be read.
  private static func plan(
    _ prompts: RehearsalPrompts, _ plan: RehearsalPlan, _ random: RandomSource, vocabulary: Vocabulary,
    by synthesizer: Synthesizer
  ) throws(ControlError) -> ClipPlan? {
    var draw = random.split(1)
    let request = RequestDraft.request(
      prompts.prompt(from: random.split(0)), seconds: plan.shortestSeconds...plan.longestSeconds,
      vocabulary: vocabulary, of: synthesizer.model, drawing: &draw)
    return try request.map { request throws(ControlError) in try synthesizer.plan(request) }
  }

  /// The frames of all clips, of which each rank made some.
  private static func merge(
    _ own: [SoundFrames], of layout: FrameLayout, total: Int, among ranks: any RankGroup
  ) -> [SoundFrames] {
    let lengths = ranks.merge(own.map(\.values.count), total: total)
    let values = ranks.gather(own.flatMap(\.values))
    var starts = [Int](repeating: 0, count: ranks.count)
    return lengths.enumerated().map { number, length in
      let rank = number % ranks.count
      defer { starts[rank] += length }
      return SoundFrames(layout: layout, values: Array(values[rank][starts[rank]..<starts[rank] + length]))
    }
  }
}

extension Rehearsal: LessonSource {
  func copyFrames(of example: TrainingExample, count: Int, into destination: UnsafeMutablePointer<Float>) {
    let frames = clips[example.clip].frames
    let width = frames.layout.valueCount
    let available = max(0, min(count, frames.frameCount - example.start))
    frames.values.withUnsafeBufferPointer {
      guard let from = $0.baseAddress, available > 0 else { return }
      destination.update(from: from + example.start * width, count: available * width)
    }
    frames.layout.fillSilence(destination + available * width, count: count - available)
  }

  func track(of example: TrainingExample, count: Int) -> ControlTrack {
    guard let track = clips[example.clip].track else { return ControlTrack(frameCount: count) }
    return track.slice(from: example.start, count: count)
  }

  func text(of example: TrainingExample) -> TextEmbedding { clips[example.clip].text }

  /// What the model predicts of a batch's noised patches.
  func target(of batch: TrainingBatch, precision: Precision) -> Tensor {
    batch.prediction(of: teacher, on: Tape.inference(precision: precision)).value
  }
}
