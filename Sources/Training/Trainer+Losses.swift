public import Denoising
import Diffusion
import Foundation
import Parallelism
import Ranks
import Spectra
import Tensors

/// What a network is compared by.
extension Trainer {
  /// The loss of the moving average, or of another network, on clips never learned from, and on as many that are, measured
  /// in the same way: up to `limit` of them, their first 12 seconds, each at eight fixed times that split the distribution
  /// of Li and He's training times evenly, with fixed noise. No control is shown, and nothing is varied.
  /// - Returns: nil when nothing was held out.
  public func losses(limit: Int = 48, of judged: DiffusionTransformer? = nil) -> Losses? {
    if let judged { return losses(limit: limit, of: judged, among: nil) }
    collect()
    tellToJudge(limit: limit)
    return judge(limit: limit)
  }

  /// The losses of the moving average, each rank's share of the clips on that rank.
  func judge(limit: Int) -> Losses? {
    losses(limit: limit, of: average, among: shards?.ranks)
  }

  private func losses(limit: Int, of judged: DiffusionTransformer, among ranks: (any RankGroup)?) -> Losses? {
    let heldOut = Array(dataset.heldOutIndices.prefix(limit))
    guard !heldOut.isEmpty else { return nil }
    // Spread over the set, whose order may mean something.
    let learned = dataset.trainingIndices.spread(heldOut.count)
    return Losses(
      heldOut: meanLoss(of: judged, on: heldOut, among: ranks), learned: meanLoss(of: judged, on: learned, among: ranks)
    )
  }

  /// Of clips that it has learned from, and of others.
  public struct Losses: Sendable, Equatable {
    public var heldOut: Double
    public var learned: Double

    /// How much worse it is at what it has not learned: near 1 while it learns what the clips have in common, more when
    /// it learns them by heart.
    public var gap: Double { heldOut / learned }
  }

  private func meanLoss(of judged: DiffusionTransformer, on clips: [Int], among ranks: (any RankGroup)?) -> Double {
    let own = ranks?.share(of: clips.count) ?? Array(clips.indices)
    let part = Parallel.map(own.count, threads: threads) { [work = Work(self)] number in
      work.trainer.loss(of: judged, on: clips[own[number]], number: own[number])
    }
    let losses = ranks?.merge(part, total: clips.count) ?? part
    return losses.reduce(0, +) / Double(losses.count)
  }

  private func loss(of judged: DiffusionTransformer, on clip: Int, number: Int) -> Double {
    let patch = network.configuration.patchLength
    let frames = min(Double(dataset.frameCount(clip)), plan.maximumSeconds * dataset.mel.framesPerSecond)
    let example = TrainingExample(
      clip: clip, start: 0, patchCount: max(1, Int((frames / Double(patch)).rounded(.up))),
      random: RandomSource(seed: TrainingStream.judgingSeed).split(UInt64(number)))
    let times = Self.evenTimes(8, of: yardstick.schedule)
    let losses = times.map { time in
      let batch = batch([example], from: dataset, times: [time])
      let prediction = batch.prediction(of: judged, on: Tape.inference()).value
      return yardstick.evaluate(
        prediction: prediction, clean: batch.clean, times: [time], elementCounts: batch.elementCounts
      ).loss
    }
    return losses.reduce(0, +) / Double(losses.count)
  }
}
