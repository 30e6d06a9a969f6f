import Diffusion
import Novelty

/// How well the denoiser does its work on clips that it has learned from, and on others.
public struct FitReport: Codable, Sendable, Equatable {
  /// Mean squared errors at one noise level, on the network's scale, where clips have a variance of about 0.36.
  public struct Level: Codable, Sendable, Equatable {
    /// 0 is noise, 1 the clip.
    public var time: Double
    public var heldOut: Double
    public var training: Double
    /// Held-out clips, guessed without having learned: the training set's mean frame, the best linear guess from each
    /// noisy value by itself, the nearest training clip in its best place.
    public var meanFrame: Double
    public var linear: Double
    public var nearestClip: Double

    /// How much of the better trivial guess's error the denoiser takes away: 0 for none, 1 for all.
    public var skill: Double { 1 - heldOut / max(min(meanFrame, linear), 1e-12) }
  }

  public var levels: [Level]
  /// Clips that were measured, of each kind.
  public var heldOutClips: Int
  public var trainingClips: Int
  /// The held-out over the training loss, and its standard error; the loss is the mean over the levels of the errors,
  /// each over max(1 − t, 0.1)², as training weights them.
  public var lossRatio: Double
  public var lossRatioError: Double?
  /// The mean skill at the levels where the prompt and the shape of the clip are decided, t ≤ 0.35.
  public var skill: Double

  /// Of errors of clips, `[clip][level]`.
  init(
    heldOut: [DenoisingErrors.Errors], training: [DenoisingErrors.Errors], nearestClip: Double
  ) {
    let times = DenoisingErrors.times
    let schedule = NoiseSchedule.standard
    func mean(_ clips: [DenoisingErrors.Errors], _ value: (DenoisingErrors.Errors) -> Double) -> Double {
      Statistics.mean(clips.map(value))
    }
    func losses(_ clips: [DenoisingErrors.Errors]) -> [Double] {
      clips.map { clip in Statistics.mean(zip(clip.network, times).map { $0 * Double(schedule.lossWeight(at: $1)) }) }
    }
    levels = times.indices.map { level in
      Level(
        time: (Double(times[level]) * 1000).rounded() / 1000, heldOut: mean(heldOut) { $0.network[level] },
        training: mean(training) { $0.network[level] }, meanFrame: mean(heldOut) { $0.meanFrame },
        linear: mean(heldOut) { $0.linear[level] }, nearestClip: nearestClip)
    }
    heldOutClips = heldOut.count
    trainingClips = training.count
    let (apart, known) = (losses(heldOut), losses(training))
    let ratio = Statistics.mean(apart) / max(Statistics.mean(known), 1e-12)
    lossRatio = ratio
    let shares = [apart, known].map { Statistics.standardError($0) / Statistics.mean($0) }
    let error = ratio * (shares[0] * shares[0] + shares[1] * shares[1]).squareRoot()
    lossRatioError = error.isFinite ? error : nil
    skill = Statistics.mean(levels.filter { $0.time <= 0.35 }.map(\.skill))
  }

  /// A report of known figures.
  package init(
    levels: [Level], heldOutClips: Int, trainingClips: Int, lossRatio: Double, lossRatioError: Double?, skill: Double
  ) {
    self.levels = levels
    self.heldOutClips = heldOutClips
    self.trainingClips = trainingClips
    self.lossRatio = lossRatio
    self.lossRatioError = lossRatioError
    self.skill = skill
  }
}
