import ArgumentParser
import Audio
import Foundation
import Pictures
import Spectra

struct Spectrogram: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Draw the log-mel spectrogram of a sound.",
    discussion: """
      EXAMPLE
        hiss spectrogram in.wav out.png
      """)

  @Argument(help: "The sound.")
  var input: String

  @Argument(help: "The PNG to write.")
  var output: String

  @Option(help: "The title (default: the file's name).")
  var title: String?

  func run() throws {
    try reportingErrors {
      let mel = MelSpectrogram()
      let clip = try AudioFile.read(URL(fileURLWithPath: input), sampleRate: mel.configuration.sampleRate)
      let name = URL(fileURLWithPath: input).lastPathComponent
      try draw(mel.analyze(clip.samples), mel, title: title ?? name).writePNG(to: URL(fileURLWithPath: output))
    }
  }
}
