import Foundation
import GRDB
import Storage

/// Files follow rows. A change first says in the database where a clip belongs, and then its file goes there; whoever is killed
/// in between leaves a row that says so, and the next opening ends the move.
extension ClipLibrary {
  /// Brings the files of clips to where their rows say. Those that are there already stay.
  /// - Throws: `LibraryError`; the rows then still say that they are not settled.
  func settle(_ ids: [String]) throws(LibraryError) {
    for id in ids {
      // The database's lock makes one process at a time move a file.
      try transaction { step in
        guard var row = try ClipRow.find(id, step.db), row.isUnsettled else { return }
        if row.isPurged { try remove(row) } else { try move(&row, step) }
        if row.stage == .whole, FileIdentity.isTaken(try wanted(row)) { unlink(draft(id).path) }
        row.isUnsettled = false
        try step.write(row)
      }
    }
  }

  /// Brings a clip's file to where it belongs, from wherever it is in the library.
  private func move(_ row: inout ClipRow, _ step: LibraryTransaction) throws {
    guard row.stage == .whole else { return }
    var target = try wanted(row)
    let source = try places(of: row).first { FileIdentity.isTaken($0) && $0 != target }
    guard let source else { return }
    if let there = FileIdentity(target) {
      if there == FileIdentity(source) {
        // It was given its second name, and not rid of the first.
        unlink(source.path)
        return
      }
      if holds(row, target) { return }
      // A stranger's file has its name meanwhile.
      let url = URL(fileURLWithPath: row.fileName)
      row.fileName = try step.freeName(url.deletingPathExtension().lastPathComponent, url.pathExtension, in: folder)
      target = try wanted(row)
    }
    try FileMove(from: source, to: target).run(faults)
    try faults.reached(.moved)
  }

  func wanted(_ row: ClipRow) throws(LibraryError) -> URL { try folder.file(row.fileName, in: row.place) }

  /// Where a clip's file may be: where it came in, where it belongs, where it was before; of a draft that became a clip, where
  /// drafts are.
  func places(of row: ClipRow) throws(LibraryError) -> [URL] {
    var urls = [try wanted(row)]
    for place in LibraryFolder.Place.ofClips where place != row.place {
      urls.append(try folder.file(row.fileName, in: place))
    }
    return [incoming(row.clip.id)] + urls + [draft(row.clip.id)]
  }

  func incoming(_ id: String) -> URL { folder.folder(.incoming).appendingPathComponent(id) }

  func draft(_ id: String) -> URL { folder.folder(.drafts).appendingPathComponent(id + ".wav") }

  /// Whether a file is the clip as it came in.
  func holds(_ row: ClipRow, _ url: URL) -> Bool {
    guard let found = DurableFile.fingerprint(of: url) else { return false }
    return found.byteCount == row.byteCount && StableHash.hexadecimal(found.hash) == row.hash
  }

  /// Removes all that there is of a clip.
  private func remove(_ row: ClipRow) throws {
    for url in try places(of: row) where unlink(url.path) != 0 && errno != ENOENT {
      throw StorageError.cannotWrite(path: url.path, code: errno)
    }
    let parts = try folder.parts(of: row.clip.id)
    if FileIdentity.isTaken(parts) { try FileManager.default.removeItem(at: parts) }
  }
}

/// One file's way from one folder to another of the same disk: never over another file.
struct FileMove {
  let source: URL
  let target: URL

  init(from source: URL, to target: URL) { (self.source, self.target) = (source, target) }

  /// - Throws: `StorageError.cannotWrite`.
  func run(_ faults: FaultPoints) throws {
    if link(source.path, target.path) == 0 {
      try faults.reached(.linked)
      unlink(source.path)
    } else {
      let code = errno
      // File systems of memory cards know no second names.
      guard [EPERM, EOPNOTSUPP, ENOSYS, EMLINK].contains(code), !FileIdentity.isTaken(target),
        rename(source.path, target.path) == 0
      else { throw StorageError.cannotWrite(path: target.path, code: code) }
    }
    try DurableFile.flush(folder: target.deletingLastPathComponent())
    try DurableFile.flush(folder: source.deletingLastPathComponent())
  }
}
