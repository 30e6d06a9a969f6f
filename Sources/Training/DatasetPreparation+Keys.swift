import Foundation
import Spectra
import Storage
import Tensors
import Text

/// What the caches are found by, and what is in them.
extension DatasetPreparation {
  /// Raise when the analysis of the same audio under the same configuration comes to give other values.
  private static let analysisVersion = 1
  /// Likewise of what frames have beside mel bands.
  private static let partsVersion = 1

  /// An encoder is known by what it makes of this.
  static let probeCaption = "a warm analog pad in D minor, 92 bpm"

  static func cacheFolder(for directory: URL, in cache: URL) -> URL {
    let path = directory.standardizedFileURL.path
    let hash = StableHash.hexadecimal(StableHash.of(path)).prefix(8)
    return cache.appendingPathComponent("\(directory.standardizedFileURL.lastPathComponent)-\(hash)")
  }

  static func framesPrefix(_ mel: MelConfiguration, _ parts: FrameParts) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let configuration = (try? encoder.encode(mel)).map { String(decoding: $0, as: UTF8.self) } ?? "\(mel)"
    // Mel frames alone are called as ever.
    let others = parts == .mel ? "" : " \(partsVersion) \(parts.stereoBandCount) \(parts.hasAttacks)"
    return "frames-" + StableHash.hexadecimal(StableHash.of("\(analysisVersion) \(configuration)\(others)"))
  }

  static func tracksPrefix(_ mel: MelConfiguration) -> String {
    "controls-" + StableHash.hexadecimal(StableHash.of("\(ControlSource.version) \(mel.framesPerSecond)"))
  }

  static func textPrefix(_ probe: TextEmbedding) -> String {
    "text-" + StableHash.hexadecimal(halves(probe).withUnsafeBytes { StableHash.of($0) })
  }

  static func frameKey(_ clip: CaptionedClip) -> String {
    let status = FileStatus(clip.audio.path)
    return "\(clip.name)|\(status?.byteCount ?? 0)|\(status?.modifiedNanoseconds ?? 0)"
  }

  /// An embedding as rows: the sentence, then its tokens.
  static func halves(_ embedding: TextEmbedding) -> [Float16] {
    [embedding.sentence, embedding.tokens].flatMap { tensor in
      tensor.withUnsafe { values in (0..<tensor.count).map { Float16(values[$0]) } }
    }
  }
}
