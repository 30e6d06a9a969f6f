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
      The result is at 44100 Hz and as long as the sound. A stereo sound stays stereo: its mean goes through the vocoder, and 12
      bands of each frame say where it is and how wide. It is the best that any model can sound.

      EXAMPLES
        hiss vocode in.wav out.wav
        hiss vocode song.mp3 draft.flac --iterations 8
        hiss vocode song.mp3 mono.wav --mono
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

  @Flag(help: "Mix the sound to one channel.")
  var mono = false

  @Flag(help: "Hold on to how power moves within frames, so that strokes strike.")
  var attacks = false

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
    try AudioFile.checkFormat(of: target, sampleRate: mel.sampleRate, channelCount: 1)
    let clip = try read(source, mel)
    try AudioFile.checkFormat(of: target, sampleRate: mel.sampleRate, channelCount: clip.channelCount)
    let start = ContinuousClock.now
    let made = synthesize(clip, mel)
    let seconds = start.secondsAgo
    try rule.check(target)
    try AudioFile.write(made, to: target)
    let transform = ShortTimeFourier(
      fftLength: mel.fftLength, hopLength: mel.hopLength, padding: loop ? .circular : .zero)
    let convergence = transform.convergence(of: made.samples, to: clip.samples)
    let report = Report(
      file: target.path, duration: clip.duration, channelCount: clip.channelCount,
      frameCount: transform.frameCount(sampleCount: clip.frameCount), iterations: iterations, seed: seed,
      randomPhase: randomPhase, loop: loop, threads: work.threads, seconds: seconds,
      convergenceDecibels: convergence.isFinite ? convergence : nil)
    if json { try Console.result(json: report) } else { Console.note(report.summary) }
  }

  /// The sound as frames can hold it: of one or two channels, at their rate, and within full scale.
  private func read(_ source: URL, _ mel: MelConfiguration) throws -> AudioClip {
    let original = try AudioFile.read(source)
    let channelCount = mono ? 1 : min(original.channelCount, 2)
    if original.channelCount > channelCount && !mono {
      Console.note("note: \(input) has \(original.channelCount) channels: they are mixed to two")
    }
    let clip = try original.converted(
      sampleRate: mel.sampleRate, channelCount: channelCount, path: source.path, isCircular: loop)
    guard clip.peak > 1 else { return clip }
    Console.note(
      String(format: "note: %@ peaks at %+.1f dBFS: it is made softer by as much", input, clip.peakDecibels))
    return clip.normalized()
  }

  /// What frames hold of the clip, as sound.
  private func synthesize(_ clip: AudioClip, _ mel: MelConfiguration) -> AudioClip {
    let frames = MelSpectrogram(mel, isCircular: loop).analyze(clip.samples)
    let attackFrames = attacks ? AttackAnalysis(mel, isCircular: loop).analyze(clip.samples) : nil
    let (vocoder, phase) = (Vocoder(mel), randomPhase ? Vocoder.Phase.random : .integrated)
    guard clip.channelCount == 2 else {
      let samples = vocoder.synthesize(
        frames, attacks: attackFrames, sampleCount: clip.frameCount, iterations: iterations, seed: seed, phase: phase,
        isCircular: loop,
        threads: work.threads)
      return AudioClip(mono: samples, sampleRate: mel.sampleRate)
    }
    let stereo = StereoAnalysis(mel, isCircular: loop).analyze(
      left: clip.channels[0], right: clip.channels[1], threads: work.threads)
    let made = vocoder.synthesize(
      frames, stereo, attacks: attackFrames, sampleCount: clip.frameCount, iterations: iterations, seed: seed,
      phase: phase, isCircular: loop,
      threads: work.threads)
    return AudioClip(channels: [made.left, made.right], sampleRate: mel.sampleRate)
  }

  private struct Report: Encodable {
    var file: String
    var duration: Double
    var channelCount: Int
    var frameCount: Int
    var iterations: Int
    var seed: UInt64
    var randomPhase: Bool
    var loop: Bool
    var threads: Int
    var seconds: Double
    /// Spectral convergence to the original, of both mixed to one channel; nothing where it has no number, as to silence.
    var convergenceDecibels: Double?

    var summary: String {
      let convergence = convergenceDecibels.map { String(format: ", spectral convergence %.2f dB", $0) } ?? ""
      return String(
        format: "%.2f s of audio, %d iterations%@, in %.3f s (%.4f s per second)", duration, iterations, convergence,
        seconds, seconds / duration)
    }
  }
}
