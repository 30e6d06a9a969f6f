import Denoising
public import Foundation
import Layers
import Tensors

extension ModelSource {
  /// A voice's folder: the `config.json` of the model that was trained, which names its base, and `voice.safetensors`, what
  /// is added to the base's weights; beside them what that model had learned of words, lengths and sounds.
  public struct Voice: Sendable, Equatable {
    public let folder: URL
    /// What its difference is multiplied by.
    public let weight: Double
    public let configuration: ModelConfiguration
    public let base: ModelConfiguration.Base

    /// Weights that make sense: none, as it was learned, and beyond.
    public static let weights = 0.0...2.0
    public static let fileName = "voice.safetensors"

    /// - Throws: `ModelError`; `noVoice` for the folder of a model.
    public init(folder: URL, weight: Double) throws(ModelError) {
      configuration = try ModelBundle.configuration(in: folder)
      guard let base = configuration.base else { throw .noVoice(path: folder.path) }
      guard Self.weights.contains(weight) else {
        throw .voice(path: folder.path, reason: "a voice's weight is between 0 and 2, and not \(weight)")
      }
      (self.folder, self.weight, self.base) = (folder, weight, base)
    }

    /// The folder's name.
    public var name: String { folder.standardizedFileURL.lastPathComponent }

    /// Its name and its weight, as `VoiceReference` reads them.
    var reference: String {
      weight == 1 ? name : "\(name):" + (weight == weight.rounded() ? "\(Int(weight))" : "\(weight)")
    }

    /// What keeps a folder's name from being a voice's, in a few words; nil if nothing does.
    static func problem(ofName name: String) -> String? {
      name.contains { "+:".contains($0) }
        ? "a voice's name has no + and no :, which stand between names and weights" : nil
    }

    static func url(in folder: URL) -> URL { folder.appendingPathComponent(fileName) }

    /// Adds it to the weights of its base.
    /// - Throws: `ModelError.weights` when its file is damaged, or not of this network.
    func add(to network: DiffusionTransformer) throws(ModelError) {
      let url = Self.url(in: folder)
      do {
        try WeightDifferences(reading: url, of: network).add(to: network, times: Float(weight))
      } catch { throw .weights(error) }
      if let name = network.parameters.first(where: { !$0.value.isFinite })?.name {
        throw .weights(.notFinite(path: url.path, name: name))
      }
    }
  }
}
