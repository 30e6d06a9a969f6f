import ArgumentParser
import Audio
import Foundation
import Pictures
import Rendering
import Spectra

struct Spectrogram: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Draw the log-mel spectrogram of a sound.",
    discussion: """
      EXAMPLES
        hiss spectrogram in.wav out.png
        hiss spectrogram song.mp3 song.png --title "Take three"
      """)

  @Argument(help: "The sound: WAV, FLAC, AIFF, OGG, MP3 and others.")
  var input: String

  @Argument(help: "The PNG to write.")
  var output: String

  @Option(help: "The title (default: the file's name).")
  var title: String?

  @OptionGroup
  var replacing: ReplacingOptions

  func run() throws {
    let (source, target) = (URL(fileURLWithPath: input), try OutputPlace.url(output))
    try OutputPlace.check(file: target, extensions: ["png"], rule: replacing.rule(inputs: [source]))
    let mel = MelSpectrogram()
    let clip = try AudioFile.read(
      source, sampleRate: mel.configuration.sampleRate, channelCount: mel.configuration.channelCount)
    try draw(mel.analyze(clip.samples), mel, title: title ?? source.lastPathComponent).writePNG(to: target)
  }
}
