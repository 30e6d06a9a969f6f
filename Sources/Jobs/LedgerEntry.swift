public import Novelty

/// One line of a ledger: what became of a job, once.
public struct LedgerEntry: Codable, Sendable, Equatable {
  public enum State: String, Codable, Sendable { case done, failed }

  public var id: String
  public var state: State
  /// `Job.parametersHash` and `ModelBundle.hash`.
  public var parameters: String
  public var model: String
  /// When it was written, as ISO 8601.
  public var time: String
  /// Of a clip that is done: the name of its file in the ledger's folder, its length, its stable hash, and the seconds
  /// that it took.
  public var file: String?
  public var bytes: Int?
  public var hash: String?
  public var seconds: Double?
  /// Of a clip that had to be new: its seed, where the job's would not do, and its novelty ratio.
  public var seed: UInt64?
  public var novelty: Double?
  /// What the model took the prompt's words for, where anything is to be said of it, and how likely it has learned what the
  /// prompt asks for.
  public var words: [String]?
  public var confidence: Double?
  /// Of a clip that is done: what else its bytes depend on (`ClipEnvironment`); older ledgers do not say.
  public var textEncoder: String?
  public var processor: String?
  public var leaps: String?
  /// Of a clip that others of the batch were compared with: what it sounds like.
  public var fingerprint: SoundFingerprint?
  /// The other files of an instrument.
  public var parts: [Part]?
  /// Why a job failed.
  public var reason: String?

  package init(id: String, state: State, parameters: String, model: String, time: String) {
    (self.id, self.state, self.parameters) = (id, state, parameters)
    (self.model, self.time) = (model, time)
  }

  /// A file beside the first: its path in the ledger's folder, its length, and its stable hash.
  public struct Part: Codable, Sendable, Equatable {
    public var file: String
    public var bytes: Int
    public var hash: String
  }
}
