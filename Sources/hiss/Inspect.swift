import ArgumentParser
import Audio
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
      if let problem = tags.problem { Console.note("note: \(file): no clip can be made of these tags: \(problem)") }
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
    RequestField.rows(of: tags.request) + morphRows(tags) + [
      ("sample-rate", "\(tags.sampleRate)"), ("model", "\(tags.model) (\(tags.modelHash))"),
      ("made by", "Hiss \(tags.hiss)"),
    ] + environmentRows(tags.environment)
  }

  private func environmentRows(_ environment: ClipEnvironment) -> [(String, String)] {
    [("text encoder", environment.textEncoder), ("processor", environment.processor)].compactMap { name, value in
      value.map { (name, $0) }
    }
  }

  /// What the clip is on the way to, if it is a morph: what stands above is where it comes from.
  private func morphRows(_ tags: ClipTags) -> [(String, String)] {
    guard let morph = tags.morph else { return [] }
    let shared = Set(RequestField.rows(of: tags.request).map { "\($0) \($1)" })
    let own = RequestField.rows(of: morph.to).filter { $0.name != "prompt" && $0.name != "seed" }
      .map { "\($0) \($1)" }.filter { !shared.contains($0) }
    let words = ["\"\(morph.to.prompt)\"", "seed \(morph.to.seed)"] + own
    return [("morph", "\(morph.fraction) of the way to " + words.joined(separator: ", "))]
  }
}

extension ClipTags {
  /// What a file's tags say of how it was made; no other file is read.
  init(ofFile path: String) throws {
    let url = URL(fileURLWithPath: path)
    guard let tags = ClipTags(try AudioFile.tags(of: url)) else {
      throw AudioFileError.unreadable(path: path, reason: "it does not say how it was made: it is no clip by Hiss")
    }
    self = tags
  }

  /// What it takes to make a clip again: its tags, of which every field is checked like an option, and the files that lie
  /// beside it.
  /// - Parameter readsOutside: whether files that they name elsewhere may be read.
  init(replaying path: String, readsOutside: Bool = false) throws {
    let tags = try ClipTags(ofFile: path)
    if let problem = tags.problem {
      throw ClipTagsError.impossible(path: path, reason: problem)
    }
    self = tags.findingFiles(beside: URL(fileURLWithPath: path), readsOutside: readsOutside)
  }
}
