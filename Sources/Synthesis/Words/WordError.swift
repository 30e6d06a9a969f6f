/// Why words are no help.
public enum WordError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A model has no list of its words.
  case noList(model: String)
  /// None of a model's words begins so.
  case noWord(model: String, prefix: String)
  /// Somebody wants nothing made of words that were not learned.
  case notUnderstood(model: String, reason: String)

  public var description: String {
    switch self {
    case .noList(let model):
      "\(model) does not say which words it knows: there is no words.tsv beside it; `hiss words --learn` makes one from "
        + "its captions"
    case .noWord(let model, let prefix): "\(model) knows no word that begins with \"\(prefix)\"; `hiss words` lists all"
    case .notUnderstood(let model, let reason):
      "\(reason); `hiss words` lists what \(model) knows, and without --strict it guesses"
    }
  }
}
