public import Foundation
import GRDB
import Storage

/// A clip with what else is known of it.
public struct ClipDetails: Sendable, Equatable {
  public var clip: LibraryClip
  /// The clip's tags, as JSON: all that made it; nil where nobody said.
  public var request: String?
  public var parents: [LibraryClip]
  public var children: [LibraryClip]
}

extension ClipLibrary {
  /// Where a clip's sound is now; of a draft, its preview.
  ///
  /// Another process may move it at any moment: ask again where it cannot be opened.
  /// - Throws: `LibraryError.noClip`, or `fileMissing`.
  public func file(of id: String) throws(LibraryError) -> URL {
    let row = try read { try ClipRow.clip(id, $0) }
    let places = row.stage == .draft ? [draft(id)] : try [wanted(row)] + self.places(of: row)
    guard let found = places.first(where: Self.isFile) else { throw .fileMissing(id: id, path: places[0].path) }
    return found
  }

  /// The preview of a clip; nil where there is none, or none any more.
  /// - Throws: `LibraryError.noClip`.
  public func draftFile(of id: String) throws(LibraryError) -> URL? {
    _ = try clip(id)
    return Self.isFile(draft(id)) ? draft(id) : nil
  }

  /// Whether there is a plain file, and no link that may lead out of the library.
  private static func isFile(_ url: URL) -> Bool {
    var status = stat()
    return lstat(url.path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// - Throws: `LibraryError.noClip`.
  public func details(of id: String) throws(LibraryError) -> ClipDetails {
    try read { db in
      let row = try ClipRow.clip(id, db)
      let request = try String.fetchOne(
        db, sql: "SELECT request FROM details WHERE serial = ?", arguments: [row.serial])
      func relatives(_ from: String, _ to: String) throws -> [LibraryClip] {
        try Row.fetchAll(
          db,
          sql: """
            SELECT \(ClipRow.columns) FROM clips JOIN relations ON clips.id = relations.\(to)
            WHERE relations.\(from) = ? AND isPurged = 0 ORDER BY createdAt, serial
            """, arguments: [id]
        ).map { ClipRow($0).clip }
      }
      return ClipDetails(
        clip: row.clip, request: request, parents: try relatives("child", "parent"),
        children: try relatives("parent", "child"))
    }
  }

  /// Says that a clip has stems or notes now, which lie in `folder.parts(of:)`.
  /// - Throws: `LibraryError.noClip`.
  @discardableResult
  public func setParts(of id: String, hasStems: Bool? = nil, hasNotes: Bool? = nil) throws(LibraryError) -> LibraryClip
  {
    try transaction { step in
      var row = try ClipRow.clip(id, step.db)
      if let hasStems { row.clip.hasStems = hasStems }
      if let hasNotes { row.clip.hasNotes = hasNotes }
      try step.write(row)
      return row.clip
    }
  }

  /// Writes a file that goes with a clip, whole: a stem ("drums.wav"), or its notes ("notes.mid").
  /// - Throws: `LibraryError.badPath` for what is no file's name.
  public func storePart(_ bytes: [UInt8], named name: String, of id: String) throws(LibraryError) -> URL {
    _ = try clip(id)
    let parts = try folder.parts(of: id)
    guard LibraryFolder.isPlainName(name) else { throw .badPath(name) }
    let url = parts.appendingPathComponent(name)
    do {
      try DurableFile.makeFolder(parts)
      try DurableFile.writeShared(bytes, to: url)
    } catch { throw told(error) }
    return url
  }

  /// Counts of what there is.
  public struct Counts: Codable, Sendable, Equatable {
    public var clips = 0
    public var picks = 0
    public var rejected = 0
    public var bin = 0
    public var waiting = 0
    public var running = 0

    public init() {}
  }

  /// - Throws: `LibraryError`.
  public func counts() throws(LibraryError) -> Counts {
    try read { db in
      var counts = Counts()
      for row in try Row.fetchAll(
        db, sql: "SELECT state, isBinned, count(*) AS number FROM clips WHERE isPurged = 0 GROUP BY state, isBinned")
      {
        let (state, number): (String, Int) = (row["state"], row["number"])
        if row["isBinned"] {
          counts.bin += number
          continue
        }
        counts.clips += number
        if state == "picked" { counts.picks += number }
        if state == "rejected" { counts.rejected += number }
      }
      for row in try Row.fetchAll(db, sql: "SELECT state, count(*) AS number FROM jobs GROUP BY state") {
        if row["state"] == "waiting" { counts.waiting = row["number"] }
        if row["state"] == "running" { counts.running = row["number"] }
      }
      return counts
    }
  }
}
