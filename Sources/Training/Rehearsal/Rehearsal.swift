package import Denoising
import Diffusion
package import Music
public import Parallelism
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
    package let frames: MelFrames
    package let text: TextEmbedding
    package let track: ControlTrack?

    package init(frames: MelFrames, text: TextEmbedding, track: ControlTrack?) {
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
  ///   - progress: is told how many are made, and of how many.
  /// - Returns: nil where the words name nothing that could be asked for.
  /// - Throws: `ControlError` where the model makes no numbers.
  public init?(
    _ plan: RehearsalPlan, of model: ModelBundle, vocabulary: Vocabulary, encoder: SentenceEncoder, seed: UInt64,
    threads: Int = Parallel.coreCount, progress: (Int, Int) -> Void = { _, _ in }
  ) throws(ControlError) {
    guard let prompts = RehearsalPrompts(vocabulary) else { return nil }
    let synthesizer = Synthesizer(model: model, encoder: encoder, threads: 1)
    let random = RandomSource(seed: seed).stream(.rehearsal)
    var clips: [Clip] = []
    // In portions, so that progress can be told.
    for start in stride(from: 0, to: plan.clipCount, by: Self.portion) {
      let made = Parallel.map(min(Self.portion, plan.clipCount - start), threads: threads) { number in
        Result { () throws(ControlError) in
          try Self.clip(
            prompts, plan, random.split(UInt64(start + number)), vocabulary: vocabulary, by: synthesizer)
        }
      }
      for result in made { if let clip = try result.get() { clips.append(clip) } }
      progress(min(start + Self.portion, plan.clipCount), plan.clipCount)
    }
    guard !clips.isEmpty else { return nil }
    self.init(clips, teacher: model.denoiser)
  }

  private static let portion = 32

  private static func clip(
    _ prompts: RehearsalPrompts, _ plan: RehearsalPlan, _ random: RandomSource, vocabulary: Vocabulary,
    by synthesizer: Synthesizer
  ) throws(ControlError) -> Clip? {
    var draw = random.split(1)
    var draft = RequestDraft()
    draft.prompt = prompts.prompt(from: random.split(0))
    draft.vocabulary = vocabulary
    draft.seed = draw.next()
    draft.duration = plan.shortestSeconds + Double(draw.uniform()) * (plan.longestSeconds - plan.shortestSeconds)
    let takesControls = synthesizer.model.configuration.takesControls
    guard let request = try? draft.resolve(takesControls: takesControls).request else { return nil }
    let clipPlan = try synthesizer.plan(request)
    let asked = synthesizer.conditioning(of: clipPlan)
    return Clip(frames: try synthesizer.frames(clipPlan), text: asked.text, track: asked.track)
  }
}

extension Rehearsal: LessonSource {
  func copyFrames(of example: TrainingExample, count: Int, into destination: UnsafeMutablePointer<Float>) {
    let frames = clips[example.clip].frames
    let width = frames.bandCount
    let available = max(0, min(count, frames.frameCount - example.start))
    frames.values.withUnsafeBufferPointer {
      guard let from = $0.baseAddress, available > 0 else { return }
      destination.update(from: from + example.start * width, count: available * width)
    }
    (destination + available * width).update(repeating: Dataset.silence, count: (count - available) * width)
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
