import ArgumentParser
import Audio
import Foundation
import Spectra

struct Vocode: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Turn a sound into mel frames and back: what the vocoder alone does to it.",
    discussion: """
      EXAMPLES
        hiss vocode in.wav out.wav
        hiss vocode song.mp3 draft.flac --iterations 8
        hiss vocode loop.wav loop-again.wav --loop --json
      """)

  @Argument(help: "The sound.")
  var input: String

  @Argument(help: "The file to write.")
  var output: String

  @Option(help: "Iterations of Griffin-Lim: 8 for drafts, 0 for the phase that it starts from alone.")
  var iterations = 32

  @Flag(help: "Start from a random phase, rather than one integrated from the magnitudes.")
  var randomPhase = false

  @Option(help: "Decides what is left open in that phase.")
  var seed: UInt64 = 0

  @Flag(help: "The sound is a loop: let its end go over into its beginning.")
  var loop = false

  @Option(help: "Threads (default: all cores).")
  var threads = ProcessInfo.processInfo.activeProcessorCount

  @Flag(help: "Print what was measured as JSON, on stdout.")
  var json = false

  func run() throws {
    guard (0...10_000).contains(iterations) else {
      throw ValidationError("--iterations \(iterations) is not between 0 and 10000")
    }
    guard threads > 0 else { throw ValidationError("--threads \(threads): wants at least one") }
    try reportingErrors {
      let mel = MelConfiguration.standard
      let clip = try AudioFile.read(URL(fileURLWithPath: input), sampleRate: mel.sampleRate)
      let spectrogram = MelSpectrogram(mel, isCircular: loop)
      let vocoder = Vocoder(mel)
      let original = clip.samples
      let phase = randomPhase ? Vocoder.Phase.random : .integrated
      let start = Date()
      let frames = spectrogram.analyze(original)
      let analyzed = Date()
      let samples = vocoder.synthesize(
        frames, sampleCount: clip.frameCount, iterations: iterations, seed: seed, phase: phase, isCircular: loop,
        threads: threads)
      let end = Date()
      try AudioFile.write(AudioClip(mono: samples, sampleRate: mel.sampleRate), to: URL(fileURLWithPath: output))
      let transform = ShortTimeFourier(
        fftLength: mel.fftLength, hopLength: mel.hopLength, padding: loop ? .circular : .zero)
      let report = VocodeReport(
        seconds: clip.duration, frames: frames.frameCount, iterations: iterations, phase: phase.rawValue, loop: loop,
        threads: threads, analysisSeconds: analyzed.timeIntervalSince(start),
        synthesisSeconds: end.timeIntervalSince(analyzed),
        convergenceDecibels: transform.convergence(of: samples, to: original))
      try report.show(json: json)
    }
  }
}

/// What `vocode` did.
private struct VocodeReport: Encodable {
  var seconds: Double
  var frames: Int
  var iterations: Int
  var phase: String
  var loop: Bool
  var threads: Int
  var analysisSeconds: Double
  var synthesisSeconds: Double
  /// Against the original; nothing where that has no number, as of silence.
  var convergenceDecibels: Double?
  var secondsPerSecond: Double

  init(
    seconds: Double, frames: Int, iterations: Int, phase: String, loop: Bool, threads: Int, analysisSeconds: Double,
    synthesisSeconds: Double, convergenceDecibels: Double
  ) {
    self.seconds = seconds
    self.frames = frames
    self.iterations = iterations
    self.phase = phase
    self.loop = loop
    self.threads = threads
    self.analysisSeconds = analysisSeconds
    self.synthesisSeconds = synthesisSeconds
    self.convergenceDecibels = convergenceDecibels.isFinite ? convergenceDecibels : nil
    secondsPerSecond = synthesisSeconds / seconds
  }

  func show(json: Bool) throws {
    if json {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
      print(String(decoding: try encoder.encode(self), as: UTF8.self))
      return
    }
    let convergence = convergenceDecibels.map { String(format: "%.2f dB", $0) } ?? "exact or of silence"
    Console.note(
      String(
        format: "%.2f s of audio, %d iterations from %@ phase: spectral convergence %@, %.4f s per second (%d threads)",
        seconds, iterations, phase, convergence, secondsPerSecond, threads))
  }
}
