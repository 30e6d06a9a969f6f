/// Why the novelty of a clip cannot be told, or is too small.
public enum NoveltyError: Error, Equatable, Sendable, CustomStringConvertible {
  /// There is no novelty index.
  case indexMissing(path: String)
  /// A file is no novelty index, or a damaged one.
  case indexUnreadable(path: String, reason: String)
  /// The index was made of other mel frames than the model makes.
  case indexOfOtherMel(path: String)
  /// An index of another data set is there, and would be replaced.
  case indexOfOtherDataset(path: String, dataset: String, wanted: String)
  case cannotWrite(path: String, reason: String)
  /// No clip was as far from the training set as was asked for.
  case notNovel(clipCount: Int, tries: Int, threshold: Double)

  public var description: String {
    switch self {
    case .indexMissing(let path):
      "\(path): there is no novelty index here; `hiss evaluate MODEL --dataset DIR --write-index` makes one"
    case .indexUnreadable(let path, let reason): "\(path): not a whole novelty index: \(reason)"
    case .indexOfOtherMel(let path): "\(path): this novelty index is of other mel frames than the model makes"
    case .indexOfOtherDataset(let path, let dataset, let wanted):
      "\(path): this is the index of the data set \"\(dataset)\", and would be replaced by that of \"\(wanted)\"; say "
        + "--force if that is meant"
    case .cannotWrite(let path, let reason): "\(path): cannot be written: \(reason)"
    case .notNovel(let count, let tries, let threshold):
      "gave up on \(count) \(count == 1 ? "clip" : "clips"): none of \(tries) seeds each was as novel as \(threshold); "
        + "what comes is too near to what the model learned from (ask for something else, or for less novelty: "
        + "--novelty 0 keeps every clip)"
    }
  }
}
