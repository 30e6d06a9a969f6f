import Foundation
import GRDB
import Storage

/// A clip that comes in: what its maker says, what was measured, and its bytes' mark.
struct IncomingClip {
  var facts: ClipFacts
  var measures: ClipMeasures
  /// Without a dot.
  var fileExtension: String
  var hash: String
  var byteCount: Int
  var createdAt = Date()
  var job: String?
  var take = 1
  var group = ""

  /// What is shown of it, but for its name.
  func clip(id: String) -> LibraryClip {
    var clip = LibraryClip(id: id)
    (clip.prompt, clip.caption, clip.model) = (facts.prompt, facts.caption, facts.model)
    (clip.voices, clip.seed, clip.kind) = (facts.voices, facts.seed, facts.kind)
    (clip.bpm, clip.key, clip.chords, clip.isLoop) = (facts.bpm, facts.key, facts.chords, facts.isLoop)
    (clip.bars, clip.novelty, clip.parents) = (facts.bars, facts.novelty, facts.parents)
    (clip.distance, clip.group, clip.take) = (facts.distance, group, take)
    (clip.seconds, clip.frames, clip.sampleRate) = (measures.seconds, measures.frames, measures.sampleRate)
    (clip.channels, clip.peak, clip.loudness) = (measures.channels, measures.peak, measures.loudness)
    (clip.brightness, clip.createdAt) = (measures.brightness, createdAt)
    return clip
  }
}

extension LibraryTransaction {
  /// Adds a clip's row, or writes over that of its draft: what users said of it stays.
  /// - Parameter fileName: free, or its own.
  /// - Returns: its serial number.
  @discardableResult
  func put(
    _ clip: LibraryClip, stage: ClipRow.Stage, fileName: String, hash: String, byteCount: Int, job: String?,
    request: String?, features: [UInt8], isUnsettled: Bool = true, isPurged: Bool = false
  ) throws -> Int64 {
    let values: [(String, (any DatabaseValueConvertible)?)] = [
      ("fileName", fileName), ("stage", stage.rawValue), ("isUnsettled", isUnsettled), ("job", job),
      ("take", clip.take),
      ("groupID", clip.group), ("prompt", clip.prompt), ("caption", clip.caption), ("model", clip.model),
      ("voices", LibraryJSON.text(clip.voices)), ("seed", Int64(bitPattern: clip.seed)), ("seconds", clip.seconds),
      ("frames", clip.frames), ("sampleRate", clip.sampleRate), ("channels", clip.channels), ("bpm", clip.bpm),
      ("key", clip.key), ("chords", clip.chords), ("isLoop", clip.isLoop), ("bars", clip.bars),
      ("novelty", clip.novelty), ("loudness", clip.loudness), ("peak", clip.peak), ("brightness", clip.brightness),
      ("kind", clip.kind), ("parents", LibraryJSON.text(clip.parents)), ("distance", clip.distance),
      ("createdAt", clip.createdAt.timeIntervalSince1970), ("byteCount", byteCount), ("hash", hash),
      ("revision", revision), ("state", clip.state.rawValue), ("isBinned", clip.isBinned), ("rating", clip.rating),
      ("note", clip.note), ("tags", LibraryJSON.text(clip.tags)), ("hasStems", clip.hasStems),
      ("hasNotes", clip.hasNotes), ("isPurged", isPurged), ("id", clip.id),
    ]
    let names = values.map(\.0)
    try db.execute(
      sql: """
        INSERT INTO clips (\(names.joined(separator: ", "))) VALUES (\(names.map { _ in "?" }.joined(separator: ", ")))
        ON CONFLICT (id) DO UPDATE SET \(names.map { "\($0) = excluded.\($0)" }.joined(separator: ", "))
        """,
      arguments: StatementArguments(values.map(\.1)))
    guard let serial = try Int64.fetchOne(db, sql: "SELECT serial FROM clips WHERE id = ?", arguments: [clip.id]) else {
      throw LibraryError.noClip(id: clip.id)
    }
    try db.execute(
      sql: "INSERT OR REPLACE INTO details (serial, request, features) VALUES (?, ?, ?)",
      arguments: [serial, request, Data(features)])
    try db.execute(sql: "DELETE FROM relations WHERE child = ?", arguments: [clip.id])
    for parent in clip.parents {
      try db.execute(
        sql: "INSERT OR IGNORE INTO relations (child, parent) VALUES (?, ?)", arguments: [clip.id, parent])
    }
    var named = clip
    named.name = (fileName as NSString).deletingPathExtension
    try writeWords(serial, named)
    return serial
  }

  /// A name for a clip's file that is free in the database, and in all folders of clips: moving needs no other.
  func freeName(_ stem: String, _ fileExtension: String, in folder: LibraryFolder) throws -> String {
    let stem = LibraryFolder.isPlainName(stem) ? stem : "clip"
    // "name_01" goes on as "name_02", and any other name as "name-2".
    let digits = stem.reversed().prefix { $0.isASCII && $0.isNumber }.count
    let isNumbered = (2...6).contains(digits) && stem.dropLast(digits).last == "_"
    let first = isNumbered ? Int(stem.suffix(digits)) ?? 1 : 1
    func file(_ number: Int) -> String? {
      let text = "\(number)"
      let padded = String(repeating: "0", count: max(0, digits - text.count)) + text
      let name = isNumbered ? stem.dropLast(digits) + padded : number == 1 ? stem[...] : "\(stem)-\(number)"
      let file = "\(name).\(fileExtension)"
      return LibraryFolder.isPlainName(file) ? file : nil
    }
    func isTaken(_ number: Int) throws -> Bool { try file(number).map { try isKnown($0, in: folder) } ?? false }
    // Names are mostly taken in a row, whose end is found by doubling and halving: there may be thousands of one prompt.
    var (taken, free) = (first - 1, first)
    while try isTaken(free) { (taken, free) = (free, 2 * free - first + 1) }
    while free - taken > 1 {
      let middle = (taken + free) / 2
      if try isTaken(middle) { taken = middle } else { free = middle }
    }
    return file(free) ?? "\(LibraryID.new()).\(fileExtension)"
  }

  private func isKnown(_ file: String, in folder: LibraryFolder) throws -> Bool {
    let hasRow = try Bool.fetchOne(
      db, sql: "SELECT EXISTS (SELECT 1 FROM clips WHERE fileName = ? AND isPurged = 0)", arguments: [file])
    return hasRow == true
      || LibraryFolder.Place.ofClips.contains { FileIdentity.isTaken(folder.folder($0).appendingPathComponent(file)) }
  }
}
