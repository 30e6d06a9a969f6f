public import Diffusion
import Foundation
package import Spectra
public import Tensors

/// Everything that decides what a training does, besides the data: two trainings of one plan give the same bytes.
public struct TrainingPlan: Codable, Sendable, Equatable {
  /// Steps of the optimizer in all.
  public var steps = 20_000
  /// Seconds in all, measuring and saving included, which `steps` is made to follow as it turns out how fast they come; nil
  /// where the number of steps was chosen.
  public var budgetSeconds: Double?
  /// The steps after which a plan of time ends too, though time is left; nil for none.
  public var stepLimit: Int?
  /// Clips in a step.
  public var batchSize = 32
  /// How many clips go through the network together, at most.
  public var microBatchSize = 12
  /// Gradients are summed in this many lanes, each its own thread if there are cores; the number, unlike the number of
  /// threads, decides the order of sums.
  public var laneCount = 4
  /// The highest learning rate, reached after `warmupSteps` and kept until the last `decayShare` of the steps, over which
  /// it falls to nothing along half a cosine.
  public var learningRate: Float = 1e-3
  public var warmupSteps = 300
  public var decayShare = 0.4
  public var optimizer = AdamW.Settings()
  /// Gradients longer than this are scaled down to it.
  public var gradientClip: Float = 1
  /// The moving average of weights remembers about 1 / (1 − decay) steps.
  public var averageDecay: Float = 0.9995
  /// The share of captions replaced by the empty one, so that guidance knows what sound is without a prompt.
  public var captionDropout: Float = 0.12
  /// The share of captions that show the network their sentence alone, with the tokens of the empty one. Tokens are easier
  /// to learn by heart, and a network that always has them hardly learns to hear the sentence, which is what captions
  /// that it has not read share with those that it has.
  public var tokenDropout: Float = 0.5
  /// How control tracks are shown.
  public var controls = ControlLessons()
  /// How clips are varied; nil leaves them as they are.
  public var augmentation: Augmentation?
  /// How much of each batch repeats what the model could do that the training begins with; nil for nothing.
  public var rehearsal: RehearsalPlan?
  /// Whose taste it goes by; nil for nobody's.
  public var liking: LikingPlan?
  /// Where on the way from noise to data the clips are shown. More widely than images want it (−0.6, 0.9): a clip is 1,152
  /// values a token that say much the same, so that its pitch and instrument can be made out at t = 0.05 already, and
  /// what the prompt decides is decided before; and its detail, which an image can do without, is learned above t = 0.8.
  /// There errors weigh no more than at t = 0.8, about the last that a sampler of eight steps looks at: by 1/(1 − t)² alone
  /// a clip at t = 0.9 would count seven times as much as one at t = 0.5.
  public var schedule = NoiseSchedule(logitMean: -1.1, logitDeviation: 1.6, minimumNoise: 0.2)
  /// How much the error of a band counts in which a semitone is narrower than a bin, as of one that lies higher: there a
  /// level that is wrong is a note that is out of tune. nil for as much.
  public var bassWeight: Float? = 3
  /// The longest and the shortest crop of a clip.
  public var maximumSeconds = 12.0
  public var minimumSeconds = 0.5
  /// The share of clips that are shown whole, up to `maximumSeconds`; of the others a crop of at most `excerptSeconds`.
  /// Tokens of one clip share their caption, their noise level and mostly their sound, so that two short crops teach more
  /// than one long, at the same cost; what only a whole clip can teach, how it goes on and ends, the whole ones do.
  public var wholeShare: Float = 0.3
  public var excerptSeconds = 2.5
  /// How much silence whole clips are followed by; nil, in checkpoints of older versions, for none.
  public var windows: Windows? = Windows()
  public var seed: UInt64 = 0
  /// What the network's products are computed in; nil for the lowest that the processor has, int8 if it has that, with
  /// which networks learn as well (docs/experiments/int8-training.md).
  public var precision: Precision?

  public init() {}

  /// Where the plan is one of time, makes the number of steps what time is left for, and no more than its limit.
  package mutating func followClock(at step: Int, seconds: Double, secondsPerStep: Double) {
    guard let budgetSeconds else { return }
    steps = min(step + Int(max(0, budgetSeconds - seconds) / secondsPerStep), stepLimit ?? .max)
  }

  /// The step from which on the learning rate falls.
  public var decayStart: Int { Int((Double(steps) * (1 - decayShare)).rounded(.up)) }

  /// The learning rate of a step, counted from 0.
  public func learningRate(at step: Int) -> Float {
    let warm = min(1, Float(step + 1) / Float(max(1, warmupSteps)))
    let start = Double(steps) * (1 - decayShare)
    let decaying = max(0, (Double(step) - start) / max(1, Double(steps) - start))
    return learningRate * warm * Float(0.5 + 0.5 * cos(Double.pi * min(1, decaying)))
  }

  /// The decay of the moving average at a step: short at first, so that it forgets the beginning.
  public func averageDecay(at step: Int) -> Float {
    min(averageDecay, Float(step + 1) / Float(step + 10))
  }

  /// How much each of a frame's values counts: low bands as `bassWeight` says, level differences, widths and attack values as
  /// much as one of the other bands.
  package func frameWeights(_ mel: MelConfiguration, _ layout: FrameLayout) -> [Float] {
    bandWeights(mel) + [Float](repeating: 1, count: layout.valueCount - layout.melBandCount)
  }

  /// How much each of a frame's bands counts.
  package func bandWeights(_ mel: MelConfiguration) -> [Float] {
    let semitone = exp2(1.0 / 12) - 1
    return MelFilterbank.warped(mel).centerHertz.map { $0 * semitone < mel.binHertz ? bassWeight ?? 1 : 1 }
  }

  /// The micro-batches of a step by lane, as numbers of its clips, with about as much to do in each, so that no thread waits
  /// for another.
  /// - Parameter lengths: of the clips.
  package func lanes(_ lengths: [Int]) -> [[[Int]]] {
    let laneCount = max(1, min(laneCount, lengths.count))
    // As many in each lane.
    let rounds = (lengths.count + laneCount * microBatchSize - 1) / (laneCount * microBatchSize)
    let count = min(lengths.count, laneCount * rounds)
    var micro = [(work: Int, clips: [Int])](repeating: (0, []), count: count)
    // The longest first, and of equals the first; each to where there is least to do.
    for clip in lengths.indices.sorted(by: { (lengths[$1], $0) < (lengths[$0], $1) }) {
      let open = micro.indices.filter { micro[$0].clips.count < microBatchSize }
      guard let least = open.min(by: { micro[$0].work < micro[$1].work }) else { break }
      micro[least].work += lengths[clip]
      micro[least].clips.append(clip)
    }
    return (0..<laneCount).map { lane in micro.indices.filter { $0 % laneCount == lane }.map { micro[$0].clips } }
  }
}
