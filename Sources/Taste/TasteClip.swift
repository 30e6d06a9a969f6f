import Foundation
public import Novelty
import Storage

/// A clip as a taste knows it: what is heard in it, and the words that asked for it. Its file may be gone.
public struct TasteClip: Sendable, Equatable, Codable {
  /// The hash of its samples, in hexadecimal digits.
  public let id: String
  /// Its file's name.
  public let name: String
  public let prompt: String
  /// By `HeardQuality`; those that are not known are missing.
  let qualities: [String: Double]
  /// `SoundFingerprint.values`.
  let print: Data

  public init(id: String, name: String, prompt: String, qualities: ClipQualities, fingerprint: SoundFingerprint) {
    (self.id, self.name, self.prompt) = (id, name, prompt)
    self.qualities = Dictionary(
      uniqueKeysWithValues: HeardQuality.allCases.compactMap { quality in
        qualities[quality].map { (quality.rawValue, ($0 * 1000).rounded() / 1000) }
      })
    print = Data(fingerprint.values)
  }

  subscript(_ quality: HeardQuality) -> Double? { qualities[quality.rawValue].flatMap { $0.isFinite ? $0 : nil } }

  /// Numbers of the fingerprint: neighbouring groups of the spectrum, and of what moves, taken together.
  static let printCount = 32

  /// The fingerprint in fewer numbers, 0 … 1: 16 of the spectrum, and at each of four paces 4 of how much it moves.
  var coarsePrint: [Double] {
    guard print.count == SoundFingerprint.count else { return [Double](repeating: 0, count: Self.printCount) }
    let bytes = print.map { Double($0) / 255 }
    return (0..<Self.printCount).map { group in bytes[4 * group..<4 * group + 4].reduce(0, +) / 4 }
  }

  /// The prompt's words, without numbers and those that say nothing.
  var words: Set<String> {
    let parts = prompt.lowercased().split { !$0.isLetter && $0 != "-" && $0 != "'" }.map(String.init)
    return Set(parts.filter { $0.count > 2 && !Self.sayingNothing.contains($0) })
  }

  private static let sayingNothing: Set = ["and", "the", "with", "bpm", "bars", "like", "for", "from", "very"]
}
