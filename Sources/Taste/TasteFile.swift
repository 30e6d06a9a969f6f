public import Foundation
import Storage

/// Clips and picks among them.
public struct TasteContents: Sendable, Equatable {
  public var clips: [TasteClip] = []
  public var picks: [TastePick] = []

  public init() {}

  public init(clips: [TasteClip], picks: [TastePick]) { (self.clips, self.picks) = (clips, picks) }
}

/// A taste on the disk: a text of one JSON object a line, clips and picks, which several programs may add to at once.
/// Nothing of it ever leaves the machine by Hiss.
public struct TasteFile: Sendable {
  public let url: URL

  public init(_ url: URL) { self.url = url }

  /// A taste by its name, or by a path, which has a slash in it.
  /// - Throws: `TasteError.badName`.
  public init(named name: String) throws(TasteError) {
    if name.contains("/") {
      url = URL(fileURLWithPath: name)
      return
    }
    let isPlain = name.allSatisfy { $0.isLetter || $0.isNumber || "-_ ".contains($0) }
    guard isPlain, !name.isEmpty, name.count <= 60 else { throw .badName(name) }
    url = Self.folder.appendingPathComponent(name + ".jsonl")
  }

  /// One that is there already.
  /// - Throws: `TasteError.badName`, `TasteError.unknown`.
  public init(existing name: String) throws(TasteError) {
    try self.init(named: name)
    guard exists else { throw .unknown(name: name, path: url.path) }
  }

  /// Where tastes lie that have a name: `HISS_TASTES`, else `~/.local/share/hiss/tastes` (XDG_DATA_HOME).
  public static var folder: URL {
    let environment = ProcessInfo.processInfo.environment
    if let path = environment["HISS_TASTES"], !path.isEmpty { return URL(fileURLWithPath: path) }
    let data = environment["XDG_DATA_HOME"].flatMap { $0.hasPrefix("/") ? URL(fileURLWithPath: $0) : nil }
    return (data ?? FileManager.default.homeDirectoryForCurrentUser.appendingPathComponent(".local/share"))
      .appendingPathComponent("hiss/tastes")
  }

  /// The names of those that are there.
  public static var names: [String] {
    let files = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
    return files.filter { $0.pathExtension == "jsonl" }.map { $0.deletingPathExtension().lastPathComponent }.sorted()
  }

  public var name: String { url.deletingPathExtension().lastPathComponent }
  public var exists: Bool { FileManager.default.fileExists(atPath: url.path) }

  private struct Line: Codable {
    var clip: TasteClip?
    var pick: TastePick?
  }

  /// All clips and picks, in the order in which they were added. Lines that a crash cut off are passed over.
  /// - Throws: `TasteError` where the file cannot be read, or is no taste.
  public func contents() throws(TasteError) -> TasteContents {
    var contents = TasteContents()
    let lines: [String]
    do { lines = try AppendLog(url).newLines() } catch { throw .cannotRead(path: url.path, reason: error.reason) }
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    var seen: Set<String> = []
    for text in lines {
      guard let line = try? decoder.decode(Line.self, from: Data(text.utf8)) else { continue }
      if let clip = line.clip, seen.insert(clip.id).inserted { contents.clips.append(clip) }
      if let pick = line.pick { contents.picks.append(pick) }
    }
    if !lines.isEmpty, contents.clips.isEmpty { throw .notATaste(path: url.path) }
    return contents
  }

  /// Adds picks, and the clips that they name and the file lacks.
  /// - Throws: `TasteError`; what was added before stays.
  public func add(_ picks: [TastePick], of clips: [TasteClip]) throws(TasteError) {
    let known = Set(exists ? try contents().clips.map(\.id) : [])
    let named = Set(picks.flatMap { [$0.picked] + $0.over })
    let encoder = JSONEncoder()
    encoder.dateEncodingStrategy = .iso8601
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      let log = AppendLog(url)
      var lines: [Line] = []
      var added = known
      for clip in clips where named.contains(clip.id) && added.insert(clip.id).inserted {
        lines.append(Line(clip: clip))
      }
      lines += picks.filter { !$0.over.isEmpty }.map { Line(pick: $0) }
      guard !lines.isEmpty else { return }
      let text = try lines.map { String(decoding: try encoder.encode($0), as: UTF8.self) }.joined(separator: "\n")
      try log.append(text)
    } catch let error as StorageError {
      throw .cannotWrite(path: url.path, reason: error.reason)
    } catch { throw .cannotWrite(path: url.path, reason: error.localizedDescription) }
  }
}

/// What keeps a taste from being read or written.
public enum TasteError: Error, Equatable, Sendable, CustomStringConvertible {
  case badName(String)
  case unknown(name: String, path: String)
  case missing(path: String)
  case cannotRead(path: String, reason: String)
  case cannotWrite(path: String, reason: String)
  case notATaste(path: String)
  /// A taste that is no better than chance, as a line says.
  case nothingLearned(String)
  /// A table of picks, at a line (from 1).
  case badTable(path: String, line: Int, reason: String)

  public var description: String {
    switch self {
    case .badName(let name): "\"\(name)\" is no name of a taste: letters, digits, - and _ are, and paths have a slash"
    case .unknown(let name, let path): "there is no taste \(name) (\(path)): `hiss rate` begins one"
    case .missing(let path): "\(path): there is no such file"
    case .cannotRead(let path, let reason), .cannotWrite(let path, let reason): "\(path): \(reason)"
    case .nothingLearned(let summary): "\(summary): nothing can go by this taste yet"
    case .notATaste(let path): "\(path): no clips and picks of a taste are in it"
    case .badTable(let path, let line, let reason): "\(path): line \(line): \(reason)"
    }
  }
}
