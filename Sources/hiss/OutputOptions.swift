public import ArgumentParser
import Audio
import Foundation
public import Synthesis

/// Where the clips go.
struct OutputOptions: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help: "A folder, or for one clip a file: \(AudioFile.writableExtensions.sorted().joined(separator: ", ")).")
  var output = "out"

  @Option(
    help: ArgumentHelp(
      """
      How files in a folder are named, by fields: \(Self.fields). A part between _, - or spaces falls away where nothing is \
      known of its field; a format's extension may end it (default: {prompt}_{note}_{bpm}bpm_{key}_{take}).
      """, valueName: "template"))
  var name: String?

  @Option(parsing: .unconditional, help: "The sample rate of the files, in hertz.")
  var sampleRate = 44_100

  @Option(help: "Cue points at every beat or every bar, where a tempo is known, in WAV and AIFF: beats, bars.")
  var cues: FileRequest.Cues?

  @Flag(help: "Write the sound alone: nothing that says how it was made, and nothing for samplers and sequencers.")
  var plain = false

  @Flag(help: "Also write a picture of each clip's spectrogram.")
  var picture = false

  @OptionGroup
  var replacing: ReplacingOptions

  @Flag(help: "Print what was made as JSON on stdout, when all is done.")
  var json = false

  private static var fields: String { NameTemplate.Field.allCases.map { "{\($0.rawValue)}" }.joined(separator: ", ") }

  func validate() throws {
    _ = try template
    if plain, cues != nil { throw ValidationError("--plain and --cues exclude each other") }
  }

  /// How files are named; nil for as usual.
  var template: NameTemplate? {
    get throws {
      do { return try name.map { text throws(NameProblem) in try NameTemplate(text) } } catch {
        throw ValidationError("--name: \(error)")
      }
    }
  }

  /// What files say, and where they have cues.
  var file: FileRequest { FileRequest(cues: cues, isPlain: plain) }

  /// Says of what cues are wanting.
  func sayCues(_ requests: [GenerationRequest], in file: URL) {
    guard cues != nil else { return }
    if requests.contains(where: { ClipMusic($0).tempo == nil }) {
      Console.note("note: --cues: no tempo is known, so that there are none")
    }
    if !AudioFile.holdsCues(file.pathExtension) {
      Console.note("note: --cues: \(file.pathExtension) has none; WAV and AIFF do")
    }
  }
}

extension FileRequest.Cues: ExpressibleByArgument {}
