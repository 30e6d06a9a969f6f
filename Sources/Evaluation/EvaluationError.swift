/// Why a model cannot be evaluated, or the novelty of a clip not be told.
public enum EvaluationError: Error, Equatable, Sendable, CustomStringConvertible {
  /// No clip of the data set is kept apart to judge by.
  case nothingHeldOut(path: String, clipCount: Int)
  /// The model hears in other mel frames than the data set was analysed for.
  case otherText(path: String, width: Int, wanted: Int)
  /// There is no novelty index.
  case indexMissing(path: String)
  /// A file is no novelty index, or a damaged one.
  case indexUnreadable(path: String, reason: String)
  /// The index was made of other mel frames than the model makes.
  case indexOfOtherMel(path: String)
  case cannotWrite(path: String, reason: String)
  /// No clip was as far from the training set as was asked for.
  case notNovel(clipCount: Int, tries: Int, threshold: Double)

  public var description: String {
    switch self {
    case .nothingHeldOut(let path, let count):
      "\(path): none of its \(count) clips is held out to judge by; more than ten are needed"
    case .otherText(let path, let width, let wanted):
      "\(path): the model wants captions of \(wanted) values, and the text encoder gives \(width)"
    case .indexMissing(let path):
      "\(path): there is no novelty index here; `hiss evaluate MODEL --dataset DIR --write-index` makes one"
    case .indexUnreadable(let path, let reason): "\(path): not a whole novelty index: \(reason)"
    case .indexOfOtherMel(let path): "\(path): this novelty index is of other mel frames than the model makes"
    case .cannotWrite(let path, let reason): "\(path): cannot be written: \(reason)"
    case .notNovel(let count, let tries, let threshold):
      "gave up on \(count) \(count == 1 ? "clip" : "clips"): none of \(tries) seeds each was as novel as \(threshold); "
        + "what comes is too near to what the model learned from (ask for something else, or for less novelty: "
        + "--novelty 0 keeps every clip)"
    }
  }
}
