public import Foundation
public import Storage
import Synthesis

/// What a batch would take from its user: a job's source, or a file that no batch made.
public struct BatchConflict: Error, Equatable, Sendable, CustomStringConvertible {
  /// The job that is not made.
  public let id: String
  /// The file that would be lost.
  public let path: String
  public let kind: Kind

  public init(id: String, path: String, kind: Kind) { (self.id, self.path, self.kind) = (id, path, kind) }

  public enum Kind: Equatable, Sendable {
    /// A job reads the file that this batch writes as another's, or its own.
    case source(ofJob: String)
    /// A job reads the folder's ledger, to which the batch adds.
    case ledger
    /// The file has a job's name, and the ledger knows nothing of it.
    case unknownFile
  }

  public var description: String {
    switch kind {
    case .source(let other):
      "\(path) is the clip of \(other == id ? "this very job" : "the job \(other)"), which would replace it: "
        + "keep sources in another folder, or say another --output"
    case .ledger:
      "\(path) has the place of the batch's ledger, to which lines are added: keep it in another folder, or say another "
        + "--output"
    case .unknownFile:
      "\(path) is there already, and the ledger does not know it: move it, give the job another id, or say --force"
    }
  }
}

extension BatchConflict {
  /// Every conflict between jobs and what is in their folder; makes nothing, not even the folder.
  /// - Parameters:
  ///   - replaces: whether files that the ledger does not know may be replaced; sources never are.
  ///   - isOwn: whether such a file is the clip of this very job, as a process leaves it that dies before it tells the ledger.
  /// - Throws: `StorageError` when there is a ledger that cannot be read.
  public static func all(
    _ jobs: [Job], in folder: URL, fileExtension: String, replaces: Bool = false, isOwn: (URL, Job) -> Bool
  ) throws(StorageError) -> [BatchConflict] {
    let ledger = Ledger(folder: folder)
    try ledger.checkIsOwn()
    let ledgerFile = FileIdentity(folder.appendingPathComponent(Ledger.fileName))
    var owners: [FileIdentity: Job] = [:]
    var conflicts: [BatchConflict] = []
    for job in jobs {
      let name = job.fileName(fileExtension: fileExtension)
      let file = folder.appendingPathComponent(name)
      if let other = job.foreignFile(in: folder, name, ledger), !replaces {
        conflicts.append(BatchConflict(id: job.id, path: other.path, kind: .unknownFile))
        continue
      }
      guard FileIdentity.isTaken(file) else { continue }
      if let identity = FileIdentity(file) { owners[identity] = job }
      guard !replaces, !ledger.files.contains(name), !isOwn(file, job) else { continue }
      conflicts.append(BatchConflict(id: job.id, path: file.path, kind: .unknownFile))
    }
    guard !owners.isEmpty || ledgerFile != nil else { return conflicts }
    let sources = jobs.flatMap { job in
      job.request.sourceFiles.compactMap { source -> BatchConflict? in
        guard let identity = FileIdentity(source) else { return nil }
        if identity == ledgerFile { return BatchConflict(id: job.id, path: source.relativePath, kind: .ledger) }
        return owners[identity].map {
          BatchConflict(id: job.id, path: source.relativePath, kind: .source(ofJob: $0.id))
        }
      }
    }
    let lost = Set(sources.compactMap { if case .source(let owner) = $0.kind { owner } else { nil } })
    return sources + conflicts.filter { !lost.contains($0.id) }
  }
}

extension Job {
  /// What is in the folder where an instrument goes, though no batch has ever begun it; nil of a clip.
  fileprivate func foreignFile(in folder: URL, _ name: String, _ ledger: Ledger) -> URL? {
    guard product != nil, !ledger.files.contains(name) else { return nil }
    let own = folder.appendingPathComponent(id)
    let names = try? FileManager.default.contentsOfDirectory(atPath: own.path)
    guard let first = names?.min() else { return FileIdentity.isTaken(own) && names == nil ? own : nil }
    return own.appendingPathComponent(first)
  }
}
