public import Foundation
public import Parallelism
import Storage
public import Synthesis
public import Text

/// The jobs of a file: JSON, one object a line, or a table with a header, as spreadsheets write it.
public struct Manifest: Sendable, Equatable {
  public let jobs: [Job]
  /// What should be known of how it was read, and of its jobs.
  public let notes: [ManifestNote]
  /// How many remarks on its jobs there are besides, which are not kept.
  public let lostNoteCount: Int
  /// Where each job stands, by its id in lower case.
  private let lines: [String: Int]

  /// Longer lines are refused unread: a prompt has a few thousand bytes at most.
  static let longestLine = 65_536
  static let mostJobs = 1_000_000
  /// After so many problems reading stops.
  static let mostProblems = 10_000

  /// Reads and checks a manifest.
  /// - Parameter name: what errors call it; an extension of `.csv` or `.jsonl` says what it is, else its first
  ///   character does.
  /// - Parameter names: how clips are named whose jobs have no id; nil for after their prompts.
  /// - Parameter hearsPrompts: whether the music that prompts name becomes controls, for a model that takes any.
  /// - Parameter vocabulary: the model's, where it has one.
  /// - Parameter endsSounds: whether the model ends what it makes.
  /// - Throws: `ManifestError` with every problem in it.
  public init(
    _ data: Data, name: String, names: NameTemplate? = nil, hearsPrompts: Bool = true, vocabulary: Vocabulary? = nil,
    endsSounds: Bool = false,
    threads: Int = Parallel.coreCount
  ) throws(ManifestError) {
    var reader = ManifestReader(
      JobReader(hearsPrompts: hearsPrompts, vocabulary: vocabulary, endsSounds: endsSounds), names: names,
      threads: threads)
    if Self.isTable(data, name: name) {
      reader.readTable(data)
    } else {
      reader.readLines(data)
    }
    try self.init(reader, name: name)
  }

  /// The jobs of a plan.
  /// - Parameters: as above.
  /// - Throws: `ManifestError` with every problem in it, each once.
  package init(
    rows: [ManifestRow], name: String, hearsPrompts: Bool, vocabulary: Vocabulary?, endsSounds: Bool, threads: Int
  ) throws(ManifestError) {
    var reader = ManifestReader(
      JobReader(hearsPrompts: hearsPrompts, vocabulary: vocabulary, endsSounds: endsSounds), threads: threads)
    reader.read(rows)
    try self.init(reader, name: name)
  }

  private init(_ reader: ManifestReader, name: String) throws(ManifestError) {
    guard reader.problems.isEmpty else {
      throw .problems(path: name, reader.problems, isCutShort: reader.isFull)
    }
    guard !reader.jobs.isEmpty else { throw .empty(path: name) }
    (jobs, notes, lines) = (reader.jobs, reader.notes.all, reader.lines)
    lostNoteCount = reader.notes.lostCount
  }

  /// What a job of this manifest conflicts with, told with its line.
  public func problem(_ conflict: BatchConflict) -> ManifestProblem {
    ManifestProblem(line: lines[conflict.id.lowercased()] ?? 0, reason: conflict.description)
  }

  /// No table of so many jobs is longer, in bytes.
  static let longestFile = 1 << 30

  /// Reads a file, or standard input for `-`.
  public init(
    path: String, names: NameTemplate? = nil, hearsPrompts: Bool = true, vocabulary: Vocabulary? = nil,
    endsSounds: Bool = false,
    threads: Int = Parallel.coreCount
  ) throws(ManifestError) {
    let data: Data
    do {
      data = try Self.contents(path)
    } catch {
      throw .unreadable(path: path, reason: error.systemReason)
    }
    try self.init(
      data, name: path, names: names, hearsPrompts: hearsPrompts, vocabulary: vocabulary, endsSounds: endsSounds,
      threads: threads)
  }

  /// What a file holds; a pipe is read to its end, as a shell makes one for `<(…)`.
  private static func contents(_ path: String) throws -> Data {
    if path == "-" { return Data(try StandardStream.input.readAll(limit: longestFile)) }
    do {
      return try SmallFile.read(URL(fileURLWithPath: path), limit: longestFile)
    } catch .notAFile {
      let pipe = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
      let data = try pipe.read(upToCount: longestFile + 1) ?? Data()
      guard data.count <= longestFile else { throw StorageError.cannotRead(path: path, code: EFBIG) }
      return data
    }
  }

  private static func isTable(_ data: Data, name: String) -> Bool {
    switch URL(fileURLWithPath: name).pathExtension.lowercased() {
    case "csv", "tsv", "tab": return true
    case "jsonl", "ndjson", "json": return false
    default:
      let space: [UInt8] = [0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF]
      guard let first = data.first(where: { !space.contains($0) }) else { return false }
      return first != UInt8(ascii: "{")
    }
  }
}
