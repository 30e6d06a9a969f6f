import Layers
import Tensors

extension DiffusionTransformer {
  /// Takes the weights of another network of these sizes, instead of random ones. What that one lacks, such as a layer for
  /// controls, stays new, and changes nothing at first. Of frames with more values the network knows nothing beside the
  /// first, those of the other: it does not hear them, and says the mean of each, until it has learned (their weights are
  /// zeros, which do get gradients: what they are between has weights).
  package func begin(with origin: DiffusionTransformer) {
    let values = Dictionary(origin.parameters.map { ($0.name, $0.value) }) { first, _ in first }
    let controlWeights = [controls, refinement?.controls].compactMap { $0?.weight }
    for parameter in parameters {
      guard let value = values[parameter.name] else { continue }
      let known = controlWeights.contains { $0 === parameter } ? widened(value, from: origin) : value
      parameter.value = framed(known, as: parameter, from: origin)
    }
    if origin.alignment == nil { alignment?.silence() }
  }

  /// What a layer says of frames, `[…, frames · frameWidth]` or `[frames · frameWidth, …]`, of a network whose frames have
  /// fewer values, which are the first of them; other weights as they are.
  private func framed(_ known: Tensor, as parameter: Parameter, from origin: DiffusionTransformer) -> Tensor {
    let (old, new) = (origin.configuration.frameWidth, configuration.frameWidth)
    guard old != new else { return known }
    let heard = [squeeze, refinement?.noisy, refinement?.coarse, expectation?.token].compactMap { $0?.weight }
    let said = [output, refinement?.linear, refinement?.nonlinear, expectation?.frames, expectation?.gate]
      .compactMap(\.self)
    let hears = heard.contains { $0 === parameter }
    guard hears || said.contains(where: { $0.weight === parameter || $0.bias === parameter }) else { return known }
    // A row of a weight that says a value goes with it.
    let width = hears || known.shape.count == 1 ? 1 : known.shape[1]
    let groups = known.count / (old * width)
    var value = Tensor(parameter.value.shape)
    value.withUnsafeMutable { value in
      known.withUnsafe { known in
        for group in 0..<groups {
          (value + group * new * width).update(from: known + group * old * width, count: old * width)
        }
      }
    }
    return value
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

  /// A network of its own with these weights, which are shared until either changes them.
  /// - Parameter leapCount: lets it be told of leaps too, which change nothing before it has learned; nil for as this one.
  package func copy(leapCount: Int? = nil) -> DiffusionTransformer {
    var sizes = configuration
    sizes.leapCount = leapCount ?? sizes.leapCount
    let network = DiffusionTransformer(sizes, nil)
    let values = Dictionary(parameters.map { ($0.name, $0.value) }) { first, _ in first }
    for parameter in network.parameters { parameter.value = values[parameter.name] ?? Tensor(parameter.value.shape) }
    return network
  }
}
