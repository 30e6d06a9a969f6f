import Audio
import Foundation
import Spectra
import Storage
import Synchronization
import Tensors
import Text
import Training

/// A folder of samples made for one test, removed with it.
final class SampleFolder: Sendable {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("hiss-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  func file(_ name: String) -> URL { url.appendingPathComponent(name) }

  func write(_ text: String, to name: String) throws { try write(Data(text.utf8), to: name) }

  func write(_ data: Data, to name: String) throws {
    let target = file(name)
    try FileManager.default.createDirectory(at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: target)
  }

  /// A sine of the given pitch as a WAV file.
  func writeTone(_ name: String, hertz: Double = 440, seconds: Double = 0.1) throws {
    let samples = (0..<Int(44100 * seconds)).map { Float(0.5 * sin(2 * .pi * hertz * Double($0) / 44100)) }
    try FileManager.default.createDirectory(
      at: file(name).deletingLastPathComponent(), withIntermediateDirectories: true)
    try AudioFile.write(AudioClip(mono: samples, sampleRate: 44100), to: file(name))
  }
}

/// Stands in for a sentence encoder: embeddings that follow from the caption alone, and a count of the calls.
final class CountingEncoder: Sendable {
  private let calls = Mutex<[String]>([])

  /// The captions asked for, in order.
  var captions: [String] { calls.withLock(\.self) }

  func encode(_ caption: String) -> TextEmbedding {
    calls.withLock { $0.append(caption) }
    return Self.embedding(of: caption)
  }

  /// Values with few bits, so that half precision keeps them exactly.
  static func embedding(of caption: String, width: Int = 8) -> TextEmbedding {
    let tokenCount = caption.split(separator: " ").count + 2
    let values = (0..<(tokenCount + 1) * width).map { Float(StableHash.of("\(caption) \($0)") % 256) / 256 }
    return TextEmbedding(
      tokens: Tensor([tokenCount, width], Array(values[width...])), sentence: Tensor([width], Array(values[..<width])))
  }
}

extension Dataset {
  /// Frames of a clip as an array: all of them, or `count` from `start` on.
  func frames(_ clip: Int, from start: Int = 0, count: Int? = nil) -> [Float] {
    var values = [Float](repeating: .nan, count: (count ?? frameCount(clip)) * mel.bandCount)
    values.withUnsafeMutableBufferPointer {
      if let base = $0.baseAddress { copyFrames(clip, from: start, count: count ?? frameCount(clip), into: base) }
    }
    return values
  }
}
