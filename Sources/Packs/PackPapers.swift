import Audio
public import Foundation
import Jobs
import Rendering
import Storage
import Synthesis

/// What lies beside a pack's sounds: its card, its list, its licence.
public struct PackPapers: Sendable {
  /// The names of the files, and what is in them.
  private let papers: [(name: String, bytes: [UInt8])]
  private let modelHash: String

  private static let (cardName, listName) = ("README.md", "pack.json")

  private struct List: Encodable {
    var name, about, author, licence: String?
    var hiss, model, modelHash, digitalSourceType: String
    var files: [PackFile]
    var missing: [String]
  }

  /// - Parameter model: its name, and its hash.
  public init(_ inventory: PackInventory, model: (name: String, hash: String)) {
    let plan = inventory.plan
    let card = PackCard(inventory: inventory, model: model.name, modelHash: model.hash)
    let list = List(
      name: plan.name, about: plan.about, author: plan.author, licence: plan.licence, hiss: ClipTags.currentVersion,
      model: model.name, modelHash: model.hash, digitalSourceType: DigitalSource.trainedAlgorithmicMedia.address,
      files: inventory.files, missing: inventory.missing)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    // Texts and finite numbers can always be encoded.
    let json = Array((try? encoder.encode(list)) ?? Data()) + [UInt8(ascii: "\n")]
    var papers: [(name: String, bytes: [UInt8])] = [(Self.cardName, Array(card.text.utf8)), (Self.listName, json)]
    if let licence = plan.licence {
      papers.append((PackLicence.fileName, Array(PackLicence.text(licence, of: plan).utf8)))
    }
    self.papers = papers
    modelHash = model.hash
  }

  /// Refuses to replace what is not as a pack wrote it.
  /// - Throws: `OutputError`, `StorageError`.
  public static func check(for plan: PackPlan, in folder: URL, isForced: Bool) throws {
    let ledger = Ledger(folder: folder)
    try ledger.refresh()
    let names = [cardName, listName] + (plan.licence == nil ? [] : [PackLicence.fileName])
    for name in names { try check(name, in: folder, ledger, isForced: isForced) }
  }

  private static func check(_ name: String, in folder: URL, _ ledger: Ledger, isForced: Bool) throws {
    let url = folder.appendingPathComponent(name)
    if OutputPlace.isFolder(url) == true { throw OutputError.isFolder(path: url.path) }
    guard !isForced, FileIdentity.isTaken(url) else { return }
    guard let entry = ledger[name] else { throw OutputError.exists(path: url.path) }
    let found = DurableFile.fingerprint(of: url)
    guard found.map({ StableHash.hexadecimal($0.hash) }) == entry.hash else {
      throw OutputError.isEdited(path: url.path)
    }
  }

  /// Writes them, each whole. The ledger is told, so that they are known when the pack is made again.
  /// - Returns: their places.
  /// - Throws: `OutputError`, `StorageError`.
  public func write(in folder: URL, isForced: Bool) throws -> [URL] {
    let ledger = Ledger(folder: folder)
    try ledger.refresh()
    return try papers.map { paper in
      let url = folder.appendingPathComponent(paper.name)
      let hash = StableHash.hexadecimal(paper.bytes.withUnsafeBytes { StableHash.of($0) })
      let found = DurableFile.fingerprint(of: url).map { StableHash.hexadecimal($0.hash) }
      if found == hash, ledger[paper.name]?.hash == hash { return url }
      if found != hash { try Self.check(paper.name, in: folder, ledger, isForced: isForced) }
      var entry = LedgerEntry(
        id: paper.name, state: .done, parameters: "", model: modelHash, time: Date().formatted(.iso8601))
      (entry.file, entry.bytes, entry.hash) = (paper.name, paper.bytes.count, hash)
      try DurableFile.writeShared(paper.bytes, to: url)
      try ledger.append(entry)
      return url
    }
  }
}
