import Audio
import Foundation
import NIOCore
import NIOPosix
import Pictures
import Spectra
import Synchronization

/// Pictures and outlines of clips, of which the last are remembered.
final class ClipPictures: Sendable {
  /// Beside the file's name, its size and its time: a file that changes has another picture.
  private struct Key: Hashable {
    let path: String
    let bytes: Int
    let time: Double
    let width: Int
    let height: Int
  }

  private struct State {
    var pictures: [Key: [UInt8]] = [:]
    var order: [Key] = []
    var byteCount = 0
  }

  private let state = Mutex(State())
  private static let mostBytes = 48 << 20
  /// Longer recordings are drawn as far as this, in seconds.
  private static let longest = 600.0
  private let spectrogram = MelSpectrogram(.standard)

  /// A spectrogram as PNG.
  /// - Throws: `AudioFileError` where the file cannot be read.
  func spectrogram(of file: URL, width: Int, height: Int) async throws -> [UInt8] {
    let key = try Self.key(file, width, height)
    if let known = state.withLock({ $0.pictures[key] }) { return known }
    let bytes = try await Background.run { [spectrogram] in
      let mel = spectrogram.configuration
      let clip = try AudioFile.read(
        file, first: Self.longest, sampleRate: mel.sampleRate, channelCount: mel.channelCount)
      let frames = spectrogram.analyze(clip.samples)
      guard !frames.values.isEmpty else { throw Problem.invalid("There is nothing to draw.") }
      let picture = SpectrogramThumbnail.draw(
        values: frames.values, melBandCount: frames.bandCount, width: width, height: height, levels: 64)
      return Array(try picture.pngData())
    }
    remember(bytes, key)
    return bytes
  }

  func waveform(of file: URL, points: Int) async throws -> WaveformLine {
    try await Background.run {
      let clip = try AudioFile.read(file, first: Self.longest, sampleRate: 44_100, channelCount: 1)
      return WaveformLine(clip, points: points)
    }
  }

  private func remember(_ bytes: [UInt8], _ key: Key) {
    state.withLock { state in
      guard state.pictures[key] == nil else { return }
      state.pictures[key] = bytes
      state.order.append(key)
      state.byteCount += bytes.count
      while state.byteCount > Self.mostBytes, let oldest = state.order.first {
        state.order.removeFirst()
        state.byteCount -= state.pictures.removeValue(forKey: oldest)?.count ?? 0
      }
    }
  }

  private static func key(_ file: URL, _ width: Int, _ height: Int) throws -> Key {
    var status = stat()
    guard stat(file.path, &status) == 0 else { throw AudioFileError.missing(path: file.path) }
    let time = Double(status.st_mtim.tv_sec) + Double(status.st_mtim.tv_nsec) / 1e9
    return Key(path: file.path, bytes: Int(status.st_size), time: time, width: width, height: height)
  }
}

/// Work beside the threads that serve requests; not very much of it at once.
enum Background {
  private static let pool = started(threads: 4)
  private static let longPool = started(threads: 1)
  private static let writingPool = started(threads: 1)

  private static func started(threads: Int) -> NIOThreadPool {
    let pool = NIOThreadPool(numberOfThreads: threads)
    pool.start()
    return pool
  }

  /// What takes seconds or minutes: one after another, so that the others need not wait for it.
  static func runLong<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await longPool.runIfActive(work)
  }

  /// What changes the library: it may wait for another program, and nobody who reads waits for it.
  static func runWriting<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await writingPool.runIfActive(work)
  }

  static func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await pool.runIfActive(work)
  }
}
