public import Foundation
import Storage

/// The checkpoints in a training's folder: the last one, and the one before, should the last be damaged.
public struct CheckpointFiles: Sendable {
  public let last: URL
  public let previous: URL

  public init(in folder: URL) {
    last = folder.appendingPathComponent(Self.names[0])
    previous = folder.appendingPathComponent(Self.names[1])
  }

  static let names = ["checkpoint.safetensors", "checkpoint.previous.safetensors"]

  /// Those that are there, the newest first.
  public var present: [URL] { [last, previous].filter { FileManager.default.fileExists(atPath: $0.path) } }

  /// What the newest checkpoint says that can be read; nil where there is none.
  /// - Throws: what is wrong with the last, where none can be read.
  func state() throws(CheckpointError) -> Checkpoint.State? {
    try first { url throws(CheckpointError) in try Checkpoint.state(of: url) }?.result
  }

  /// Puts a trainer where the newest checkpoint was that can be resumed.
  /// - Returns: its state, and what is wrong with the last one where that is not it; nil where there is none.
  func restore(_ trainer: Trainer) throws(CheckpointError) -> (state: Checkpoint.State, damage: CheckpointError?)? {
    let found = try first { url throws(CheckpointError) in
      try Checkpoint.restore(trainer, from: url)
      return try Checkpoint.state(of: url)
    }
    return found.map { ($0.result, $0.damage) }
  }

  private func first<Result>(
    _ body: (URL) throws(CheckpointError) -> Result
  ) throws(CheckpointError) -> (result: Result, damage: CheckpointError?)? {
    var damage: CheckpointError?
    for url in present {
      do throws(CheckpointError) {
        return (try body(url), damage)
      } catch {
        damage = damage ?? error
      }
    }
    if let damage { throw damage }
    return nil
  }

  /// Writes the last checkpoint. The one that was there becomes the one before.
  /// - Parameter keepsLast: false where that is damaged.
  func write(
    _ trainer: Trainer, surroundings: Checkpoint.Surroundings, keepsLast: Bool
  ) throws(CheckpointError) {
    if keepsLast { keepLast() }
    try Checkpoint.write(trainer, surroundings: surroundings, to: last)
  }

  /// Gives the last checkpoint the name of the one before too, so that there is never a moment without one. Where there are
  /// no hard links it is renamed.
  private func keepLast() {
    let name = DurableFile.partialPrefix(of: previous.lastPathComponent) + "link" + DurableFile.partialSuffix
    let link = previous.deletingLastPathComponent().appendingPathComponent(name)
    unlink(link.path)
    if Foundation.link(last.path, link.path) == 0 {
      // Two names of one file are not renamed to each other.
      unlink(previous.path)
      rename(link.path, previous.path)
    } else if errno != ENOENT {
      rename(last.path, previous.path)
    }
  }
}
