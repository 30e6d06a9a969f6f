import Layers
import Tensors

extension DiffusionTransformer {
  /// Takes the weights of another network of these sizes, instead of random ones. What that one lacks, such as a layer for
  /// controls, stays new, and changes nothing at first.
  package func begin(with origin: DiffusionTransformer) {
    let values = Dictionary(origin.parameters.map { ($0.name, $0.value) }) { first, _ in first }
    let controlWeights = [controls, refinement?.controls].compactMap { $0?.weight }
    for parameter in parameters {
      guard let value = values[parameter.name] else { continue }
      parameter.value = controlWeights.contains { $0 === parameter } ? widened(value, from: origin) : value
    }
    if origin.alignment == nil { alignment?.silence() }
  }

  /// The weight of a layer for controls, `[out, frames · controlCount]`, of a network that takes fewer of each frame, which
  /// are the first of them: for all that this one takes, of which it hears those alone.
  private func widened(_ known: Tensor, from origin: DiffusionTransformer) -> Tensor {
    let (old, new) = (origin.configuration.controlCount, configuration.controlCount)
    let rows = known.count / old
    // What both multiply their values by is not the same.
    let factor = origin.controlFactor / controlFactor
    var value = Tensor([known.shape[0], known.shape[1] / old * new])
    value.withUnsafeMutable { value in
      known.withUnsafe { known in
        for row in 0..<rows {
          for index in 0..<old { value[row * new + index] = factor * known[row * old + index] }
        }
      }
    }
    return value
  }
}
