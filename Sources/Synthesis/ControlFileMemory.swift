import Audio
import Foundation
import Music

/// What requests need to know of files before their clips are made, each file read once: many jobs of a batch share one.
public final class ControlFileMemory: @unchecked Sendable {
  // Sendable: what changes is behind the lock.
  private let lock = NSLock()
  private var scores: [String: MIDIFile] = [:]
  private var lengths: [String: Double] = [:]
  /// A batch with a file of its own for every job gains nothing by keeping them.
  private static let most = 64

  public init() {}

  /// A MIDI file with notes.
  /// - Throws: `ControlError` where it cannot be read, or has none, or none that lasts.
  func score(_ file: ControlFile) throws(ControlError) -> MIDIFile {
    if let known = lock.withLock({ scores[file.hash] }) { return known }
    try file.check(as: .midi)
    let score: MIDIFile
    do { score = try MIDIFile.read(file.url) } catch { throw .midi(path: file.path, error) }
    guard score.tracks.contains(where: { !$0.notes.isEmpty }) else { throw .noNotes(path: file.path) }
    guard score.duration > 0 else { throw .noLength(path: file.path) }
    lock.withLock {
      if scores.count >= Self.most { scores = [:] }
      scores[file.hash] = score
    }
    return score
  }

  /// The length of a recording in seconds.
  /// - Throws: `ControlError.audio` where it cannot be read.
  func seconds(of file: ControlFile) throws(ControlError) -> Double {
    if let known = lock.withLock({ lengths[file.hash] }) { return known }
    try file.check(as: .sound)
    let seconds: Double
    do { seconds = try AudioFile.duration(of: file.url) } catch { throw .audio(error) }
    lock.withLock { lengths[file.hash] = seconds }
    return seconds
  }
}
