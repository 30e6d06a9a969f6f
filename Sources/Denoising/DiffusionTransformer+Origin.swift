import Layers
import Tensors

extension DiffusionTransformer {
  /// Takes the weights of another network of these sizes, instead of random ones. What that one lacks, such as a layer for
  /// controls, stays new, and changes nothing at first.
  package func begin(with origin: DiffusionTransformer) {
    let values = Dictionary(origin.parameters.map { ($0.name, $0.value) }) { first, _ in first }
    for parameter in parameters where parameter.name != controls?.weight.name {
      if let value = values[parameter.name] { parameter.value = value }
    }
    if origin.alignment == nil { alignment?.silence() }
    beginControls(with: origin)
  }

  /// The layer for controls of a network that takes fewer of each frame, which are the first of them; it does the same.
  private func beginControls(with origin: DiffusionTransformer) {
    guard let weight = controls?.weight, let known = origin.controls?.weight.value else { return }
    let (old, new) = (origin.configuration, configuration)
    // What both multiply their values by is not the same.
    let factor = origin.controlFactor / controlFactor
    var value = Tensor(weight.value.shape)
    value.withUnsafeMutable { value in
      known.withUnsafe { known in
        for row in 0..<new.width {
          for frame in 0..<new.patchLength {
            let from = known + row * old.controlWidth + frame * old.controlCount
            let to = value + row * new.controlWidth + frame * new.controlCount
            for index in 0..<old.controlCount { to[index] = factor * from[index] }
          }
        }
      }
    }
    weight.value = value
  }
}
