import Foundation
public import Novelty

/// Keeps the clips of a batch apart: one that is a near copy of another is made again with another seed.
///
/// Clips are compared in the order in which they are begun, each with all that are there. So which seeds they come to have does
/// not depend on the threads, nor on how often the batch was stopped.
public final class Siblings: @unchecked Sendable {
  // Sendable: what changes is behind the lock.
  private let lock = NSLock()
  private var known: [String: SoundFingerprint] = [:]
  /// Fingerprints that lie nearer than this are those of near copies.
  public let leastDistance: Double
  /// Where a model's training set says nothing of it: what it is of the bundled model's.
  public static let usualDistance = 0.09
  /// Seeds that are tried for a clip, its own included.
  public let tries: Int

  public init(leastDistance: Double, tries: Int = NoveltyGuard.mostTries) {
    (self.leastDistance, self.tries) = (leastDistance, tries)
  }

  /// Takes up a clip that stays.
  func add(_ id: String, _ fingerprint: SoundFingerprint) { lock.withLock { known[id] = fingerprint } }

  /// The clip of which another one would be a near copy, the nearest of them; nil where it is like none.
  func nearCopy(of fingerprint: SoundFingerprint, besides id: String) -> String? {
    let near = lock.withLock { known }.compactMap { other, known -> (id: String, distance: Double)? in
      let distance = known.distance(to: fingerprint)
      return other != id && distance < leastDistance ? (other, distance) : nil
    }
    return near.min { ($0.distance, $0.id) < ($1.distance, $1.id) }?.id
  }
}

/// A clip that is a near copy of another one, whatever its seed.
struct SiblingError: Error, Equatable, CustomStringConvertible {
  let other: String
  let tries: Int

  var description: String {
    "\(tries) seeds all came too near to \(other): ask for fewer clips of these words, or for others"
  }
}
