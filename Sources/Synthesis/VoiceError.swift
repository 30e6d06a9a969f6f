/// Why no voice can be made of a model.
public enum VoiceError: Error, Equatable, Sendable, CustomStringConvertible {
  /// It is a voice already.
  case isVoice(path: String)
  /// It was not trained from another.
  case noOrigin(path: String)
  /// The model that it was trained from is not here.
  case originMissing(path: String, origin: String)
  /// The model of that name has other weights than the one that it was trained from.
  case otherOrigin(path: String, origin: String, found: String)
  /// A part of it is not as in the model that it was trained from.
  case otherNetwork(path: String, base: String, part: String)
  /// The weights are those of the model that it was trained from.
  case unchanged(path: String, base: String)
  /// The size that was asked for is less than the vectors alone have, in bytes.
  case tooSmall(byteLimit: Int, least: Int)
  /// The folder for the voice holds a model.
  case holdsModel(path: String)

  public var description: String {
    switch self {
    case .isVoice(let path): "\(path): this is a voice already"
    case .noOrigin(let path):
      "\(path): this model was not trained from another (`hiss train --from first`), so there is no difference to keep"
    case .originMissing(let path, let origin):
      "\(path): the model that this one was trained from is not here: \(origin); put it under Models, or beside this one"
    case .otherOrigin(let path, let origin, let found):
      "\(path): this model was trained from another \(origin) than \(found), whose weights are not those it began with"
    case .otherNetwork(let path, let base, let part):
      "\(path): the \(part) of this model and of \(base), which it was trained from, are not alike"
    case .unchanged(let path, let base):
      "\(path): the weights of this model are those of \(base): there is nothing to keep"
    case .tooSmall(let limit, let least):
      "a voice of \(Self.megabytes(limit)) MB holds nothing: its vectors alone take \(Self.megabytes(least)) MB (--size)"
    case .holdsModel(let path): "\(path): this folder holds a model; name another folder for the voice"
    }
  }

  /// In thousandths, rounded up.
  private static func megabytes(_ bytes: Int) -> Double { (Double(bytes) / 1e3).rounded(.up) / 1e3 }
}
