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

  /// Names in the file what it was learned from.
  private static let weightsKey = "weights"

  /// Reads what a model's folder has of it; nil where it has nothing, or what was learned from other weights.
  /// - Throws: `ModelError` when the file is damaged, or not of this network.
  init?(inModel folder: URL, addedTo base: DiffusionTransformer) throws(ModelError) {
    let url = Self.url(inModel: folder)
    guard FileManager.default.fileExists(atPath: url.path) else { return nil }
    let learnedFrom: String?
    do { learnedFrom = try SafetensorsFile(url).metadata[Self.weightsKey] } catch { throw .weights(.file(error)) }
    guard learnedFrom == (try ModelBundle.weightsHash(of: folder)) else { return nil }
    self.base = base
    do { differences = try WeightDifferences(reading: url, of: base.copy(leapCount: Leap.featureCount)) } catch {
      throw .weights(error)
    }
  }

  /// Writes it into a model's folder.
  /// - Parameter weights: `ModelBundle.weightsHash(of:)` of the model that it was learned from.
  /// - Throws: `ModelError.cannotWrite`.
  package static func write(
    _ differences: WeightDifferences, learnedFrom weights: String, inModel folder: URL
  ) throws(ModelError) {
    let url = url(inModel: folder)
    guard differences.fitHalfPrecision else {
      throw .cannotWrite(path: url.path, reason: "its differences are larger than half precision holds")
    }
    do { try Safetensors.write(differences.tensors, metadata: [weightsKey: weights], to: url) } catch {
      throw .cannotWrite(path: url.path, reason: "\(error)")
    }
  }

  /// What tells the file of a model's folder from others; nil where there is none.
  /// - Throws: `ModelError.unreadable`.
  static func hash(inModel folder: URL) throws(ModelError) -> String? {
    let url = url(inModel: folder)
    return FileManager.default.fileExists(atPath: url.path) ? try ModelBundle.fileHash(of: url) : nil
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
