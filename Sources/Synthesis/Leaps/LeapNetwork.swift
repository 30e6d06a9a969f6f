package import Denoising
package import Diffusion
package import Foundation
package import Layers
import Synchronization
import Tensors

/// The network of a model that goes from noise to sound in two steps: what `leaps.safetensors` adds to the model's weights.
/// The model's own network, which takes more steps, stays as it is.
public final class LeapNetwork: Sendable {
  private let base: DiffusionTransformer
  private let differences: WeightDifferences
  private let made = Mutex<DiffusionTransformer?>(nil)

  package static let fileName = "leaps.safetensors"
  package static func url(inModel folder: URL) -> URL { folder.appendingPathComponent(fileName) }

  /// - Parameter base: the model's network, with the weights of its voices.
  package init(_ differences: WeightDifferences, addedTo base: DiffusionTransformer) {
    (self.differences, self.base) = (differences, base)
  }

  /// Reads what a model's folder has of it; nil where it has nothing.
  /// - Throws: `WeightsError` when the file is damaged, or not of this network.
  init?(inModel folder: URL, addedTo base: DiffusionTransformer) throws(WeightsError) {
    let url = Self.url(inModel: folder)
    guard FileManager.default.fileExists(atPath: url.path) else { return nil }
    self.base = base
    differences = try WeightDifferences(reading: url, of: base.copy(leapCount: Leap.featureCount))
  }

  /// The network. Its weights are added up where it is wanted first.
  var network: DiffusionTransformer {
    made.withLock { made in
      if let made { return made }
      let network = base.copy(leapCount: Leap.featureCount)
      differences.add(to: network, times: 1)
      made = network
      return network
    }
  }
}
