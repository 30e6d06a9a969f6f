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

  /// Several clips asked for together, without their files.
  public func clips(_ count: Int, of seconds: Double, threads: Int) -> BenchmarkResult {
    let synthesizer = Synthesizer(model: bundle, encoder: encoder, threads: threads)
    let requests = (0..<count).map {
      GenerationRequest(prompt: Self.prompt, duration: seconds, seed: UInt64($0))
    }
    var result = sound("prompt to \(count) clips", seconds, threads) { _ = try? synthesizer.generate(requests) }
    result.realTimeFactor = result.realTimeFactor.map { $0 * Double(count) }
    return result
  }

  private func sound(_ name: String, _ seconds: Double, _ threads: Int, _ body: () -> Void) -> BenchmarkResult {
    var result = BenchmarkResult("\(name), \(Int(seconds)) s", threads: threads)
    let median = Stopwatch.median(budget: 1, body)
    (result.seconds, result.realTimeFactor) = (median, seconds / median)
    return result
  }
}
