public import Foundation
import Storage

/// What musicians of other languages call things, and what the captions' English calls them: `languages.tsv`.
///
/// A line is a language's code, its terms for one thing with `|` between them, the English, and a group, with tabs
/// between. `#` stands for a number. English that begins with `~` is only the nearest thing; empty English is a word that
/// says nothing by itself. A term that ends with `?` is an English word too, and is believed beside others only.
/// Lines of `en` are English words that are no words of another language, however alike. A line whose group is `language` gives the language's own name and its English one.
public struct PhraseTable: Sendable {
  struct Entry: Sendable, Equatable {
    let english: String
    let group: String
    let isNearestOnly: Bool
    let isWeak: Bool
  }

  /// The terms of one language.
  struct Language: Sendable {
    let code: String
    var name: String
    var entries: [String: Entry] = [:]
    /// Terms by their words without endings, for languages that write spaces.
    var stems: [String: Entry] = [:]
    /// In words, or in characters for languages that write no spaces.
    var longest = 1
    /// The most words of the terms that begin with a word, by that word without its ending.
    var longestFrom: [String: Int] = [:]
    /// The most characters of a term of one word.
    var longestWord = 0
    var writesSpaces: Bool { code != "zh" && code != "ja" }
  }

  private(set) var languages: [Language] = []
  /// The words of the English side.
  private(set) var english: Set<String> = []

  /// A line that is not of this kind.
  public struct MalformedLine: Error, Equatable {
    public let number: Int
  }

  /// - Throws: the number of the first line that is none, counted from 1.
  public init(lines: String) throws(MalformedLine) {
    // Byte by byte, which takes a fifth of the time that characters do.
    func parts(_ text: Substring.UTF8View, at separator: UInt8) -> [Substring.UTF8View] {
      text.split(separator: separator, omittingEmptySubsequences: false)
    }
    for (number, raw) in parts(lines[...].utf8, at: UInt8(ascii: "\n")).enumerated() {
      let line = raw.last == UInt8(ascii: "\r") ? raw.dropLast() : raw
      guard let first = line.first, first != UInt8(ascii: "#") else { continue }
      let fields = parts(line, at: UInt8(ascii: "\t")).map { String(Substring($0)) }
      guard fields.count == 4, !fields[0].isEmpty, !fields[1].isEmpty, !fields[3].isEmpty else {
        throw MalformedLine(number: number + 1)
      }
      let terms = parts(fields[1][...].utf8, at: UInt8(ascii: "|")).map { String(Substring($0)) }
      add(terms, fields[0], english: fields[2], group: fields[3])
    }
  }

  private mutating func add(_ terms: [String], _ code: String, english: String, group: String) {
    if code == "en" { return self.english.formUnion(terms) }
    let place =
      languages.firstIndex { $0.code == code }
      ?? {
        languages.append(Language(code: code, name: code))
        return languages.count - 1
      }()
    if group == "language" {
      languages[place].name = english
      return
    }
    let meaning = english.hasPrefix("~") ? String(english.dropFirst()) : english
    for word in meaning.utf8.split(whereSeparator: { !Self.isASCIILetter($0) }) {
      self.english.insert(Substring(word).lowercased())
    }
    for written in terms {
      let isWeak = written.hasSuffix("?")
      let term = Self.plain(isWeak ? String(written.dropLast()) : written)
      let entry = Entry(english: meaning, group: group, isNearestOnly: meaning != english, isWeak: isWeak)
      for spelling in Self.spellings(of: term, code, group) { languages[place].add(spelling, entry) }
    }
  }

  /// The number of terms by language code.
  public var termCounts: [String: Int] {
    Dictionary(languages.map { ($0.code, $0.entries.count) }) { first, _ in first }
  }

  /// Every English meaning with its group, by language code.
  package var meanings: [(code: String, term: String, english: String, group: String)] {
    languages.flatMap { language in
      language.entries.map { (language.code, $0.key, $0.value.english, $0.value.group) }
    }
  }

  private static func isASCIILetter(_ byte: UInt8) -> Bool { UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 }

  /// In lower case, full-width forms as usual ones, composed, with typewriter's apostrophes as spaces.
  static func plain(_ text: String) -> String {
    // Latin letters, kana and ideographs of the usual blocks are composed already.
    let isPlain = text.unicodeScalars.allSatisfy {
      $0.isASCII || (0xC0...0x17F).contains($0.value) || (0x3041...0x30FF).contains($0.value)
        || (0x4E00...0x9FFF).contains($0.value)
    }
    let signs = isPlain ? text : text.replacing("♯", with: "#").replacing("♭", with: "b")
    let lower = (isPlain ? text : signs.precomposedStringWithCompatibilityMapping).lowercased()
    return lower.utf8.contains(UInt8(ascii: "'")) || lower.contains("’")
      ? String(lower.map { "'’".contains($0) ? " " : $0 }) : lower
  }

  /// A word without its language's endings of gender, number and case: "traurige" and "trauriges" are "traurig".
  static func stem(_ word: String, _ code: String) -> String {
    // From the end, one by one: `dropLast` would count all of a long word each time.
    var (stem, count) = (Substring(word), word.count)
    func drop(_ letters: Int) {
      for _ in 0..<letters { stem.removeLast() }
      count -= letters
    }
    if code == "de", count > 5, ["es", "er", "en", "em"].contains(String(stem.suffix(2))) {
      drop(2)
    } else if count > 4, let last = stem.last, last == "s" || code == "de" && last == "n" {
      drop(1)
    }
    while count > 3, let last = stem.last, "aeio".contains(last) { drop(1) }
    return String(stem)
  }

  /// The table that comes with Hiss: what `HISS_LANGUAGES` names, else `Models/languages.tsv` or
  /// `share/hiss/Models/languages.tsv` in a folder above the program; nil where none is there.
  /// - Throws: `TextError.unreadable`, which names the line.
  public static func installed() throws(TextError) -> PhraseTable? {
    let named = ProcessInfo.processInfo.environment["HISS_LANGUAGES"].flatMap { $0.isEmpty ? nil : $0 }
    let places =
      named.map { [URL(fileURLWithPath: $0)] }
      ?? ProgramFile.places(of: "Models/languages.tsv", installed: "Models/languages.tsv", above: ProgramFile.url)
    guard let url = named != nil ? places[0] : places.first(where: { FileManager.default.fileExists(atPath: $0.path) })
    else { return nil }
    return try PhraseTable(reading: url)
  }

  /// The most bytes that a table has.
  private static let longestFile = 20_000_000

  /// Reads a file of such lines.
  /// - Throws: `TextError.missingFile` or `unreadable`, which names the line.
  public init(reading url: URL) throws(TextError) {
    guard let text = String(data: try FileContents.read(url, limit: Self.longestFile), encoding: .utf8) else {
      throw .unreadable(path: url.path, reason: "it is not UTF-8")
    }
    do { try self.init(lines: text) } catch {
      throw .unreadable(
        path: url.path,
        reason: "line \(error.number) is not a language, terms, their English and a group with tabs between them")
    }
  }
}
