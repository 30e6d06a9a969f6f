public import Foundation
import Spectra
import Storage
import Tensors

/// The file: safetensors with one tensor, `fingerprints`, `[clip, 128]` in bytes, and what else there is to say in its
/// metadata; 128 bytes a clip.
extension NoveltyIndex {
  private static let kind = "hiss novelty index"
  /// Raise when fingerprints come to mean something else.
  private static let version = "2"
  private static let tensorName = "fingerprints"

  /// Where a model's index lies.
  public static func url(inModel folder: URL) -> URL { folder.appendingPathComponent("novelty.index") }

  /// Writes the index, whole.
  /// - Throws: `NoveltyError.cannotWrite`.
  public func write(to url: URL) throws(NoveltyError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    do {
      let metadata = [
        "kind": Self.kind, "version": Self.version, "dataset": dataset,
        "medianHeldOutDistance": "\(medianHeldOutDistance)",
        "mel": String(decoding: try encoder.encode(mel), as: UTF8.self), "hash": Self.hash(of: values),
      ]
      try Safetensors.write(
        [(Self.tensorName, Tensor([clipCount, SoundFingerprint.count], values.map(Float.init)))],
        metadata: metadata, as: .uint8, to: url)
    } catch SafetensorsError.cannotWrite(_, let reason) {
      throw .cannotWrite(path: url.path, reason: reason)
    } catch {
      throw .cannotWrite(path: url.path, reason: error.systemReason)
    }
  }

  /// Reads an index, and checks every byte of it.
  /// - Throws: `NoveltyError.indexMissing` or `indexUnreadable`.
  public init(reading url: URL) throws(NoveltyError) {
    guard FileManager.default.fileExists(atPath: url.path) else { throw .indexMissing(path: url.path) }
    func unreadable(_ reason: String) -> NoveltyError { .indexUnreadable(path: url.path, reason: reason) }
    let file: SafetensorsFile
    let values: [UInt8]
    do {
      file = try SafetensorsFile(url)
      guard file.metadata["kind"] == Self.kind else { throw unreadable("it does not say that it is one") }
      values = try file.bytes(named: Self.tensorName)
    } catch let error as NoveltyError {
      throw error
    } catch {
      let reason = "\(error)"
      throw unreadable(reason.hasPrefix(url.path + ": ") ? String(reason.dropFirst(url.path.count + 2)) : reason)
    }
    let fields = file.metadata
    guard fields["version"] == Self.version else {
      throw unreadable(
        "its version is \((fields["version"] ?? "none").debugDescription), this program reads \(Self.version); "
          + "`hiss evaluate MODEL --dataset DIR --write-index` makes it again")
    }
    let shape = file.shape(of: Self.tensorName) ?? []
    guard shape.count == 2, shape[0] > 0, shape[1] == SoundFingerprint.count else {
      throw unreadable("its fingerprints have the shape \(shape)")
    }
    guard fields["hash"] == Self.hash(of: values) else { throw unreadable("its fingerprints are damaged") }
    guard let median = fields["medianHeldOutDistance"].flatMap(Double.init), median.isFinite, median > 0 else {
      throw unreadable("its calibration is no positive number")
    }
    guard let json = fields["mel"], let mel = try? JSONDecoder().decode(MelConfiguration.self, from: Data(json.utf8))
    else { throw unreadable("it does not say what frames it was made of") }
    self.init(dataset: fields["dataset"] ?? "", mel: mel, medianHeldOutDistance: median, values: values)
  }

  private static func hash(of values: [UInt8]) -> String {
    StableHash.hexadecimal(values.withUnsafeBytes { StableHash.of($0) })
  }
}
