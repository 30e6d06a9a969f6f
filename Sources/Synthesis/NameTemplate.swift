import Audio
import Foundation
import Music

/// Why a text is no template of names, in one line.
public struct NameProblem: Error, Equatable, Sendable, CustomStringConvertible {
  public let description: String

  init(_ description: String) { self.description = description }
}

/// How files are named after their clips: "{prompt}_{bpm}bpm_{key}_{take}" makes "rock-drum-beat_120bpm_07".
///
/// Its parts stand between underscores, hyphens and spaces. A part with a field of which nothing is known falls away: without a
/// tempo and a key, the same template makes "rock-drum-beat_07".
public struct NameTemplate: Sendable, Equatable {
  /// What of a clip its name can say.
  public enum Field: String, CaseIterable, Sendable {
    /// The prompt's words, but for the tempo, key, length, chords and note that are heard in it.
    case prompt
    case note, bpm, key, bars, seconds, seed
    /// The clip's number in its set, from 01 on.
    case take
  }

  /// As most sequencers and samplers read names.
  public static let standard = NameTemplate(parts: [
    Part(separator: "", pieces: [.field(.prompt)]), Part(separator: "_", pieces: [.field(.note)]),
    Part(separator: "_", pieces: [.field(.bpm), .text("bpm")]), Part(separator: "_", pieces: [.field(.key)]),
    Part(separator: "_", pieces: [.field(.take)]),
  ])

  /// The extension that it ends with, where that is one of a sound file.
  public private(set) var fileExtension: String?
  private var parts: [Part]

  private enum Piece: Sendable, Equatable {
    case text(String)
    case field(Field)
  }

  private struct Part: Sendable, Equatable {
    var separator: String
    var pieces: [Piece]
  }

  private init(parts: [Part]) { self.parts = parts }

  /// Reads a template.
  /// - Throws: `NameProblem` for a field that there is not, an open brace, or what no file's name can hold.
  public init(_ text: String) throws(NameProblem) {
    let url = URL(fileURLWithPath: text)
    let known = AudioFile.writableExtensions.contains(url.pathExtension.lowercased())
    fileExtension = known ? url.pathExtension.lowercased() : nil
    var rest = known ? text.dropLast(url.pathExtension.count + 1) : text[...]
    guard !rest.isEmpty else { throw NameProblem("the name is empty") }
    guard rest.utf8.count <= Self.longest else { throw NameProblem("the name is longer than \(Self.longest) bytes") }
    guard rest.first != ".", rest.first != "-" else {
      throw NameProblem("a name does not begin with \"\(rest.prefix(1))\"")
    }
    parts = [Part(separator: "", pieces: [])]
    while let character = rest.popFirst() {
      if Self.separators.contains(character) {
        parts.append(Part(separator: String(character), pieces: []))
      } else {
        let piece = try Self.piece(character, &rest)
        parts[parts.count - 1].pieces.append(piece)
      }
    }
  }

  private static let separators: Set<Character> = ["_", "-", " "]
  private static let longest = 80
  /// What no file's name holds on one system or another.
  private static let forbidden: Set<Character> = ["/", "\\", ":", "*", "?", "\"", "<", ">", "|"]

  private static func piece(_ first: Character, _ rest: inout Substring) throws(NameProblem) -> Piece {
    let fields = Field.allCases.map { "{\($0.rawValue)}" }.joined(separator: ", ")
    switch first {
    case "{":
      guard let end = rest.firstIndex(of: "}") else { throw NameProblem("a { without its }; the fields are \(fields)") }
      let name = rest[..<end]
      rest = rest[end...].dropFirst()
      guard let field = Field(rawValue: name.lowercased()) else {
        throw NameProblem("{\(name)} is unknown; the fields are \(fields)")
      }
      return .field(field)
    case "}": throw NameProblem("a } without its {; the fields are \(fields)")
    case _ where forbidden.contains(first) || first.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }:
      throw NameProblem("the name holds what no file's name can")
    default: return .text(String(first))
    }
  }

  /// Whether names have the clip's number.
  public var numbersTakes: Bool { has(.take) }

  func has(_ field: Field) -> Bool { parts.contains { $0.pieces.contains(.field(field)) } }

  /// The name of a clip's file, without its extension.
  /// - Parameters:
  ///   - take: its number in its set.
  ///   - isPlain: whether only letters, digits, ".", "_" and "-" of ASCII may be in it.
  public func name(of request: GenerationRequest, take: Int, isPlain: Bool = false) -> String {
    let facts = NameFacts(request, take: take, isPlain: isPlain)
    var name = ""
    for part in parts {
      let texts = part.pieces.map { piece in
        switch piece {
        case .text(let text): text
        case .field(let field): facts[field]
        }
      }
      let known = texts.compactMap(\.self)
      guard known.count == texts.count else { continue }
      name += (name.isEmpty ? "" : part.separator) + known.joined()
    }
    if isPlain { name.removeAll { !($0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0))) } }
    return name.isEmpty ? "clip" : name
  }
}

/// What a name says of a clip.
private struct NameFacts {
  private let request: GenerationRequest
  private let take: Int
  private let music: ClipMusic
  private let isPlain: Bool

  init(_ request: GenerationRequest, take: Int, isPlain: Bool) {
    (self.request, self.take, self.isPlain) = (request, take, isPlain)
    music = ClipMusic(request)
  }

  /// The text of a field; nil where nothing is known.
  subscript(field: NameTemplate.Field) -> String? {
    switch field {
    case .prompt: ClipName.of(words)
    case .note: request.controls?.note.map { $0.filter { $0.isLetter || $0.isNumber || $0 == "#" } }
    case .bpm: music.tempo.map(SoundFacts.text)
    case .key: music.key.map(name)
    case .bars: bars.map { "\($0)" }
    case .seconds: SoundFacts.text(request.seconds)
    case .seed: "\(request.seed)"
    case .take: take < 10 ? "0\(take)" : "\(take)"
    }
  }

  /// The prompt without what other fields say.
  private var words: String {
    guard let controls = request.controls, controls.hasHeardPrompt == true else { return request.prompt }
    return PromptMusic(request.prompt, rules: controls.rules ?? .first).caption
  }

  /// "Am", "F#m", "Ddorian"; in plain names "Gbm", as no # can stand in these.
  private func name(_ key: Key) -> String {
    let plainTonic = key.tonic.name(preferringFlats: true)
    let tonic = isPlain ? plainTonic : key.tonicName
    return switch key.mode {
    case .major: tonic
    case .minor: tonic + "m"
    default: tonic + key.mode.rawValue
    }
  }

  /// Whole bars.
  private var bars: Int? {
    guard let tempo = music.tempo else { return nil }
    let bars = request.duration * tempo / 60 / (music.timeSignature ?? .common).quartersPerBar
    return bars >= 0.99 && abs(bars - bars.rounded()) < 1e-3 ? Int(bars.rounded()) : nil
  }
}
