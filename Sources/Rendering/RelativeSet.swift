package import Audio
package import Foundation
import Novelty
package import Spectra
import Storage

/// Relatives of a sound, as their files are listed for a program that plays one after another (round-robin): JSON, and CSV.
package struct RelativeSet: Encodable {
  package struct Entry: Encodable {
    /// Its name, beside the list.
    package var file: String
    package var seed: UInt64
    package var seconds: Double
    /// In LUFS; nil of silence.
    package var loudness: Double?
    /// How far it sounds from the source: the Euclidean distance of fingerprints.
    package var fingerprintDistance: Double
  }

  package let source: String
  package let prompt: String
  /// As asked for.
  package let distance: Double
  package private(set) var relatives: [Entry] = []
  /// The mean distance of fingerprints from the source, and of each two relatives.
  package private(set) var fromSource = 0.0
  package private(set) var fromEachOther = 0.0

  private var fingerprints: [SoundFingerprint] = []
  private let sourceFingerprint: SoundFingerprint
  private let spectrogram: MelSpectrogram

  private enum CodingKeys: CodingKey { case source, prompt, distance, relatives, fromSource, fromEachOther }

  /// - Throws: `AudioFileError` when the source cannot be read.
  package init(of source: URL, prompt: String, distance: Double, mel: MelConfiguration = .standard) throws {
    spectrogram = MelSpectrogram(mel)
    let clip = try AudioFile.read(source, sampleRate: mel.sampleRate, channelCount: mel.channelCount)
    sourceFingerprint = SoundFingerprint(spectrogram.analyze(clip.samples), mel: mel)
    (self.source, self.prompt, self.distance) = (source.lastPathComponent, prompt, distance)
  }

  /// Adds a relative, at the rate of the mel frames.
  package mutating func add(_ clip: AudioClip, seed: UInt64, file: URL) {
    let fingerprint = SoundFingerprint(spectrogram.analyze(clip.samples), mel: spectrogram.configuration)
    let loudness = clip.loudness.integrated
    relatives.append(
      Entry(
        file: file.lastPathComponent, seed: seed, seconds: clip.duration,
        loudness: loudness.isFinite ? Self.rounded(loudness) : nil,
        fingerprintDistance: Self.rounded(fingerprint.distance(to: sourceFingerprint))))
    fingerprints.append(fingerprint)
    fromSource = Self.mean(fingerprints.map { $0.distance(to: sourceFingerprint) })
    let pairs = fingerprints.indices.flatMap { first in
      fingerprints[..<first].map { $0.distance(to: fingerprints[first]) }
    }
    fromEachOther = Self.mean(pairs)
  }

  private static func mean(_ values: [Double]) -> Double {
    values.isEmpty ? 0 : rounded(values.reduce(0, +) / Double(values.count))
  }

  private static func rounded(_ value: Double) -> Double { (value * 10_000).rounded() / 10_000 }

  package var json: [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    // Texts and finite numbers can always be encoded.
    return Array((try? encoder.encode(self)) ?? Data()) + Array("\n".utf8)
  }

  package var csv: [UInt8] {
    let rows = relatives.map { entry in
      let file = "\"" + entry.file.replacing("\"", with: "\"\"") + "\""
      let loudness = entry.loudness.map { "\($0)" } ?? ""
      return "\(file),\(entry.seed),\(entry.seconds),\(loudness),\(entry.fingerprintDistance)"
    }
    let lines = [Self.head] + rows
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  /// Whether a file is a list that this made of the same source: a set that is made again has its own anew.
  package static func isList(_ file: URL, of source: URL) -> Bool {
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return false }
    guard file.pathExtension == "json" else { return text.hasPrefix(head + "\n") }
    let found = try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    return found?["source"] as? String == source.lastPathComponent && found?["relatives"] != nil
  }

  private static let head = "file,seed,seconds,loudness,fingerprintDistance"

  /// Where the lists of a set go: beside its files, called after the first and the last take of them.
  package static func places(for files: [URL]) -> [URL] {
    guard let first = files.first, let last = files.last else { return [] }
    let (name, end) = (first.deletingPathExtension().lastPathComponent, last.deletingPathExtension().lastPathComponent)
    // "steps_01" and "steps_12" make "steps_01-12".
    let shared = zip(name, end).prefix { $0 == $1 && !$0.isNumber }.count
    let stem = files.count == 1 || shared == 0 ? name : name + "-" + end.dropFirst(shared)
    return ["json", "csv"].map { first.deletingLastPathComponent().appendingPathComponent("\(stem).\($0)") }
  }
}
