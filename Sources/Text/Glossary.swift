public import Foundation

/// Names that a model has not read, each explained by ones that it has: a ukulele is a guitar.
///
/// A small text encoder knows common words only: to it a fife is nearer to a fiddle than to a flute. A dictionary knows
/// better. Its explanation goes behind the prompt, as a musician would add it who is not understood.
public struct Glossary: Sendable, Equatable {
  /// A name in a prompt, and what is said for it.
  public struct Entry: Sendable, Equatable {
    /// In lower case, of one to `longestName` words.
    public let name: String
    public let meaning: String
  }

  private static let longestName = 4
  /// In bytes; a whole dictionary of instruments has a hundredth of it.
  private static let longestFile = 4 << 20
  private(set) var meanings: [String: String]

  /// - Parameter lines: `name<tab>meaning` each; empty lines and those that begin with # say nothing.
  /// - Throws: the number of the first line that is neither, counted from 1.
  public init(lines: String) throws(MalformedLine) {
    var meanings: [String: String] = [:]
    for (number, line) in lines.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      guard !line.isEmpty, !line.hasPrefix("#") else { continue }
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
      guard fields.count == 2, !fields[0].isEmpty, !fields[1].isEmpty else { throw MalformedLine(number: number + 1) }
      meanings[fields[0].lowercased()] = String(fields[1])
    }
    self.meanings = meanings
  }

  /// What several models' glossaries say together. What one of them has learned, and so does not explain as the first
  /// does, needs no explanation.
  /// - Parameter first: the glossary of the model that the others began with.
  public init(_ first: Glossary, joining others: [Glossary]) {
    self = first
    for other in others {
      meanings = meanings.filter { first.meanings[$0.key] == nil || other.meanings[$0.key] != nil }
      meanings.merge(other.meanings.filter { first.meanings[$0.key] == nil }) { known, _ in known }
    }
  }

  /// A line that is not `name<tab>meaning`.
  public struct MalformedLine: Error, Equatable {
    public let number: Int

    public init(number: Int) { self.number = number }
  }

  /// Reads a file of such lines.
  /// - Throws: `TextError.missingFile` or `unreadable`, which names the line.
  public init(reading url: URL) throws(TextError) {
    guard let text = String(data: try FileContents.read(url, limit: Self.longestFile), encoding: .utf8) else {
      throw .unreadable(path: url.path, reason: "it is not UTF-8")
    }
    do { try self.init(lines: text) } catch {
      throw .unreadable(path: url.path, reason: "line \(error.number) is not a name, a tab and a meaning")
    }
  }

  /// The lines of a glossary but for those of names that captions use: who reads these learns what they mean.
  public static func lines(_ lines: String, without captions: some Sequence<String>) throws(MalformedLine) -> String {
    let glossary = try Glossary(lines: lines)
    let read = Set(captions.flatMap { glossary.entries(in: $0).map(\.name) })
    return lines.split(separator: "\n", omittingEmptySubsequences: false).filter { line in
      line.hasPrefix("#") || !read.contains(line.prefix { $0 != "\t" }.lowercased())
    }.joined(separator: "\n")
  }

  /// The names in a prompt, in its order; of names within each other the longest, in singular or plural.
  public func entries(in prompt: String) -> [Entry] {
    let words = prompt.lowercased().split { !($0.isLetter || $0 == "-" || $0 == "'") }.map(String.init)
    var entries: [Entry] = []
    var index = 0
    while index < words.count {
      let longest = min(Self.longestName, words.count - index)
      let found = stride(from: longest, through: 1, by: -1).lazy.compactMap { count in
        entry(words[index..<index + count].joined(separator: " ")).map { (count, $0) }
      }.first
      index += found?.0 ?? 1
      if let entry = found?.1, !entries.contains(entry) { entries.append(entry) }
    }
    return entries
  }

  /// What a name means, in singular or plural; nil where it is none.
  package func entry(_ name: String) -> Entry? {
    for name in [name, name.hasSuffix("s") ? String(name.dropLast()) : name] {
      if let meaning = meanings[name] { return Entry(name: name, meaning: meaning) }
    }
    return nil
  }

  /// The prompt, and what its names mean.
  public func explaining(_ prompt: String) -> String {
    ([prompt] + entries(in: prompt).map(\.meaning)).joined(separator: ", ")
  }
}
