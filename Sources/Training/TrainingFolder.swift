public import Foundation
import Storage
import Synthesis

/// The folder that a training fills, held by one process: a lock that goes with its owner.
public final class TrainingFolder {
  public let url: URL
  private let lock: FileLock
  /// The folders that were made for it, the deepest first.
  private let made: [URL]

  /// Makes the folder where it is missing, takes it, and clears what killed writers have left in it.
  /// - Throws: `TrainingFolderError.taken`, or `StorageError`.
  public init(taking url: URL) throws {
    let file = url.appendingPathComponent(Self.lockName)
    var made: [URL] = []
    var tries = 0
    while true {
      made += try Self.make(url)
      do {
        guard let lock = try FileLock.take(file) else { throw TrainingFolderError.taken(path: url.path) }
        self.lock = lock
        break
      } catch StorageError.cannotWrite(_, ENOENT) where tries < 100 {
        // Whoever held it before has removed the folder, which was empty.
        tries += 1
      }
    }
    self.url = url
    self.made = made
    DurableFile.removeLeftovers(of: CheckpointFiles.names + Self.modelNames, in: url)
  }

  private static let lockName = ".training.lock"
  /// What a training writes besides its checkpoints.
  static let modelNames = [
    "config.json", "model.safetensors", "novelty.index", "training.jsonl", "loss.png", glossaryName, "words.tsv",
    "words.safetensors", SoundLengths.fileName, LeapNetwork.fileName, ModelSource.Voice.fileName,
  ]
  static let glossaryName = "glossary.tsv"
  /// The folder of the clips that were heard on the way.
  package static let previewsName = "previews"
  /// What tells it from a folder of somebody else's.
  package static let previewsListName = "previews.jsonl"
  /// What people write about a model.
  private static let cardNames = ["MODEL.md", "HISTORY.md", "README.md"]

  /// Lets go of the folder, and removes it if it is new and empty.
  public func close() {
    lock.remove()
    for folder in made { rmdir(folder.path) }
  }

  /// Whether a folder holds a model that no training can go on with.
  public static func holdsFinishedModel(_ url: URL) -> Bool {
    let hasModel = ["config.json", "model.safetensors"].contains { name in
      FileManager.default.fileExists(atPath: url.appendingPathComponent(name).path)
    }
    return hasModel && CheckpointFiles(in: url).present.isEmpty
  }

  /// Removes the model that is in the folder, or what has the names of its files, with what belongs to it.
  /// - Returns: the texts about it, which stay.
  public func removeModel() -> [String] {
    for name in Self.modelNames { unlink(url.appendingPathComponent(name).path) }
    let previews = url.appendingPathComponent(Self.previewsName)
    if FileManager.default.fileExists(atPath: previews.appendingPathComponent(Self.previewsListName).path) {
      try? FileManager.default.removeItem(at: previews)
    }
    return Self.cardNames.filter { FileManager.default.fileExists(atPath: url.appendingPathComponent($0).path) }
  }

  /// Makes a folder and those above it.
  /// - Returns: those that were missing, the deepest first.
  private static func make(_ url: URL) throws(StorageError) -> [URL] {
    var missing: [URL] = []
    var place = url.standardizedFileURL
    while FileStatus(place.path) == nil, place.path != "/" {
      missing.append(place)
      place.deleteLastPathComponent()
    }
    for folder in missing.reversed() where mkdir(folder.path, 0o777) != 0 && errno != EEXIST {
      throw .cannotWrite(path: folder.path, code: errno)
    }
    return missing
  }
}

/// Why a training may not use a folder.
public enum TrainingFolderError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Another training uses it.
  case taken(path: String)
  /// It holds a finished model, and no checkpoint.
  case holdsModel(path: String)
  /// A file that no training wrote has the name of one that it would write.
  case foreignFile(path: String)

  public var description: String {
    switch self {
    case .taken(let path): "\(path): another training is at work in this folder; wait for it, or name another folder"
    case .holdsModel(let path):
      "\(path): this folder holds a model without a checkpoint to go on from, which would be replaced; name another folder "
        + "(--from \(path) begins with its weights), or say --force"
    case .foreignFile(let path):
      "\(path): this file is there already, no training of Hiss wrote it, and it would be lost; name another folder, or say "
        + "--force"
    }
  }
}
