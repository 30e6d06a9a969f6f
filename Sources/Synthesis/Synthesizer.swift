public import Audio
import Denoising
import Diffusion
import Foundation
package import Music
public import Parallelism
import Spectra
public import Tensors
public import Text

/// Prompts to clips: text encoder, denoiser, sampler and vocoder in a row.
///
/// A clip's samples depend on its own request and the model: not on the clips made beside it, nor on the threads.
public final class Synthesizer: Sendable {
  public let model: ModelBundle
  let captions: CaptionMemory
  /// The text encoder, without the model's glossary.
  let encode: @Sendable (String) -> TextEmbedding
  let vocoder: Vocoder
  let steadying: BassSteadying
  let placement: OnsetPlacement
  private let gate: OnsetGate
  let tuning: PartialTuning
  let widening: Widening
  let precision: Precision
  let threads: Int

  /// - Parameter precision: `int8` for bytes where they are enough: in the early steps.
  public convenience init(
    model: ModelBundle, encoder: SentenceEncoder, precision: Precision = .lowest,
    threads: Int = Parallel.coreCount
  ) {
    self.init(model: model, precision: precision, threads: threads) { encoder.encode($0) }
  }

  /// One that gets the embeddings of captions from anywhere.
  package init(
    model: ModelBundle, precision: Precision = .lowest, threads: Int = Parallel.coreCount,
    encode: @escaping @Sendable (String) -> TextEmbedding
  ) {
    self.model = model
    self.encode = encode
    captions = CaptionMemory { encode(model.glossary?.explaining($0) ?? $0) }
    self.precision = precision
    self.threads = threads
    vocoder = Vocoder(model.configuration.mel)
    steadying = BassSteadying(model.configuration.mel)
    placement = OnsetPlacement(model.configuration.mel)
    gate = OnsetGate(sampleRate: model.configuration.mel.sampleRate)
    tuning = PartialTuning(sampleRate: model.configuration.mel.sampleRate)
    widening = Widening(model.configuration)
  }

  /// The samples of a clip that is `duration` long.
  public func sampleCount(_ duration: Double) -> Int {
    Int((duration * Double(model.configuration.mel.sampleRate)).rounded())
  }

  /// What keeps this model from the request, in one line; nil if nothing does.
  public func problem(of request: GenerationRequest) -> String? {
    if let problem = request.problem { return problem }
    let patchLength = model.configuration.denoiser.patchLength
    let most = Double(DiffusionTransformer.maximumTokenCount * patchLength) / model.configuration.mel.framesPerSecond
    guard request.seconds < most - 1 else {
      let asked = String(format: "%.4g", request.seconds)
      return "a duration of \(asked) s is more than the \(Int(most) - 1) s that this model makes at most"
    }
    if (request.tasteScale ?? 0) != 0, model.configuration.denoiser.likingCount != LikingBucket.count {
      return "the model \(model.name) has learned by no taste (`hiss train FOLDER --taste`), so it has no taste scale"
    }
    return nil
  }

  /// The pieces of work that `generate` counts in its progress: the steps of each clip, and its vocoding.
  public static func pieceCount(_ requests: some Collection<GenerationRequest>) -> Int {
    requests.reduce(0) { $0 + $1.steps + 1 }
  }

  /// All that a clip needs before its first step.
  /// - Throws: `ControlError` when its controls are not understood, or a file that it depends on cannot be used.
  public func plan(_ request: GenerationRequest) throws(ControlError) -> ClipPlan {
    try plan(request, soundSeconds: soundSeconds(of: request))
  }

  /// The plan of a clip.
  /// - Parameter soundSeconds: how long its sound is, if that is not as long as the clip.
  func plan(_ request: GenerationRequest, soundSeconds: Double?) throws(ControlError) -> ClipPlan {
    let whole = sampleCount(request.seconds)
    return try ClipPlan(
      request, sampleCount: soundSeconds.map { sampleCount($0) } ?? whole,
      clipSampleCount: soundSeconds == nil || request.trims == true ? nil : whole,
      configuration: model.configuration, name: model.name)
  }

