public import Foundation
import Storage

/// What the words and abbreviations in the names of sound files mean in a caption: `names.tsv`, whose head explains its
/// lines.
public struct NameTable: Sendable {
  /// What a term is good for.
  public enum Kind: String, Sendable {
    case source, role, general, quality, style, form, noise, family, ucs, part
  }

  /// What a term means.
  public struct Entry: Sendable, Equatable {
    public let meaning: String
    public let kind: Kind
    /// Of what sounds, its category; of a form, whether it has a tempo (`loop`) or not (`shot`); else empty.
    public let category: String
    /// Whether it is believed only where the folder has others of its family.
    public let isWeak: Bool
  }

  private var entries: [String: Entry] = [:]
  private var families: [String: String] = [:]
  /// The Universal Category System: categories, and subcategories by their abbreviations.
  private(set) var codes: [String: Entry] = [:]
  private(set) var parts: [String: String] = [:]
  /// The most words of a term.
  private(set) var longest = 1

  /// A table of nothing: names are read as they are written.
  public static let empty = NameTable()

  private init() {}

  /// A line that is not of this kind.
  public struct MalformedLine: Error, Equatable {
    /// From 1.
    public let number: Int

    package init(number: Int) { self.number = number }
  }

  /// - Throws: the first line that is none.
  public init(lines: String) throws(MalformedLine) {
    for (number, raw) in lines.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let line = raw.hasSuffix("\r") ? raw.dropLast() : raw
      guard let first = line.first, first != "#" else { continue }
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard fields.count == 4, !fields[0].isEmpty, !fields[1].isEmpty, let kind = Kind(rawValue: fields[2]) else {
        throw MalformedLine(number: number + 1)
      }
      for term in fields[0].split(separator: "|") { add(String(term), fields[1], kind, fields[3]) }
    }
  }

  private mutating func add(_ written: String, _ meaning: String, _ kind: Kind, _ category: String) {
    let isWeak = written.hasSuffix("?")
    let term = isWeak ? String(written.dropLast()) : written
    let wording = kind == .ucs ? meaning : meaning.replacing("%", with: term)
    let entry = Entry(
      meaning: wording, kind: kind, category: category.replacing("%", with: term), isWeak: isWeak)
    switch kind {
    case .family: families[term] = meaning
    case .ucs: codes[term] = entry
    case .part: parts[term] = meaning == "-" ? "" : meaning
    default:
      let key = term.lowercased().replacing("-", with: " ")
      if entries[key] == nil { entries[key] = entry }
      longest = max(longest, key.split(separator: " ").count)
    }
  }

  /// What words in small letters mean together, in the singular or the plural; nil for those that are no term.
  func entry(_ words: some Collection<String>) -> Entry? {
    let term = words.joined(separator: " ")
    if let entry = entries[term] { return entry }
    guard term.hasSuffix("s"), term.count > 3 else { return nil }
    if let entry = entries[String(term.dropLast())] { return entry.isWeak ? nil : entry }
    guard term.hasSuffix("es"), let entry = entries[String(term.dropLast(2))] else { return nil }
    return entry.isWeak ? nil : entry
  }

  /// The family of a category: those of one family come in one folder.
  public func family(of category: String) -> String { families[category] ?? category }

  /// Longer words are not looked for terms in.
  private static let longestJoined = 40

  /// The term that a word ends with, one of five letters or more, and what stands before it: "melonimpact".
  func ending(_ word: String) -> (before: String, entry: Entry)? {
    let letters = Array(word)
    guard (8...Self.longestJoined).contains(letters.count), letters.allSatisfy(\.isLetter) else { return nil }
    for start in 3...(letters.count - 5) {
      // An "icecrash" is no cymbal.
      guard let entry = entry([String(letters[start...])]), !entry.isWeak, entry.kind == .source || entry.kind == .role,
        family(of: entry.category) != "drums"
      else { continue }
      return (String(letters[..<start]), entry)
    }
    return nil
  }

  /// The terms that a word is joined of without a mark between them, "darkpad" or "snareroll"; nil for a word that is none
  /// such. Each has three letters at least and one has four, and one says what sounds.
  func joined(_ word: String) -> [Entry]? {
    let letters = Array(word)
    guard (7...Self.longestJoined).contains(letters.count), letters.allSatisfy(\.isLetter) else { return nil }
    // The fewest terms that end at each letter.
    var best: [[Entry]?] = [[]] + Array(repeating: nil, count: letters.count)
    for end in 3...letters.count {
      for start in 0...(end - 3) where end - start < letters.count {
        guard let before = best[start], best[end].map({ $0.count > before.count + 1 }) ?? true,
          let entry = entry([String(letters[start..<end])]), !entry.isWeak, entry.kind != .noise
        else { continue }
        best[end] = before + [entry]
      }
    }
    guard let found = best[letters.count], found.count == 2,
      found.contains(where: { [.source, .role, .general].contains($0.kind) })
    else { return nil }
    return found
  }

  // MARK: The file

  /// The most bytes that a table has.
  private static let longestFile = 20_000_000

  /// The table that comes with Hiss: what `HISS_NAMES` names, else `Models/names.tsv` or `share/hiss/Models/names.tsv` in a
  /// folder above the program; nil where none is there.
  /// - Throws: `DatasetError.unreadable`, which names the line.
  public static func installed() throws(DatasetError) -> NameTable? {
    let named = ProcessInfo.processInfo.environment["HISS_NAMES"].flatMap { $0.isEmpty ? nil : $0 }
    if let named { return try NameTable(reading: URL(fileURLWithPath: named)) }
    let places = ProgramFile.places(of: "Models/names.tsv", installed: "Models/names.tsv", above: ProgramFile.url)
    guard let url = places.first(where: { FileManager.default.fileExists(atPath: $0.path) }) else { return nil }
    return try NameTable(reading: url)
  }

  /// Reads a file of such lines.
  /// - Throws: `DatasetError.unreadable`, which names the line.
  public init(reading url: URL) throws(DatasetError) {
    let data: Data
    do { data = try SmallFile.read(url, limit: Self.longestFile) } catch {
      throw .unreadable(path: url.path, reason: error.description)
    }
    guard let text = String(validating: data, as: UTF8.self) else {
      throw .unreadable(path: url.path, reason: "it is not UTF-8")
    }
    do { try self.init(lines: text) } catch {
      throw .unreadable(
        path: url.path,
        reason: "line \(error.number) is not terms, a meaning, a kind and a category with tabs between them")
    }
  }
}
