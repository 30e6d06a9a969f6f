public import Foundation
package import Layers
import Storage
import Tensors

extension ModelSource.Voice {
  /// Refuses a folder that no voice can be in.
  /// - Throws: `VoiceError.holdsModel`, `ModelError.voice`.
  public static func check(_ folder: URL) throws {
    if let problem = problem(ofName: folder.standardizedFileURL.lastPathComponent) {
      throw ModelError.voice(path: folder.path, reason: problem)
    }
    let names = ["model.safetensors", "checkpoint.safetensors"]
    guard !names.contains(where: { FileIdentity.isTaken(folder.appendingPathComponent($0)) }) else {
      throw VoiceError.holdsModel(path: folder.path)
    }
  }

  /// The files that `write` makes, in this order.
  public static func files(in folder: URL) -> [URL] { [url(in: folder), folder.appendingPathComponent("config.json")] }

  /// Writes what is added to a model's weights, and `config.json` last, so that a voice is always whole.
  /// - Parameters:
  ///   - configuration: of what was learned; its network and its base become those of the model.
  ///   - base: the model's folder.
  /// - Throws: `ModelError`.
  package static func write(
    _ differences: WeightDifferences, _ configuration: ModelConfiguration, of base: URL, in folder: URL
  ) throws(ModelError) {
    let tensors = differences.tensors
    guard differences.fitHalfPrecision else {
      throw ModelError.cannotWrite(path: folder.path, reason: "its differences are larger than half precision holds")
    }
    var voice = configuration
    voice.denoiser = try ModelBundle.configuration(in: base).denoiser
    voice.base = .init(name: base.standardizedFileURL.lastPathComponent, weights: try ModelBundle.weightsHash(of: base))
    voice.originHash = nil
    voice.remembersOrigin = nil
    do {
      try DurableFile.makeFolder(folder)
      try Safetensors.write(tensors, to: url(in: folder))
      try voice.write(in: folder)
    } catch SafetensorsError.cannotWrite(_, let reason) {
      throw ModelError.cannotWrite(path: folder.path, reason: reason)
    } catch {
      throw ModelError.cannotWrite(path: folder.path, reason: error.systemReason)
    }
  }
}
