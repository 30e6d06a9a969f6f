public import Foundation
public import Storage

/// The record of a folder's clips: `ledger.jsonl`, a line for each clip that was made or failed, only ever added to.
///
/// Several processes may add to one ledger. A line that was cut off, by a crash or a full disk, is passed over: its clip
/// is made again.
public final class Ledger: @unchecked Sendable {
  // Sendable: what changes is behind the lock.
  public static let fileName = "ledger.jsonl"

  private let log: AppendLog
  private let lock = NSLock()
  private var latest: [String: LedgerEntry] = [:]
  private var made: Set<String> = []
  /// Whether there are lines that no ledger has, or that are torn.
  private var hasOtherLines = false

  public init(folder: URL) {
    log = AppendLog(folder.appendingPathComponent(Self.fileName))
  }

  /// Takes in what was added, by anyone, since the last time.
  public func refresh() throws(StorageError) {
    let lines = try log.newLines()
    lock.lock()
    defer { lock.unlock() }
    let decoder = JSONDecoder()
    for line in lines {
      if let entry = try? decoder.decode(LedgerEntry.self, from: Data(line.utf8)) {
        take(entry)
      } else {
        hasOtherLines = true
      }
    }
  }

  /// Takes in what was added, and refuses a file that holds other lines than a ledger's: somebody's own of that name, which
  /// nothing is to be added to.
  /// - Throws: `StorageError.notOurs`.
  func checkIsOwn() throws(StorageError) {
    try refresh()
    guard lock.withLock({ latest.isEmpty && hasOtherLines }) else { return }
    throw .notOurs(path: log.path)
  }

  /// - Precondition: the lock is held.
  private func take(_ entry: LedgerEntry) {
    latest[entry.id] = entry
    if let file = entry.file { made.insert(file) }
  }

  /// The last that was told of a job.
  public subscript(id: String) -> LedgerEntry? { lock.withLock { latest[id] } }

  /// The names of all files that were ever made here.
  public var files: Set<String> { lock.withLock { made } }

  /// Every job's last entry.
  public var entries: [LedgerEntry] { lock.withLock { Array(latest.values) } }

  /// Adds an entry, which is on the disk when this returns.
  public func append(_ entry: LedgerEntry) throws(StorageError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Texts and finite numbers can always be encoded.
    try log.append((try? encoder.encode(entry)).map { String(decoding: $0, as: UTF8.self) } ?? "")
    lock.withLock { take(entry) }
  }
}
