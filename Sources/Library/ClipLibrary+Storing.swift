public import Audio
public import Foundation
import GRDB
import Storage

/// Which clip of which job a sound is.
public struct ClipSlot: Sendable, Equatable {
  public var job: String
  /// From 1 on.
  public var take: Int
  public var group: String

  public init(job: String, take: Int, group: String) { (self.job, self.take, self.group) = (job, take, group) }
}

extension ClipLibrary {
  /// Takes in a sound that is whole. Of each slot there is one clip, whoever is killed when: a second one for it is not taken
  /// in, and the first returned.
  /// - Parameters:
  ///   - bytes: of the file as it will lie in the folder.
  ///   - sound: what they hold; measured.
  ///   - slot: nil of a clip that no job makes.
  /// - Throws: `LibraryError`.
  @discardableResult
  public func store(
    _ bytes: [UInt8], _ sound: AudioClip, _ facts: ClipFacts, in slot: ClipSlot? = nil, fileExtension: String = "wav",
    createdAt: Date = Date()
  ) throws(LibraryError) -> LibraryClip {
    if let slot, let there = try whole(slot) { return there }
    let measures: ClipMeasures
    do { measures = try ClipMeasures(sound) } catch { throw .sound(error) }
    let hash = StableHash.hexadecimal(bytes.withUnsafeBytes { StableHash.of($0) })
    var new = IncomingClip(
      facts: facts, measures: measures, fileExtension: fileExtension, hash: hash, byteCount: bytes.count,
      createdAt: createdAt)
    if let slot { (new.job, new.take, new.group) = (slot.job, slot.take, slot.group) }
    let id = try read { try Self.id(in: slot, $0) } ?? LibraryID.new()
    try writeFlushed(bytes, to: incoming(id))
    try faults.reached(.bytesWritten)
    return try admit(new, id: id)
  }

  /// Takes in a preview of a clip: it can be heard at once, and makes place for the whole one.
  /// - Throws: `LibraryError`.
  @discardableResult
  public func storeDraft(
    _ bytes: [UInt8], _ sound: AudioClip, _ facts: ClipFacts, in slot: ClipSlot
  ) throws(LibraryError) -> LibraryClip {
    if let there = try whole(slot) { return there }
    let measures: ClipMeasures
    do { measures = try ClipMeasures(sound) } catch { throw .sound(error) }
    var new = IncomingClip(facts: facts, measures: measures, fileExtension: "wav", hash: "", byteCount: bytes.count)
    (new.job, new.take, new.group) = (slot.job, slot.take, slot.group)
    let id = try read { try Self.id(in: slot, $0) } ?? LibraryID.new()
    try writeFlushed(bytes, to: draft(id))
    try transaction { step in
      let former = try ClipRow.find(id, step.db)
      guard former?.stage != .whole else { return }
      let name = try former?.fileName ?? step.freeName(facts.name, "wav", in: folder)
      try step.put(new, stage: .draft, id: id, former: former, fileName: name)
    }
    return try clip(id)
  }

  /// The second half of taking in: the row, and then the file's place.
  func admit(_ new: IncomingClip, id: String) throws(LibraryError) -> LibraryClip {
    let winner = try transaction { step in
      // Another process may have been quicker.
      if let job = new.job, let there = try Self.id(in: ClipSlot(job: job, take: new.take, group: ""), step.db),
        let row = try ClipRow.find(there, step.db), row.stage == .whole || row.isPurged || there != id
      {
        return there
      }
      let former = try ClipRow.find(id, step.db)
      let stem = former.map { ($0.fileName as NSString).deletingPathExtension } ?? new.facts.name
      let isOwn = former.map { ($0.fileName as NSString).pathExtension == new.fileExtension } ?? false
      let name = try isOwn ? former?.fileName ?? "" : step.freeName(stem, new.fileExtension, in: folder)
      try step.put(new, stage: .whole, id: id, former: former, fileName: name)
      let row = try ClipRow.clip(id, step.db)
      try step.record(.made, clip: id) {
        $0.made = LibraryEvent.Made(
          clip: row.clip, request: new.facts.request, features: Data(new.measures.features), hash: new.hash,
          byteCount: new.byteCount, job: new.job)
      }
      return id
    }
    guard winner == id else {
      unlink(incoming(id).path)
      return try clip(winner)
    }
    try faults.reached(.committed)
    try settle([id])
    try faults.reached(.settled)
    unlink(draft(id).path)
    writeJournal()
    return try clip(id)
  }

  /// The clip of a slot, if it is whole; also one that is gone for good, which is not made again.
  private func whole(_ slot: ClipSlot) throws(LibraryError) -> LibraryClip? {
    try read { db in
      guard let id = try Self.id(in: slot, db), let row = try ClipRow.find(id, db), row.stage == .whole else {
        return nil
      }
      return row.clip
    }
  }

  private static func id(in slot: ClipSlot?, _ db: Database) throws -> String? {
    guard let slot else { return nil }
    return try String.fetchOne(
      db, sql: "SELECT id FROM clips WHERE job = ? AND take = ?", arguments: [slot.job, slot.take])
  }

  func writeFlushed(_ bytes: [UInt8], to url: URL) throws(LibraryError) {
    do {
      let file = try FileDescriptor(url.path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW)
      do {
        try file.write(bytes)
        try file.flush()
      } catch {
        unlink(url.path)
        throw error
      }
      try DurableFile.flush(folder: url.deletingLastPathComponent())
    } catch { throw told(error) }
  }
}

extension LibraryTransaction {
  /// The row of a clip that comes in. What users said of its draft stays.
  func put(_ new: IncomingClip, stage: ClipRow.Stage, id: String, former: ClipRow?, fileName: String) throws {
    var clip = new.clip(id: id)
    if let former {
      clip.take(former.clip.values)
      (clip.hasStems, clip.hasNotes, clip.createdAt) = (
        former.clip.hasStems, former.clip.hasNotes, former.clip.createdAt
      )
    }
    try put(
      clip, stage: stage, fileName: fileName, hash: new.hash, byteCount: new.byteCount, job: new.job,
      request: new.facts.request, features: new.measures.features, isUnsettled: stage == .whole)
  }
}
