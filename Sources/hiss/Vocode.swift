import ArgumentParser
import Audio
import Foundation
import Rendering
import Spectra
import Storage

struct Vocode: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Turn a sound into mel frames and back: what the vocoder alone does to it.",
    discussion: """
      The result is mono, at 44100 Hz, and as long as the sound. It is the best that any model can sound.

      EXAMPLES
        hiss vocode in.wav out.wav
        hiss vocode song.mp3 draft.flac --iterations 8
        hiss vocode loop.wav loop-again.wav --loop --json
      """)

  @Argument(help: "The sound: WAV, FLAC, AIFF, OGG, MP3 and others.")
  var input: String

  @Argument(
    help: "The file to write: \(AudioFile.writableExtensions.sorted().joined(separator: ", ")).")
  var output: String

  @Option(
    parsing: .unconditional,
    help: "Iterations of Griffin-Lim: 8 for drafts, 0 for the phase that it starts from alone.")
  var iterations = 32

  @Option(parsing: .unconditional, help: "Decides what is left open in that phase.")
  var seed: UInt64 = 0

  @Flag(help: "Start from a random phase, rather than one integrated from the magnitudes.")
  var randomPhase = false

  @Flag(help: "The sound is a loop: let its end go over into its beginning.")
  var loop = false

  @OptionGroup
  var replacing: ReplacingOptions

  @OptionGroup
  var work: ThreadOptions

  @Flag(help: "Print what was done as JSON on stdout.")
  var json = false

  func validate() throws {
    guard (0...10_000).contains(iterations) else {
      throw ValidationError("--iterations \(iterations) is not between 0 and 10000")
    }
  }

  func run() throws {
    let (source, target) = (URL(fileURLWithPath: input), try OutputPlace.url(output))
    let mel = MelConfiguration.standard
    let rule = replacing.rule(inputs: [source])
    try OutputPlace.check(file: target, extensions: AudioFile.writableExtensions, rule: rule)
    try AudioFile.checkFormat(of: target, sampleRate: mel.sampleRate, channelCount: mel.channelCount)
    let clip = try read(source, mel)
    let original = clip.samples
    let start = ContinuousClock.now
    let frames = MelSpectrogram(mel, isCircular: loop).analyze(original)
    let samples = Vocoder(mel).synthesize(
      frames, sampleCount: clip.frameCount, iterations: iterations, seed: seed,
      phase: randomPhase ? .random : .integrated, isCircular: loop, threads: work.threads)
    let seconds = start.secondsAgo
    try rule.check(target)
    try AudioFile.write(AudioClip(mono: samples, sampleRate: mel.sampleRate), to: target)
    let transform = ShortTimeFourier(
      fftLength: mel.fftLength, hopLength: mel.hopLength, padding: loop ? .circular : .zero)
    let convergence = transform.convergence(of: samples, to: original)
    let report = Report(
      file: target.path, duration: clip.duration, frameCount: frames.frameCount, iterations: iterations, seed: seed,
      randomPhase: randomPhase, loop: loop, threads: work.threads, seconds: seconds,
      convergenceDecibels: convergence.isFinite ? convergence : nil)
    if json { try Console.result(json: report) } else { Console.note(report.summary) }
  }

  /// The sound as mel frames can hold it: mono, at their rate, and within full scale.
  private func read(_ source: URL, _ mel: MelConfiguration) throws -> AudioClip {
    let original = try AudioFile.read(source)
    if original.channelCount > mel.channelCount {
      Console.note("note: \(input) has \(original.channelCount) channels: they are mixed to one")
    }
    let clip = try original.converted(
      sampleRate: mel.sampleRate, channelCount: mel.channelCount, path: source.path, isCircular: loop)
    guard clip.peak > 1 else { return clip }
    Console.note(
      String(format: "note: %@ peaks at %+.1f dBFS: it is made softer by as much", input, clip.peakDecibels))
    return clip.normalized()
  }

  private struct Report: Encodable {
    var file: String
    var duration: Double
    var frameCount: Int
    var iterations: Int
    var seed: UInt64
    var randomPhase: Bool
    var loop: Bool
    var threads: Int
    var seconds: Double
    /// Spectral convergence to the original; nothing where it has no number, as to silence.
    var convergenceDecibels: Double?

    var summary: String {
      let convergence = convergenceDecibels.map { String(format: ", spectral convergence %.2f dB", $0) } ?? ""
      return String(
        format: "%.2f s of audio, %d iterations%@, in %.3f s (%.4f s per second)", duration, iterations, convergence,
        seconds, seconds / duration)
    }
  }
}