  /// Makes clips, several side by side where there are cores.
  /// - Parameters:
  ///   - isStopped: is asked on any thread before each step: where it says so, nothing more is done.
  ///   - progress: called from any thread after each step of each clip, and after each vocoding, with the number of pieces
  ///     of work done and of all.
  /// - Throws: what `plan` throws, before any work is done; `ControlError.noNumbers`, `stopped`.
  public func generate(
    _ requests: [GenerationRequest], progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in },
    isStopped: @escaping @Sendable () -> Bool = { false }
  ) throws(ControlError) -> [AudioClip] {
    var plans: [ClipPlan] = []
    for request in requests { plans.append(try plan(request)) }
    let counter = WorkCounter(total: Self.pieceCount(requests), tell: progress)
    let spare = threads > requests.count
    return try Parallel.map(plans.count, threads: threads) { [plans] index in
      Result { () throws(ControlError) in
        let channels = try self.channels(
          plans[index], threads: spare ? self.threads : 1, isStopped: isStopped
        ) { counter.advance() }
        return ClipFinish(plans[index]).finished(channels, sampleRate: self.model.configuration.mel.sampleRate)
      }
    }.map { result throws(ControlError) in try result.get() }
  }

  /// What is done to the recordings that a request names, for people: one line each.
  /// - Throws: what `plan` throws.
  public func remarks(on request: GenerationRequest) throws(ControlError) -> [String] {
    request.edit?.source == nil && request.controls?.follow == nil ? [] : try plan(request).remarks
  }

  /// The plan of a clip with a control track in place of what its request asks for.
  /// - Throws: what `plan` of the request throws.
  package func plan(_ request: GenerationRequest, track: ControlTrack?) throws(ControlError) -> ClipPlan {
    var plan = try plan(request, soundSeconds: nil)
    plan.track = track?.resized(to: plan.patchCount * model.configuration.denoiser.patchLength)
    return plan
  }

  /// The samples of one clip, made on this thread; of one with two channels their mean.
  /// - Throws: `ControlError.noNumbers`.
  package func samples(_ plan: ClipPlan) throws(ControlError) -> [Float] {
    let channels = try channels(plan, threads: 1, isStopped: { false }, step: {})
    return AudioClip(channels: channels, sampleRate: model.configuration.mel.sampleRate).samples
  }

  /// The channels of a clip: denoised, vocoded, and with what is kept of a source put back.
  ///
  /// Some noise becomes silence, most often where the prompt asks for a short sound. It is no result: other noise of the
  /// same seed is tried, up to three times.
  func channels(
    _ plan: ClipPlan, threads: Int, isStopped: @escaping () -> Bool, step: @escaping () -> Void
  ) throws(ControlError) -> [[Float]] {
    if let source = plan.source, source.isReturned { return source.channels }
    let sampleRate = model.configuration.mel.sampleRate
    var made = try sound(plan, threads: threads, isStopped: isStopped, step: step)
    if let source = plan.source {
      return source.restored(made, sampleRate: sampleRate, staysWithinScale: plan.request.hasFadesWithinScale)
    }
    for redraw: UInt64 in 1...3 where AudioClip(channels: made, sampleRate: sampleRate).isAllButSilent {
      made = try sound(plan, redraw: redraw, threads: threads, isStopped: isStopped) {}
    }
    return plan.beginsAnywhere ? LoopSeam.rotated(made) : made
  }

  private func sound(
    _ plan: ClipPlan, redraw: UInt64 = 0, threads: Int, isStopped: @escaping () -> Bool, step: @escaping () -> Void
  ) throws(ControlError) -> [[Float]] {
    let frames = try soundFrames(plan, redraw: redraw, threads: threads, isStopped: isStopped, step: step)
    let made = vocoded(frames, plan, threads: threads)
    step()
    return made
  }

  /// The channels of frames, with the notes that were asked for in tune, and on time: the mid, and what is made of it.
  func vocoded(_ frames: SoundFrames, _ plan: ClipPlan, threads: Int) -> [[Float]] {
    let mid = mid(of: frames, plan, threads: threads)
    guard plan.channelCount > 1 else { return [mid] }
    return widening.channels(of: mid, frames, plan.image, isCircular: plan.isLoop, threads: threads)
  }

  private func mid(of frames: SoundFrames, _ plan: ClipPlan, threads: Int) -> [Float] {
    let made = vocoder.synthesize(
      frames.mel, attacks: frames.attacks, sampleCount: plan.sampleCount, iterations: plan.request.vocoderIterations,
      seed: plan.request.chanceSeed, isCircular: plan.isLoop, threads: threads)
    let sound = plan.notes.map { notes in
      let tuned = tuning.tuned(made, to: notes, threads: threads)
      return plan.request.isOfSecondRevision ? tuned : Vocoder.softened(tuned)
    }
    return plan.onsets.isEmpty ? sound ?? made : timed(sound ?? made, onsets: plan.onsets)
  }

  /// The sound of placed frames with its notes on time.
  func timed(_ samples: [Float], onsets: [Double]) -> [Float] {
    placement.delayed(gate.gated(samples, onsets: onsets), sampleRate: model.configuration.mel.sampleRate)
  }
}
