import Denoising
import Layers
import Parallelism
import Tensors

/// A network of which little is learned: differences of low rank from its matrices, and a few parameters whole. The rest
/// stays as it is.
final class LowRankLearner: @unchecked Sendable {
  // Sendable: between steps nothing changes, and a step is taken on one thread.
  let network: DiffusionTransformer
  private let adapters: [LowRankAdapter]
  private let whole: [Parameter]
  private let optimizer: AdamW

  /// - Parameters:
  ///   - network: learns in place.
  ///   - rank: of the differences; a matrix that is not twice as wide stays.
  ///   - adapts: the beginnings of the names of matrices that learn.
  ///   - whole: parameters that learn themselves.
  init(_ network: DiffusionTransformer, rank: Int, adapts: [String], whole: [Parameter] = [], seed: UInt64) {
    self.network = network
    self.whole = whole
    let random = RandomSource(seed: seed).stream(.weights)
    let adapted = Self.matrices(of: network, adapts).filter { ($0.value.shape.min() ?? 0) > 2 * rank }
    adapters = adapted.map { LowRankAdapter($0, rank: rank, random: random) }
    optimizer = AdamW(adapters.flatMap { [$0.left, $0.right] } + whole)
    TensorPool.shared.useHugePages()
  }

  private static func matrices(of network: DiffusionTransformer, _ adapts: [String]) -> [Parameter] {
    network.parameters.filter { parameter in
      parameter.value.shape.count == 2 && adapts.contains { parameter.name.hasPrefix($0) }
    }
  }

  /// The largest rank with which any of those matrices learns.
  static func largestRank(for network: DiffusionTransformer, adapts: [String]) -> Int {
    matrices(of: network, adapts).map { (($0.value.shape.min() ?? 0) - 1) / 2 }.max() ?? 0
  }

  /// Takes a step of a plan.
  /// - Parameters:
  ///   - lengths: of the batch's examples, which the plan's lanes share.
  ///   - learn: adds the gradients of some examples, by their numbers, to others, and tells their loss; on any thread.
  /// - Returns: the batch's loss.
  func step(
    _ number: Int, of plan: TrainingPlan, lengths: [Int], threads: Int,
    learn: @Sendable (_ examples: [Int], _ gradients: Gradients) -> Double
  ) -> Double {
    let lanes = plan.lanes(lengths)
    let results = Parallel.map(lanes.count, threads: threads) { lane in
      let gradients = Gradients()
      let losses = lanes[lane].filter { !$0.isEmpty }.map { learn($0, gradients) }
      return LaneResult(gradients: gradients, loss: losses.reduce(0, +))
    }
    optimizer.step(
      [gradients(of: results.map(\.gradients), threads: threads)], learningRate: plan.learningRate(at: number),
      clip: plan.gradientClip, threads: threads)
    Parallel.forEach(adapters.count, threads: threads) { [adapters] in adapters[$0].apply() }
    return results.reduce(0) { $0 + $1.loss }
  }

  private struct LaneResult: @unchecked Sendable {
    // Sendable: a lane's gradients are its own.
    let gradients: Gradients
    let loss: Double
  }

  /// What was learned, as a file holds it: of parameters that learn whole what they are, beginning as zeros.
  var differences: WeightDifferences {
    WeightDifferences(
      adapters.map { ($0.parameter.name, $0.difference) } + whole.map { ($0.name, .whole($0.value)) })
  }

  /// Those of the adapters' factors and of the whole parameters, of what lanes give.
  private func gradients(of lanes: [Gradients], threads: Int) -> Gradients {
    let sums = adapters.map { Self.sum(of: $0.parameter, lanes) }
    let parts = Parallel.map(adapters.count, threads: threads) { [adapters] in adapters[$0].gradients(of: sums[$0]) }
    let gradients = Gradients()
    func add(_ tensor: Tensor, to parameter: Parameter) {
      gradients.accumulate(parameter) { sum in
        tensor.withUnsafe { for index in 0..<tensor.count { sum[index] += $0[index] } }
      }
    }
    for (adapter, part) in zip(adapters, parts) {
      add(part.left, to: adapter.left)
      add(part.right, to: adapter.right)
    }
    for parameter in whole { add(Self.sum(of: parameter, lanes), to: parameter) }
    return gradients
  }

  private static func sum(of parameter: Parameter, _ lanes: [Gradients]) -> Tensor {
    Tensor.sum(lanes.map { $0.take(parameter) })?.sum ?? Tensor(parameter.value.shape)
  }
}
