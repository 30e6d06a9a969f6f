/// Why what a survey makes may not be put where its owner wants it.
public enum CurationError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The copy would lie in the folder of samples, or that in the copy.
  case copyAmongSamples(path: String)
  /// Another manifest is read rather than a metadata.csv beside it.
  case otherManifest(path: String)
  /// Something is in the folder already.
  case notEmpty(path: String)

  public var description: String {
    switch self {
    case .copyAmongSamples(let path):
      "\(path): a copy among the samples themselves would be learned too; name a folder elsewhere"
    case .otherManifest(let path):
      "\(path): this manifest is read rather than a metadata.csv beside it; mend its captions"
    case .notEmpty(let path): "\(path): there are files in this folder already; name another, or say --force"
    }
  }
}
