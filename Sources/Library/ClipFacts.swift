import Foundation
import Music
public import Synthesis

/// What whoever makes a clip says of it; the rest is measured.
public struct ClipFacts: Sendable, Equatable {
  /// The name of its file, without extension, if it is free; others get a number.
  public var name: String
  public var prompt = ""
  public var caption = ""
  public var model = ""
  public var voices: [String] = []
  public var seed: UInt64 = 0
  public var bpm: Double?
  public var key: String?
  public var chords: String?
  public var isLoop = false
  public var bars: Double?
  public var novelty: Double?
  public var kind = "generate"
  public var parents: [String] = []
  public var distance: Double?
  /// All that made it, as JSON: the clip's tags.
  public var request: String?

  public init(name: String) { self.name = name }

  /// What a clip's tags say; that is also all that is known when the database is made again from files alone.
  public init(_ tags: ClipTags, take: Int = 1) {
    let request = tags.request
    let music = ClipMusic(tags)
    name = NameTemplate.standard.name(of: request, take: take)
    (prompt, caption, seed) = (request.prompt, request.englishPrompt, request.seed)
    let parts = tags.model.split(separator: "+", omittingEmptySubsequences: true).map(String.init)
    (model, voices) = (tags.model, Array(parts.dropFirst()))
    (bpm, key, chords) = (music.tempo, music.key?.name, request.controls?.chords)
    isLoop = request.edit?.isLoop == true
    if let tempo = music.tempo {
      let count = request.duration * tempo / 60 / (music.timeSignature ?? .common).quartersPerBar
      bars = (count * 1000).rounded() / 1000
    }
    distance = request.relation?.distance
    kind = Self.kind(of: tags)
    self.request = tags.json
  }

  private static func kind(of tags: ClipTags) -> String {
    if tags.morph != nil { return "morph" }
    if tags.request.relation != nil { return "vary" }
    guard let edit = tags.request.edit else { return "generate" }
    if !edit.repainted.isEmpty { return "redo" }
    if edit.continues { return "continue" }
    if edit.loopStart != nil { return "loop" }
    if edit.source != nil { return "vary" }
    return edit.isLoop ? "loop" : "generate"
  }
}
