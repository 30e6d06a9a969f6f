import Diffusion
import Parallelism
import Tensors

/// Keeps a clip from its negative prompt: takes away what the network sees in noise with that prompt beyond what it sees with
/// none (Liu et al. 2022, "Compositional Visual Generation with Composable Diffusion Models").
///
/// x̂ − scale·w·(x̂_n − x̂_u), where w is the weight of the prompt at that time: the guidance scale while guidance is on, else
/// 1. With less than w, what a prompt asks for outweighs what should not be there; with the negative prompt in place of the empty
/// one it is w − 1, and nothing when guidance has ended (docs/experiments/exclusion.md).
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
    return prediction.moved(by: -scale * weight, from: made[1], to: made[0])
  }
}
