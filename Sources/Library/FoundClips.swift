import Foundation
import GRDB
import Parallelism
import Storage

/// The clips' files, with what the journal or their tags say of them.
struct FoundClips {
  private let folder: LibraryFolder
  private let journal: JournalAccount
  private var clips: [(made: LibraryEvent.Made, file: FileMatching.File)] = []
  private var report = RebuildReport()

  /// Reads every file; sounds are measured where the journal does not know them.
  init(_ folder: LibraryFolder, _ journal: JournalAccount, progress: (Int, Int) -> Void) {
    (self.folder, self.journal) = (folder, journal)
    let known = journal.clips.values.filter { !journal.purged.contains($0.clip.id) }
    let matching = FileMatching(folder, Array(known), progress: progress)
    (report.unreadLines, report.missing) = (journal.unread, matching.missing)
    let count = matching.files.count
    for start in stride(from: 0, to: count, by: 64) {
      let found = Parallel.map(min(64, count - start)) { index in
        Result { try Self.clip(matching.files[start + index], matching.matches[start + index]) }
      }
      for (index, found) in found.enumerated() { take(matching.files[start + index], found) }
      progress(min(start + 64, count), count)
    }
  }

  /// Why a file is passed over.
  private struct Refusal: Error { let reason: String }

  private static func clip(_ file: FileMatching.File, _ match: FileMatching.Match) throws -> LibraryEvent.Made {
    guard let hash = file.hash else { throw Refusal(reason: "it cannot be read") }
    switch match {
    case .same(let made): return made
    case .edited(let made):
      // What it says may be gone; what is measured is measured again.
      guard let sound = try? SoundFile(file.url) else { return made }
      return sound.updating(made, hash: hash, byteCount: file.byteCount)
    case .copy(var made):
      made.clip.id = LibraryID.new()
      (made.job, made.clip.group) = (nil, made.clip.id)
      made.clip.state = .new
      return made
    case .unknown:
      let sound = try SoundFile(file.url)
      guard let facts = sound.facts else { throw Refusal(reason: "Hiss did not make it, or it does not say how") }
      return sound.made(facts, hash: hash, byteCount: file.byteCount)
    }
  }

  private mutating func take(_ file: FileMatching.File, _ found: Result<LibraryEvent.Made, any Error>) {
    switch found {
    case .failure(let error):
      let reason = (error as? Refusal)?.reason ?? "\(error)"
      report.passedOver.append("\(file.path): \(reason.replacing(file.url.path + ": ", with: ""))")
    case .success(var made):
      // The folder tells; but what was picked stays picked, and what lies outside of the bin is not in it.
      if file.place == .picks { made.clip.state = .picked }
      (made.clip.isBinned, made.clip.isDraft) = (file.place == .bin, false)
      report.clips += 1
      report.known += journal.clips[made.clip.id] == nil ? 0 : 1
      report.picks += made.clip.state == .picked && !made.clip.isBinned ? 1 : 0
      clips.append((made, file))
    }
  }

  /// Makes the rows of clips anew. What came in since the files were read stays, and so do drafts, events and jobs of a
  /// database that is whole.
  /// - Parameter revision: the library's before the files were read.
  func write(_ step: LibraryTransaction, since revision: Int) throws -> RebuildReport {
    let db = step.db
    let isNew = "(isUnsettled = 1 OR revision > \(revision))"
    let new = try Set(String.fetchAll(db, sql: "SELECT id FROM clips WHERE stage = 1 OR \(isNew)"))
    try db.execute(
      sql: """
        DELETE FROM words WHERE rowid IN (SELECT serial FROM clips WHERE stage = 2 AND NOT \(isNew));
        DELETE FROM clips WHERE stage = 2 AND NOT \(isNew);
        DELETE FROM relations WHERE child NOT IN (SELECT id FROM clips);
        """)
    for event in journal.events { try event.insert(db, isJournaled: true) }
    for (job, at) in journal.jobs { try step.insert(job, at: at) }
    for id in journal.purged.sorted() where !new.contains(id) {
      // No job makes it again, and taste knows it.
      guard let made = journal.clips[id] else { continue }
      try put(made, as: made.fileName, isPurged: true, step)
      try db.execute(
        sql: "DELETE FROM words WHERE rowid = (SELECT serial FROM clips WHERE id = ?)", arguments: [id])
    }
    for (made, file) in clips where !new.contains(made.clip.id) {
      // One name in two folders, of two clips: the second gets another.
      let isTaken = try Bool.fetchOne(
        db, sql: "SELECT EXISTS (SELECT 1 FROM clips WHERE fileName = ? AND isPurged = 0)", arguments: [file.name])
      let (stem, ending) = (file.url.deletingPathExtension().lastPathComponent, file.url.pathExtension)
      let name = isTaken == true ? try step.freeName(stem, ending, in: folder) : file.name
      if name != file.name { try FileMove(from: file.url, to: folder.file(name, in: file.place)).run(.none) }
      let isUnsettled = file.place != ClipRow.place(made.clip)
      try put(made, as: name, isUnsettled: isUnsettled, step)
      if journal.clips[made.clip.id] == nil { try step.record(.made, clip: made.clip.id) { $0.made = made } }
    }
    return report
  }

  private func put(
    _ made: LibraryEvent.Made, as fileName: String, isUnsettled: Bool = false, isPurged: Bool = false,
    _ step: LibraryTransaction
  ) throws {
    try step.put(
      made.clip, stage: .whole, fileName: fileName, hash: made.hash, byteCount: made.byteCount, job: made.job,
      request: made.request, features: made.features.map { Array($0) } ?? [], isUnsettled: isUnsettled,
      isPurged: isPurged)
  }
}
