import ArgumentParser
import Audio
import Foundation
import Storage
import Synthesis

struct Inspect: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show how a clip was made.",
    discussion: """
      Every clip that Hiss writes says in its tags what made it: prompt, seed, every parameter, the model. Of another sound \
      stderr says that Hiss did not make it.

      EXAMPLES
        hiss inspect out/drums.wav
        hiss inspect out/*.wav --json | jq .request.seed
      """)

  @Argument(help: "The clips.")
  var files: [String]

  @Flag(help: "Print one line of JSON for each clip.")
  var json = false

  func run() throws {
    for file in files where !Console.hasLostResults {
      let tags: ClipTags
      do {
        guard let read = try ClipTags(ofSound: file) else {
          let url = URL(fileURLWithPath: file)
          // Stems' mixes and instruments' samples are made of several clips.
          let isOurs = try AudioFile.tags(of: url).software == ClipTags.program
          let mark = try AudioFile.digitalSource(of: url).map { "; it is marked as \($0.rawValue)" } ?? ""
          let words = isOurs ? "made by Hiss of more than one clip" : "not made by Hiss"
          Console.note("\(file): it is a sound, but \(words)\(mark)")
          continue
        }
        tags = read
      } catch let error as ClipTagsError {
        Console.note("note: \(error)")
        continue
      }
      let source = try AudioFile.digitalSource(of: URL(fileURLWithPath: file))
      if let problem = tags.problem { Console.note("note: \(file): no clip can be made of these tags: \(problem)") }
      if json {
        try Console.result(json: Inspection(tags: tags, digitalSource: source), isPretty: false)
      } else {
        Console.result(VisibleText.of(file))
        for (name, value) in rows(tags, source) {
          let row = "  " + name.padding(toLength: 20, withPad: " ", startingAt: 0) + VisibleText.of(value)
          // What no clip can have may be of any length.
          Console.result(row, isTrusted: tags.problem == nil)
        }
      }
    }
  }

  private func rows(_ tags: ClipTags, _ source: DigitalSource?) -> [(String, String)] {
    let file = [("cues", tags.file.cues?.rawValue), ("source", source?.rawValue)].compactMap { name, value in
      value.map { (name, $0) }
    }
    return RequestField.rows(of: tags.request) + morphRows(tags) + file + [
      ("sample-rate", "\(tags.sampleRate)"), ("model", "\(tags.model) (\(tags.modelHash))"),
      ("made by", "Hiss \(tags.hiss)"),
    ] + environmentRows(tags.environment)
  }

  private func environmentRows(_ environment: ClipEnvironment) -> [(String, String)] {
    [
      ("text encoder", environment.textEncoder), ("processor", environment.processor), ("leaps", environment.leaps),
    ].compactMap { name, value in value.map { (name, $0) } }
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

/// What is told of a clip in JSON: its tags, and the mark of how it came to be.
private struct Inspection: Encodable {
  let tags: ClipTags
  let digitalSource: DigitalSource?

  private enum CodingKeys: CodingKey { case digitalSource }

  func encode(to encoder: any Encoder) throws {
    try tags.encode(to: encoder)
    var more = encoder.container(keyedBy: CodingKeys.self)
    try more.encodeIfPresent(digitalSource, forKey: .digitalSource)
  }
}

extension ClipTags {
  /// What a sound's tags say of how it was made; nil where Hiss did not make it. No other file is read.
  /// - Throws: `AudioFileError`, and `ClipTagsError.unreadable` where Hiss made it, and this version does not read what it says.
  init?(ofSound path: String) throws {
    let found = try AudioFile.tags(of: URL(fileURLWithPath: path))
    if let unreadable = UnreadableTags(found) { throw ClipTagsError.unreadable(path: path, unreadable) }
    guard let tags = ClipTags(found) else { return nil }
    self = tags
  }

  /// What a clip's tags say of how it was made.
  /// - Throws: `AudioFileError` where they do not.
  init(ofFile path: String) throws {
    guard let tags = try ClipTags(ofSound: path) else { throw AudioFileError.notMadeByHiss(path: path) }
    self = tags
  }

  /// What it takes to make a clip again: its tags, of which every field is checked like an option, and the files that lie
  /// beside it.
  /// - Parameter readsOutside: whether files that they name elsewhere may be read.
  init(replaying path: String, readsOutside: Bool = false) throws {
    let tags = try ClipTags(ofFile: path)
    if let problem = tags.problem { throw ClipTagsError.impossible(path: path, reason: problem) }
    self = tags.findingFiles(beside: URL(fileURLWithPath: path), readsOutside: readsOutside)
  }
}
