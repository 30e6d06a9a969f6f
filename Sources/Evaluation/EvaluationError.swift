/// Why a model cannot be evaluated.
public enum EvaluationError: Error, Equatable, Sendable, CustomStringConvertible {
  /// No clip of the data set is kept apart to judge by.
  case nothingHeldOut(path: String, clipCount: Int)
  /// The model was trained with captions of another text encoder.
  case otherText(path: String, width: Int, wanted: Int)
  case cannotWrite(path: String, reason: String)

  public var description: String {
    switch self {
    case .nothingHeldOut(let path, let count):
      "\(path): none of its \(count) clips is held out to judge by; more than ten are needed"
    case .otherText(let path, let width, let wanted):
      "\(path): the model wants captions of \(wanted) values, and the text encoder gives \(width)"
    case .cannotWrite(let path, let reason): "\(path): cannot be written: \(reason)"
    }
  }
}
