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
        hiss vocode song.mp3 out.flac --iterations 100
      """)

  @Argument(help: "The sound.")
  var input: String

  @Argument(help: "The file to write.")
  var output: String

  @Option(help: "Rounds of Griffin-Lim.")
  var iterations = 32

  @Option(help: "Decides the phases that it starts from.")
  var seed: UInt64 = 0

  func run() throws {
    guard (0...10_000).contains(iterations) else {
      throw ValidationError("--iterations \(iterations) is not between 0 and 10000")
    }
    try reportingErrors {
      let mel = MelConfiguration.standard
      let clip = try AudioFile.read(URL(fileURLWithPath: input), sampleRate: mel.sampleRate)
      let start = Date()
      let frames = MelSpectrogram(mel).analyze(clip.samples)
      let samples = Vocoder(mel).synthesize(
        frames, sampleCount: clip.frameCount, iterations: iterations, seed: seed)
      let seconds = Date().timeIntervalSince(start)
      try AudioFile.write(AudioClip(mono: samples, sampleRate: mel.sampleRate), to: URL(fileURLWithPath: output))
      Console.note(
        String(
          format: "%.2f s of audio, %d iterations, in %.3f s (%.4f s per second)", clip.duration, iterations,
          seconds, seconds / clip.duration))
    }
  }
}
