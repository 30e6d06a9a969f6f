public import Foundation
import Spectra
import Storage
import Tensors

/// The file: safetensors with one tensor, `fingerprints`, `[clip, 128]` in bytes, and what else there is to say in its
/// metadata; 128 bytes a clip. A second one, `clips`, is a JSON array in UTF-8 of what the clips are, where that is known.
extension NoveltyIndex {
  private static let kind = "hiss novelty index"
  /// Raise when fingerprints come to mean something else.
  private static let version = "2"
  private static let tensorName = "fingerprints"
  private static let clipsName = "clips"

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
      var tensors: [(name: String, tensor: Tensor)] = [
        (Self.tensorName, Tensor([clipCount, SoundFingerprint.count], values.map(Float.init)))
      ]
      if !clips.isEmpty {
        let names = try encoder.encode(clips).map(Float.init)
        tensors.append((Self.clipsName, Tensor([names.count], names)))
      }
      try Safetensors.write(tensors, metadata: metadata, as: .uint8, to: url)
    } catch SafetensorsError.cannotWrite(_, let reason) {
      throw .cannotWrite(path: url.path, reason: reason)
    } catch {
      throw .cannotWrite(path: url.path, reason: error.systemReason)
    }
  }

  /// The data set that a file says it is the index of, whatever its version; nil where it is no index.
  public static func dataset(of url: URL) -> String? {
    guard let fields = (try? SafetensorsFile(url))?.metadata, fields["kind"] == kind else { return nil }
    return fields["dataset"] ?? ""
  }

  /// Clips of the largest index that is read; its file has half a gigabyte.
  private static let mostClips = 1 << 22

  /// Reads an index, and checks every byte of it; its size and what it says of itself come first, so that a large file that
  /// is none is refused rather than read.
  /// - Parameter withClips: whether what the clips are is read too, which nobody needs who only compares.
  /// - Throws: `NoveltyError.indexMissing` or `indexUnreadable`.
  public init(reading url: URL, withClips: Bool = false) throws(NoveltyError) {
    guard FileManager.default.fileExists(atPath: url.path) else { throw .indexMissing(path: url.path) }
    func unreadable(_ reason: String) -> NoveltyError { .indexUnreadable(path: url.path, reason: reason) }
    func reading<Value>(_ body: () throws(SafetensorsError) -> Value) throws(NoveltyError) -> Value {
      do { return try body() } catch {
        let reason = "\(error)"
        throw unreadable(reason.hasPrefix(url.path + ": ") ? String(reason.dropFirst(url.path.count + 2)) : reason)
      }
    }
    let file = try reading { () throws(SafetensorsError) in try SafetensorsFile(url) }
    let fields = file.metadata
    guard fields["kind"] == Self.kind else { throw unreadable("it does not say that it is one") }
    guard fields["version"] == Self.version else {
      throw unreadable(
        "its version is \((fields["version"] ?? "none").debugDescription), this program reads \(Self.version); "
          + "`hiss evaluate MODEL --dataset DIR --write-index` makes it again")
    }
    let shape = file.shape(of: Self.tensorName) ?? []
    guard shape.count == 2, (1...Self.mostClips).contains(shape[0]), shape[1] == SoundFingerprint.count else {
      throw unreadable("its fingerprints have the shape \(shape)")
    }
    guard let median = fields["medianHeldOutDistance"].flatMap(Double.init), median.isFinite, median > 0 else {
      throw unreadable("its calibration is no positive number")
    }
    guard let json = fields["mel"], let mel = try? JSONDecoder().decode(MelConfiguration.self, from: Data(json.utf8))
    else { throw unreadable("it does not say what frames it was made of") }
    let hash = try reading { () throws(SafetensorsError) in
      try file.withBytes(named: Self.tensorName) { StableHash.hexadecimal(StableHash.of($0)) }
    }
    guard fields["hash"] == hash else { throw unreadable("its fingerprints are damaged") }
    let values = try reading { () throws(SafetensorsError) in try file.bytes(named: Self.tensorName) }
    self.init(
      dataset: fields["dataset"] ?? "", mel: mel, medianHeldOutDistance: median, values: values,
      clips: withClips ? Self.clips(in: file, count: shape[0]) : [])
  }

  /// What the clips of a file are; none where it does not say, or not of each.
  private static func clips(in file: SafetensorsFile, count: Int) -> [TrainingClip] {
    guard let bytes = try? file.bytes(named: clipsName),
      let clips = try? JSONDecoder().decode([TrainingClip].self, from: Data(bytes)), clips.count == count
    else { return [] }
    return clips
  }

  private static func hash(of values: [UInt8]) -> String {
    StableHash.hexadecimal(values.withUnsafeBytes { StableHash.of($0) })
  }
}
