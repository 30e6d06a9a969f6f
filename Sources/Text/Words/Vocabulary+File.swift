public import Foundation
import Storage
import Tensors

// A vocabulary lies beside its model in two files: words.tsv, which people can read, and words.safetensors with the
// embeddings. Neither has a share in a clip's bytes, nor in the model's hash.
extension Vocabulary {
  private static let wordsName = "words.tsv"
  private static let rowsName = "words.safetensors"
  /// Beyond these a file is no vocabulary.
  private static let (mostTerms, longestLine, mostBytes) = (200_000, 1000, 20_000_000)

  /// Whether a model's folder has one.
  public static func isThere(in folder: URL) -> Bool {
    FileManager.default.fileExists(atPath: folder.appendingPathComponent(wordsName).path)
  }

  private static let header = "# What the model's captions say, by group, usual name, term and how often.\n"

  /// Whether a file is such a list of words, by how it begins.
  package static func isList(_ file: URL) -> Bool {
    guard let bytes = try? MappedFile.read(file) else { return false }
    return bytes.starts(with: header.utf8)
  }

  /// The vocabulary of a model's folder; nil where it has none, or one that cannot be read, which `init(reading:)` tells.
  public init?(ofModel folder: URL) {
    guard Self.isThere(in: folder), let read = try? Self(reading: folder) else { return nil }
    self = read
  }

  /// Reads the vocabulary of a model's folder.
  /// - Throws: `TextError` when a file is missing, damaged, or does not belong with the other.
  public init(reading folder: URL) throws(TextError) {
    let url = folder.appendingPathComponent(Self.wordsName)
    guard let text = String(data: try FileContents.read(url, limit: Self.mostBytes), encoding: .utf8) else {
      throw .unreadable(path: url.path, reason: "it is not UTF-8")
    }
    let terms = try Self.terms(text, path: url.path)
    let rows = folder.appendingPathComponent(Self.rowsName)
    let read: (terms: Tensor, captions: Tensor)
    do {
      let file = try SafetensorsFile(rows)
      read = (try file.tensor(named: "terms"), try file.tensor(named: "captions"))
    } catch { throw .weights(error) }
    guard read.terms.shape.count == 2, read.captions.shape.count == 2, read.terms.shape[0] <= terms.count,
      read.terms.shape[1] == read.captions.shape[1], read.terms.isFinite, read.captions.isFinite
    else {
      throw .unreadable(path: rows.path, reason: "its embeddings are not those of the terms in \(Self.wordsName)")
    }
    self.init(terms: terms, termRows: read.terms, captionRows: read.captions)
  }

  private static func terms(_ text: String, path: String) throws(TextError) -> [Term] {
    var terms: [Term] = []
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      guard !line.isEmpty, !line.hasPrefix("#") else { continue }
      let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard line.utf8.count <= longestLine, terms.count < mostTerms, fields.count == 4, !fields[1].isEmpty,
        !fields[2].isEmpty, let group = Group(rawValue: fields[0]), let count = Int(fields[3]), count >= 0
      else {
        throw .unreadable(path: path, reason: "line \(number + 1) is not a group, a name, a term and a count")
      }
      terms.append(Term(fields[2], group, name: fields[1], count: count))
    }
    return terms
  }

  /// Writes both files into a model's folder, each whole or not at all; the rows in half precision.
  /// - Throws: `TextError.unreadable` with the reason when they cannot be written.
  public func write(to folder: URL) throws(TextError) {
    let url = folder.appendingPathComponent(Self.wordsName)
    let lines = terms.map { "\($0.group.rawValue)\t\($0.name)\t\($0.text)\t\($0.count)\n" }
    do {
      try DurableFile.makeFolder(folder)
      try Safetensors.write(
        [(name: "terms", tensor: termRows), (name: "captions", tensor: captionRows)], as: .float16,
        to: folder.appendingPathComponent(Self.rowsName))
      try DurableFile.writeShared((Self.header + lines.joined()).utf8, to: url)
    } catch {
      throw .unreadable(path: url.path, reason: "it cannot be written: \(error.systemReason)")
    }
  }
}
