public import Foundation
import GRDB
import Storage

/// What came of making a database again.
public struct RebuildReport: Codable, Sendable, Equatable {
  /// Clips that it has, and how many of them the journal knew.
  public var clips = 0
  public var known = 0
  /// Picks among them.
  public var picks = 0
  /// Files that hold no clip of Hiss's, or cannot be read, with the reason: they stay where they are.
  public var passedOver: [String] = []
  /// Clips of the journal whose files are gone.
  public var missing = 0
  /// Lines of the journal that could not be read.
  public var unreadLines = 0
  /// Where a damaged database was put; nil where there was none.
  public var setAside: String?
}

extension ClipLibrary {
  /// Makes the database again from the clips' files and the journal, also where it is damaged or gone. A damaged one is kept
  /// aside.
  /// - Throws: `LibraryError`; `busy` where it is damaged and another process has it open.
  public static func rebuild(
    at url: URL, progress: (Int, Int) -> Void = { _, _ in }
  ) throws(LibraryError) -> RebuildReport {
    do throws(LibraryError) { return try ClipLibrary(at: url).rebuild(progress: progress) } catch {
      guard case .damaged = error else { throw error }
    }
    let folder = LibraryFolder(url)
    let place = try setAside(folder)
    var report = try ClipLibrary(at: url).rebuild(progress: progress)
    report.setAside = place
    return report
  }

  private static func setAside(_ folder: LibraryFolder) throws(LibraryError) -> String {
    let alone = try LibraryPresence.alone(folder)
    defer { withExtendedLifetime(alone) {} }
    let names = sequence(first: 1) { $0 + 1 }.lazy.map { "damaged" + ($0 == 1 ? "" : "-\($0)") + ".sqlite" }
    let backups = folder.folder(.backups)
    guard let name = names.first(where: { !FileIdentity.isTaken(backups.appendingPathComponent($0)) }) else {
      return ""
    }
    let target = backups.appendingPathComponent(name)
    for suffix in ["-wal", "-shm", ""] where FileIdentity.isTaken(URL(fileURLWithPath: folder.database.path + suffix)) {
      guard rename(folder.database.path + suffix, target.path + suffix) == 0 else {
        throw .cannotWrite(path: folder.database.path, reason: String(cString: strerror(errno)))
      }
    }
    return target.path
  }

  /// Makes the database again from the clips' files and the journal. Others see the old one until the new one is whole.
  /// - Throws: `LibraryError`.
  public func rebuild(progress: (Int, Int) -> Void = { _, _ in }) throws(LibraryError) -> RebuildReport {
    let revision = try revision()
    let journal: JournalAccount
    do {
      try EventJournal(folder).write(from: pool(), faults: faults)
      journal = JournalAccount(try EventJournal(folder).events())
    } catch { throw told(error) }
    let found = FoundClips(folder, journal, progress: progress)
    let report = try transaction { try found.write($0, since: revision) }
    writeJournal()
    try recover()
    return report
  }
}

/// The journal's events, added up.
struct JournalAccount {
  /// Clips by id, with what users said of them in the end.
  private(set) var clips: [String: LibraryEvent.Made] = [:]
  /// Clips that are gone for good.
  private(set) var purged: Set<String> = []
  private(set) var jobs: [(job: LibraryEvent.Job, at: Date)] = []
  let events: [LibraryEvent]
  let unread: Int

  init(_ journal: (events: [LibraryEvent], unread: Int)) {
    (events, unread) = journal
    var ends: [String: LibraryEvent.Job] = [:]
    for event in events {
      if let made = event.made { clips[made.clip.id] = made }
      if event.kind == .changed, let id = event.clip, let after = event.after { clips[id]?.clip.take(after) }
      if event.kind == .purged, let id = event.clip { purged.insert(id) }
      if event.kind == .asked, let job = event.job { jobs.append((job, event.at)) }
      if event.kind == .ended, let job = event.job { ends[job.id] = job }
    }
    for index in jobs.indices {
      guard let end = ends[jobs[index].job.id] else { continue }
      (jobs[index].job.state, jobs[index].job.error) = (end.state, end.error)
    }
  }
}
