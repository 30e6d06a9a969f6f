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

  public init(
    bytes: [UInt8], seed: UInt64? = nil, novelty: Double? = nil, words: [String]? = nil, confidence: Double? = nil
  ) {
    (self.bytes, self.seed, self.novelty) = (bytes, seed, novelty)
    (self.words, self.confidence) = (words, confidence)
  }
}
