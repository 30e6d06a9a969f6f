import Audio
import Foundation
import Spectra
public import Synthesis
import Tensors
public import Text

/// The way from a prompt to a WAV file, warm: whole, and by its stages.
public struct SynthesisBenchmark: Sendable {
  static let prompt = "warm electric piano chords in A minor, 90 bpm"
  private let bundle: ModelBundle
  private let encoder: SentenceEncoder

  public init(_ bundle: ModelBundle, encoder: SentenceEncoder) {
    self.bundle = bundle
    self.encoder = encoder
  }

  /// A prompt of ordinary length through the text encoder, on one thread.
  public func encoding() -> BenchmarkResult {
    let median = Stopwatch.median(budget: 0.3) { _ = encoder.encode(Self.prompt) }
    return BenchmarkResult("text encoder", threads: 1, seconds: median)
  }

  /// Mel frames of a clip to samples.
  public func vocoder(_ seconds: Double, iterations: Int, threads: Int) -> BenchmarkResult {
    let mel = bundle.configuration.mel
    let count = Int(seconds * Double(mel.sampleRate))
    // Noise is as good as music here: all but the heap of the phase integration takes the same time on anything.
    let noise = RandomSource(seed: 5).normals(count: count).map { $0 * 0.1 }
    let frames = MelSpectrogram(mel).analyze(noise)
    let vocoder = Vocoder(mel)
    return sound("vocoder, \(iterations) iterations", seconds, threads) {
      _ = vocoder.synthesize(frames, sampleCount: count, iterations: iterations, threads: threads)
    }
  }

  /// A prompt to a WAV file.
  public func generation(_ seconds: Double, threads: Int, draft: Bool = false) throws -> BenchmarkResult {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("hiss-bench-\(UUID().uuidString).wav")
    defer { try? FileManager.default.removeItem(at: file) }
    let synthesizer = Synthesizer(model: bundle, encoder: encoder, threads: threads)
    var request = GenerationRequest(prompt: Self.prompt, duration: seconds)
    if draft { request.makeDraft() }
    try AudioFile.write(try synthesizer.generate([request])[0], to: file)
    return sound(draft ? "prompt to WAV, draft" : "prompt to WAV", seconds, threads) {
      // A prompt that was not encoded before. The file could be written a moment ago.
      request.prompt += "!"
      try? AudioFile.write(try synthesizer.generate([request])[0], to: file)
    }
  }

  /// Several clips asked for together, without a file.
  public struct Clips: Sendable {
    public var count: Int
    public var seconds: Double
    public var threads: Int

    public init(_ count: Int, of seconds: Double, threads: Int) {
      (self.count, self.seconds, self.threads) = (count, seconds, threads)
    }

    var name: String { count == 1 ? "prompt to clip" : "prompt to \(count) clips" }
  }

  /// Clips whose times are to be compared, made in turns.
  public func inTurns(_ all: [Clips]) -> [BenchmarkResult] {
    let medians = Stopwatch.mediansInTurns(
      rounds: 7,
      all.map { clips in
        let synthesizer = Synthesizer(model: bundle, encoder: encoder, threads: clips.threads)
        let requests = (0..<clips.count).map {
          GenerationRequest(prompt: Self.prompt, duration: clips.seconds, seed: UInt64($0))
        }
        return { _ = try? synthesizer.generate(requests) }
      })
    return zip(all, medians).map { clips, median in
      Self.result(clips.name, seconds: clips.seconds, count: clips.count, threads: clips.threads, took: median)
    }
  }

  private func sound(_ name: String, _ seconds: Double, _ threads: Int, _ body: () -> Void) -> BenchmarkResult {
    Self.result(name, seconds: seconds, threads: threads, took: Stopwatch.median(budget: 1, body))
  }

  private static func result(
    _ name: String, seconds: Double, count: Int = 1, threads: Int, took: Double
  ) -> BenchmarkResult {
    var result = BenchmarkResult("\(name), \(Int(seconds)) s", threads: threads, seconds: took)
    result.realTimeFactor = Double(count) * seconds / took
    return result
  }
}
