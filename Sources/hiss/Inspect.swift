import ArgumentParser
import Audio
import Diffusion
import Foundation
import Synthesis

struct Inspect: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show how a clip was made.",
    discussion: """
      Every clip that Hiss writes says in its tags what made it: prompt, seed, every parameter, the model.

      EXAMPLES
        hiss inspect out/drums.wav
        hiss inspect out/*.wav --json | jq .request.seed
      """)

  @Argument(help: "The clips.")
  var files: [String]

  @Flag(help: "Print one line of JSON for each clip.")
  var json = false

  func run() throws {
    for file in files {
      let tags = try ClipTags(ofFile: file)
      if json {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        Console.result(String(decoding: try encoder.encode(tags), as: UTF8.self))
      } else {
        Console.result(file)
        for (name, value) in rows(tags) {
          Console.result("  " + name.padding(toLength: 20, withPad: " ", startingAt: 0) + Self.printable(value))
        }
      }
    }
  }

  /// A text from a file, in one line and without what could command a terminal.
  private static func printable(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
  }

  private func rows(_ tags: ClipTags) -> [(String, String)] {
    let request = tags.request
    return [
      ("prompt", request.prompt), ("negative-prompt", request.negativePrompt), ("duration", "\(request.duration) s"),
      ("steps", "\(request.steps)"), ("time-shift", "\(request.timeShift)"), ("cfg-scale", "\(request.guidanceScale)"),
      ("sampler", request.sampler.rawValue), ("seed", "\(request.seed)"),
      ("vocoder-iterations", "\(request.vocoderIterations)"),
    ].filter { !$0.1.isEmpty } + controlRows(request) + morphRows(tags) + [
      ("sample-rate", "\(tags.sampleRate) Hz"), ("model", "\(tags.model) (\(tags.modelHash))"),
      ("made by", "Hiss \(tags.hiss)"),
    ]
  }

  /// What the clip is on the way to, if it is a morph: what stands above is where it comes from.
  private func morphRows(_ tags: ClipTags) -> [(String, String)] {
    guard let morph = tags.morph else { return [] }
    let to = controlRows(morph.to).map { "\($0.0) \($0.1)" }
    return [
      (
        "morph",
        "\(morph.fraction) of the way to "
          + (["\"\(morph.to.prompt)\"", "seed \(morph.to.seed)"] + to).joined(separator: ", ")
      )
    ]
  }

  /// What the clip was asked to do besides its prompt, as the options of `hiss generate` say it.
  private func controlRows(_ request: GenerationRequest) -> [(String, String)] {
    var rows: [(String, String?)] = []
    if let controls = request.controls {
      rows += [
        ("chords", controls.chords), ("key", controls.key), ("note", controls.note),
        ("bpm", controls.tempo.map { "\($0)" }),
        ("time-signature", controls.timeSignature), ("midi", controls.midi?.path), ("follow", controls.follow?.path),
        ("control-scale", controls.scale.map { "\($0)" }),
      ]
    }
    if let edit = request.edit {
      let isChanged = edit.source != nil && !edit.continues
      rows += [
        (edit.continues ? "continue-from" : "init-audio", edit.source?.path),
        ("strength", isChanged && edit.repainted.isEmpty ? "\(edit.strength)" : nil),
        ("loop", edit.isLoop ? "yes" : nil),
      ]
      rows += edit.repainted.map { ("inpaint", "\($0.start) to \($0.end) s") }
    }
    return rows.compactMap { name, value in value.map { (name, $0) } }
  }
}

extension ClipTags {
  /// What a file's tags say of how it was made.
  init(ofFile path: String) throws {
    let url = URL(fileURLWithPath: path)
    guard let tags = ClipTags(try AudioFile.tags(of: url)) else {
      throw AudioFileError.unreadable(path: path, reason: "it does not say how it was made: it is no clip by Hiss")
    }
    self = tags.findingFiles(beside: url)
  }
}
