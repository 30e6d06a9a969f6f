import ArgumentParser
import Audio
import Foundation
import Spectra

struct Vocode: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Turn a sound into mel frames and back: what the vocoder alone does to it.",
    discussion: """
      The result is mono, at 44100 Hz, and as long as the sound. It is the best that any model can sound.

      EXAMPLES
        hiss vocode in.wav out.wav
        hiss vocode song.mp3 out.flac --iterations 100
      """)

  @Argument(help: "The sound: WAV, FLAC, AIFF, OGG, MP3 and others.")
  var input: String

  @Argument(
    help: "The file to write: \(AudioFile.writableExtensions.sorted().joined(separator: ", ")).")
  var output: String

  @Option(parsing: .unconditional, help: "Rounds of Griffin-Lim.")
  var iterations = 32

  @Option(parsing: .unconditional, help: "Decides the phases that it starts from.")
  var seed: UInt64 = 0

  @Flag(help: "Print what was done as JSON on stdout.")
  var json = false

  func validate() throws {
    guard (0...10_000).contains(iterations) else {
      throw ValidationError("--iterations \(iterations) is not between 0 and 10000")
    }
  }

  func run() throws {
    let (source, target) = (URL(fileURLWithPath: input), URL(fileURLWithPath: output))
    let mel = MelConfiguration.standard
    try OutputPlace.check(file: target, extensions: AudioFile.writableExtensions, apartFrom: source)
    try AudioFile.checkFormat(of: target, sampleRate: mel.sampleRate, channelCount: 1)
    let clip = try AudioFile.read(source, sampleRate: mel.sampleRate)
    let start = Date()
    let frames = MelSpectrogram(mel).analyze(clip.samples)
    let samples = Vocoder(mel).synthesize(frames, sampleCount: clip.frameCount, iterations: iterations, seed: seed)
    let seconds = Date().timeIntervalSince(start)
    try AudioFile.write(AudioClip(mono: samples, sampleRate: mel.sampleRate), to: target)
    let report = Report(
      file: target.path, duration: clip.duration, frameCount: frames.frameCount, iterations: iterations, seed: seed,
      seconds: seconds)
    if json { try Console.result(json: report) } else { Console.note(report.summary) }
  }

  private struct Report: Encodable {
    var file: String
    var duration: Double
    var frameCount: Int
    var iterations: Int
    var seed: UInt64
    var seconds: Double

    var summary: String {
      String(
        format: "%.2f s of audio, %d iterations, in %.3f s (%.4f s per second)", duration, iterations, seconds,
        seconds / duration)
    }
  }
}
