public import Audio
import Diffusion
import Foundation
import Music
import Parallelism
import Spectra
package import Tensors

// What lies between two clips: the noise that they begin with, rotated from the one to the other; their control tracks, in
// a straight line; and at every step the mean of what the network predicts for either. Prompts have different numbers of
// tokens, so that their embeddings have no mean; predictions do, and the walk from noise to data is linear in them.

extension Synthesizer {
  /// What keeps this model from a clip on the way, in one line; nil if nothing does.
  public func problem(of morph: MorphRequest) -> String? {
    morph.problem ?? problem(of: morph.from) ?? problem(of: morph.to)
  }

  /// Makes clips on the way from one to another; ends are, bit for bit, the plain clips.
  ///
  /// A stochastic sampler's own noise, and the vocoder's, are those of `from`.
  /// - Parameters:
  ///   - isStopped: as in `generate` of plain clips.
  ///   - progress: likewise.
  /// - Throws: what `plan` throws of either end, before any work is done.
  public func generate(
    morphs: [MorphRequest], progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in },
    isStopped: @escaping @Sendable () -> Bool = { false }
  ) throws(ControlError) -> [AudioClip] {
    var plans: [MorphPlan] = []
    for morph in morphs {
      let seconds = soundSeconds(of: morph)
      plans.append(
        try MorphPlan(
          morph, plan(morph.from, soundSeconds: seconds), plan(morph.to, soundSeconds: seconds)))
    }
    let counter = WorkCounter(total: Self.pieceCount(morphs.map(\.from)), tell: progress)
    let spare = threads > morphs.count
    return try Parallel.map(plans.count, threads: threads) { [plans] index in
      Result { () throws(ControlError) in
        let channels = try self.channels(
          plans[index], threads: spare ? self.threads : 1, isStopped: isStopped
        ) { counter.advance() }
        return ClipFinish(plans[index].end ?? plans[index].from).finished(
          channels, sampleRate: self.model.configuration.mel.sampleRate)
      }
    }.map { result throws(ControlError) in try result.get() }
  }

  private func channels(
    _ morph: MorphPlan, threads: Int, isStopped: @escaping () -> Bool, step: @escaping () -> Void
  ) throws(ControlError) -> [[Float]] {
    if let end = morph.end { return try channels(end, threads: threads, isStopped: isStopped, step: step) }
    let plan = morph.from
    let frames = try frames(morph, threads: threads, isStopped: isStopped, step: step)
    let made = vocoded(frames, plan, threads: threads)
    step()
    return made
  }

  private func frames(
    _ morph: MorphPlan, threads: Int, isStopped: @escaping () -> Bool, step: @escaping () -> Void
  ) throws(ControlError) -> SoundFrames {
    let denoisers = [morph.from, morph.to].map {
      GuidedDenoiser(model.denoiser, $0, captions: captions, precision: precision, threads: threads)
    }
    let noise = noise(of: morph.from).slerp(toward: noise(of: morph.to), fraction: morph.fraction)
    return try soundFrames(morph.from, noise: noise, isStopped: isStopped, step: step) { z, t, offset in
      let made = denoisers.map { $0(z, t, rotatedBy: offset) }
      return made[0].moved(by: Float(morph.fraction), from: made[0], to: made[1])
    }
  }
}

/// Both ends of a clip on the way, with the control tracks of the place between them.
private struct MorphPlan: Sendable {
  let from: ClipPlan
  let to: ClipPlan
  let fraction: Double
  /// The plain clip that this is.
  let end: ClipPlan?

  init(_ morph: MorphRequest, _ from: ClipPlan, _ to: ClipPlan) {
    precondition(from.patchCount == to.patchCount, "ends of \(from.patchCount) and \(to.patchCount) patches")
    fraction = morph.fraction
    end = fraction == 0 ? from : fraction == 1 ? to : nil
    var (near, far) = (from, to)
    if end == nil, let first = from.track, let second = to.track {
      near.track = first.moved(toward: second, fraction: fraction)
      far.track = second.moved(toward: first, fraction: 1 - fraction)
    }
    if end == nil { near.lie(fraction, between: from, and: to) }
    (self.from, self.to) = (near, far)
  }
}

extension Tensor {
  /// Spherical interpolation (slerp: Shoemake 1985): rotated from this direction a part of the way to another's, its length a
  /// part of the way too. A mean of noises would be quieter than noise.
  /// - Parameter fraction: 0 … 1.
  package func slerp(toward other: Tensor, fraction: Double) -> Tensor {
    precondition(shape == other.shape, "shapes \(shape) and \(other.shape) differ")
    var (squares, otherSquares, product) = (0.0, 0.0, 0.0)
    let (first, second) = (values, other.values)
    for (a, b) in zip(first, second) {
      squares += Double(a) * Double(a)
      otherSquares += Double(b) * Double(b)
      product += Double(a) * Double(b)
    }
    let (length, otherLength) = (squares.squareRoot(), otherSquares.squareRoot())
    guard fraction > 0, length > 0, otherLength > 0 else { return self }
    let angle = acos(max(-1, min(1, product / (length * otherLength))))
    // Of one direction, or of opposite ones, between which there is no shortest way.
    guard sin(angle) > 1e-6 else { return fraction < 0.5 ? self : other }
    let wanted = length + fraction * (otherLength - length)
    let part = Float(wanted / length * sin((1 - fraction) * angle) / sin(angle))
    let otherPart = Float(wanted / otherLength * sin(fraction * angle) / sin(angle))
    return Tensor(shape, zip(first, second).map { part * $0 + otherPart * $1 })
  }
}
