import Diffusion
import Parallelism
import Tensors

/// Keeps a clip from its negative prompt: takes away what the network sees in noise with that prompt beyond what it sees
/// with none (Liu et al. 2022, "Compositional Visual Generation with Composable Diffusion Models").
///
/// x̂ − scale·w·(x̂_n − x̂_u), where w is the weight of the prompt at that time: the guidance scale while guidance is on,
/// else 1; differences below 0 count half. With less than w, what a prompt asks for outweighs what should not be there. In
/// place of the empty prompt the negative one had w − 1, and nothing when guidance had ended
/// (`docs/experiments/exclusion.md`).
struct Avoidance {
  let negative: Branch
  let empty: Branch
  let scale: Float
  let guidance: Guidance

  /// From noise alone nothing is seen yet that could be kept away.
  private static let start: Float = 0.01

  /// A prediction of the clean patches, kept from the negative prompt.
  func kept(_ prediction: Tensor, _ z: Tensor, _ t: Float, rotatedBy offset: Int, threads: Int) -> Tensor {
    guard t >= Self.start else { return prediction }
    let lanes = Parallel.lanes(2, threads: threads)
    let made = Parallel.map(2, threads: lanes) { [negative, empty] in
      ($0 == 0 ? negative : empty).denoise(z, t, rotatedBy: offset, threads: threads / lanes)
    }
    let weight = guidance.applies(at: t) ? guidance.scale : 1
    return Self.without(made[0], beyond: made[1], times: scale * weight, prediction)
  }

  /// What the negative prompt has less of than the empty one is added so much more weakly than what it has more of is taken
  /// away: with all of it the clip gets louder, by 7 dB and more, with none of it as much softer.
  private static let addition: Float = 0.5

  /// The prediction without what one has beyond another.
  private static func without(
    _ negative: Tensor, beyond empty: Tensor, times weight: Float, _ prediction: Tensor
  ) -> Tensor {
    var kept = prediction
    kept.withUnsafeMutable { kept in
      negative.withUnsafe { negative in
        empty.withUnsafe { empty in
          for index in 0..<prediction.count {
            let beyond = negative[index] - empty[index]
            kept[index] -= weight * (beyond > 0 ? beyond : addition * beyond)
          }
        }
      }
    }
    return kept
  }
}
