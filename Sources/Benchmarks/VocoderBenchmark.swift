import Audio
public import Foundation
import Spectra

/// What the vocoder does to one clip on one thread, for scripts/bench-vocoder to set beside what librosa does to it.
///
/// Seconds of processor time, the least of a few runs: other work on the machine does not count.
public struct VocoderBenchmark: Codable, Sendable {
  /// From the true magnitudes and a random phase, 32 iterations: what `librosa.griffinlim` does.
  public var loop = 0.0
  /// The bare Fourier transforms of that loop: 32 forward and 33 inverse of every frame.
  public var transforms = 0.0
  /// As many by FFTW's own plans for real samples.
  public var libraryTransforms = 0.0
  /// From the true magnitudes and the integrated phase, without an iteration.
  public var integration = 0.0
  /// Mel frames to a WAV file, 32 iterations.
  public var chain = 0.0
  /// Mel frames to a WAV file, 8 iterations.
  public var draft = 0.0
  /// Mel frames to a WAV file, without an iteration.
  public var start = 0.0

  private static let repeats = 3

  /// Measures the stages on `samples` at 44.1 kHz, whose transform at 3072/768 has the magnitudes `values`,
  /// `[frame, bin]`, and hands every signal made to `keep`; writes into `folder` meanwhile.
  public init(
    samples: [Float], magnitudes values: [Float], folder: URL, keep: (_ name: String, _ samples: [Float]) throws -> Void
  ) throws {
    let transform = ShortTimeFourier(fftLength: 3072, hopLength: 768)
    let magnitudes = MagnitudeFrames(binCount: transform.binCount, values: values)
    func fromTruth(_ iterations: Int, _ phase: GriffinLim.InitialPhase) -> [Float] {
      GriffinLim(transform: transform).synthesize(
        magnitudes, sampleCount: samples.count, iterations: iterations, phase: phase)
    }
    let vocoder = Vocoder()
    let mel = MelSpectrogram().analyze(samples)
    let file = folder.appendingPathComponent("timed.wav")
    func toFile(_ iterations: Int) throws -> [Float] {
      let made = vocoder.synthesize(mel, sampleCount: samples.count, iterations: iterations)
      try AudioFile.write(AudioClip(mono: made, sampleRate: 44100), to: file)
      return made
    }
    for seed in 0..<3 { try keep("random32-\(seed)", fromTruth(32, .random(seed: UInt64(seed)))) }
    for iterations in [0, 8, 32] {
      try keep("true\(iterations)", fromTruth(iterations, .integrated(seed: 0)))
      try keep("mel\(iterations)", toFile(iterations))
    }
    loop = Self.least { _ = fromTruth(32, .random(seed: 0)) }
    let pairCount = (65 * magnitudes.frameCount + 1) / 2
    transforms = Self.least { Self.transform(pairs: pairCount, length: transform.fftLength) }
    let library = LibraryTransforms(length: transform.fftLength)
    libraryTransforms = Self.least { for _ in 0..<pairCount { library.run() } }
    integration = Self.least { _ = fromTruth(0, .integrated(seed: 0)) }
    chain = try Self.least { _ = try toFile(32) }
    draft = try Self.least { _ = try toFile(8) }
    start = try Self.least { _ = try toFile(0) }
  }

  /// So many transforms, and back.
  private static func transform(pairs: Int, length: Int) {
    let plan = FourierPlan(length: length)
    let samples = AlignedBuffer(count: length)
    let spectrum = AlignedBuffer(count: length + 2)
    for _ in 0..<pairs {
      plan.forward(samples.base, into: spectrum.base)
      plan.inverse(spectrum.base, into: samples.base)
    }
  }

  private static func least(_ body: () throws -> Void) rethrows -> Double {
    try (0..<repeats).map { _ in try Stopwatch.processorSeconds(body) }.min() ?? 0
  }
}
