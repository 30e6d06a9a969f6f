import Foundation
import GRDB

/// A clip's row: what is shown of it, and what only the library itself needs.
struct ClipRow {
  enum Stage: Int {
    case draft = 1
    case whole = 2
  }

  let serial: Int64
  var clip: LibraryClip
  var stage: Stage
  var isPurged = false
  var isUnsettled = false
  var job: String?
  /// Its file's name, without the folder.
  var fileName: String
  var hash = ""
  var byteCount = 0

  /// The folder in which its file belongs.
  var place: LibraryFolder.Place { Self.place(clip) }

  static func place(_ clip: LibraryClip) -> LibraryFolder.Place {
    if clip.isBinned { return .bin }
    return clip.state == .picked ? .picks : .clips
  }

  static let columns = """
    serial, id, fileName, stage, state, isBinned, isPurged, isUnsettled, job, take, groupID, prompt, caption, model, voices, \
    seed, seconds, frames, sampleRate, channels, bpm, key, chords, isLoop, bars, rating, note, tags, novelty, loudness, peak, \
    brightness, kind, hasStems, hasNotes, parents, distance, createdAt, byteCount, hash
    """

  init(_ row: Row) {
    serial = row["serial"]
    fileName = row["fileName"]
    stage = Stage(rawValue: row["stage"]) ?? .whole
    (isPurged, isUnsettled, job) = (row["isPurged"], row["isUnsettled"], row["job"])
    (hash, byteCount) = (row["hash"], row["byteCount"])
    clip = LibraryClip(id: row["id"])
    (clip.prompt, clip.caption, clip.model) = (row["prompt"], row["caption"], row["model"])
    (clip.seconds, clip.frames, clip.sampleRate) = (row["seconds"], row["frames"], row["sampleRate"])
    (clip.channels, clip.bpm, clip.key, clip.chords) = (row["channels"], row["bpm"], row["key"], row["chords"])
    (clip.isLoop, clip.bars, clip.rating, clip.note) = (row["isLoop"], row["bars"], row["rating"], row["note"])
    (clip.novelty, clip.loudness, clip.peak) = (row["novelty"], row["loudness"], row["peak"])
    (clip.brightness, clip.kind, clip.hasStems) = (row["brightness"], row["kind"], row["hasStems"])
    (clip.hasNotes, clip.distance, clip.take) = (row["hasNotes"], row["distance"], row["take"])
    (clip.group, clip.isBinned) = (row["groupID"], row["isBinned"])
    clip.seed = UInt64(bitPattern: row["seed"])
    clip.state = LibraryClip.State(rawValue: row["state"]) ?? .new
    clip.createdAt = Date(timeIntervalSince1970: row["createdAt"])
    clip.voices = LibraryJSON.list(row["voices"])
    clip.tags = LibraryJSON.list(row["tags"])
    clip.parents = LibraryJSON.list(row["parents"])
    clip.isDraft = stage == .draft
    clip.name = (fileName as NSString).deletingPathExtension
    clip.file = clip.isDraft ? "" : "\(place.rawValue)/\(fileName)"
  }

  /// The row of an id; nil where there is none. Those that are gone for good are found too.
  static func find(_ id: String, _ db: Database) throws -> ClipRow? {
    try Row.fetchOne(db, sql: "SELECT \(columns) FROM clips WHERE id = ?", arguments: [id]).map(ClipRow.init)
  }

  /// - Throws: `LibraryError.noClip`, also of one that is gone for good.
  static func clip(_ id: String, _ db: Database) throws -> ClipRow {
    guard let row = try find(id, db), !row.isPurged else { throw LibraryError.noClip(id: id) }
    return row
  }
}

extension LibraryTransaction {
  /// Writes what users say of a clip, and whether its file has to move.
  func write(_ row: ClipRow) throws {
    let clip = row.clip
    try db.execute(
      sql: """
        UPDATE clips SET state = ?, isBinned = ?, isUnsettled = ?, rating = ?, note = ?, tags = ?, isPurged = ?, fileName = ?,
          hasStems = ?, hasNotes = ?, stage = ?, hash = ?, byteCount = ?, revision = ? WHERE serial = ?
        """,
      arguments: [
        clip.state.rawValue, clip.isBinned, row.isUnsettled, clip.rating, clip.note, LibraryJSON.text(clip.tags),
        row.isPurged, row.fileName, clip.hasStems, clip.hasNotes, row.stage.rawValue, row.hash, row.byteCount, revision,
        row.serial,
      ])
    try writeWords(row.serial, clip)
  }

  /// What text is searched in, and the tags.
  func writeWords(_ serial: Int64, _ clip: LibraryClip) throws {
    try db.execute(sql: "DELETE FROM clipTags WHERE serial = ?", arguments: [serial])
    for tag in clip.tags {
      try db.execute(sql: "INSERT OR IGNORE INTO clipTags (serial, tag) VALUES (?, ?)", arguments: [serial, tag])
    }
    let other = [
      clip.caption == clip.prompt ? "" : clip.caption, clip.model, clip.key ?? "", clip.chords ?? "", clip.kind,
    ]
    let texts = [clip.prompt, clip.name, clip.note, clip.tags.joined(separator: " "), other.joined(separator: " ")]
    try db.execute(sql: "DELETE FROM words WHERE rowid = ?", arguments: [serial])
    try db.execute(
      sql: "INSERT INTO words (rowid, prompt, name, note, tags, other) VALUES (?, ?, ?, ?, ?, ?)",
      arguments: StatementArguments([serial] as [any DatabaseValueConvertible] + texts.map(SearchText.indexed)))
  }
}
