public import Novelty

/// A clip's file as a batch puts it on the disk, and what its ledger says of it.
public struct MadeFile: Sendable, Equatable {
  public var bytes: [UInt8]
  /// The clip's seed, where it is another than the job's.
  public var seed: UInt64?
  /// How far the clip is from the training set, where that was looked at: 0 is a copy, 1 as new as a real recording.
  public var novelty: Double?

  /// What the model took the prompt's words for, where anything is to be said of it, and how confident it is.
  public var words: [String]?
  public var confidence: Double?

  /// What it sounds like, where it is compared with the other clips of the batch.
  public var fingerprint: SoundFingerprint?
  /// Of an instrument all files but the list, which is written last.
  public var parts: [Part] = []

  /// A file in an instrument's folder.
  public struct Part: Sendable, Equatable {
    /// Its path there.
    public var name: String
    public var bytes: [UInt8]

    public init(name: String, bytes: [UInt8]) { (self.name, self.bytes) = (name, bytes) }
  }

  public init(
    bytes: [UInt8], seed: UInt64? = nil, novelty: Double? = nil, words: [String]? = nil, confidence: Double? = nil,
    fingerprint: SoundFingerprint? = nil
  ) {
    (self.bytes, self.seed, self.novelty) = (bytes, seed, novelty)
    (self.words, self.confidence, self.fingerprint) = (words, confidence, fingerprint)
  }
}
