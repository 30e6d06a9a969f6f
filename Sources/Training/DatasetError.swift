/// What can be wrong with a folder of samples, or with the cache made from it.
public enum DatasetError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The folder does not exist, or is a file.
  case notAFolder(path: String)
  /// A folder, manifest or caption file cannot be read.
  case unreadable(path: String, reason: String)
  /// A line of a manifest does not say what it must; lines count from 1.
  case badManifest(path: String, line: Int, reason: String)
  /// A `.json` or `.txt` file beside a sample cannot be understood.
  case badCaptionFile(path: String, reason: String)
  /// A manifest names audio files that are not there: the first of them, and how many.
  case missingAudio(manifest: String, first: String, count: Int)
  /// The folder holds no audio file of a readable kind.
  case noAudio(path: String)
  /// There is something, but nothing that can be learned from.
  case nothingUsable(path: String, reason: String)
  /// Not one of the audio files could be decoded: how many there are, and why the first failed.
  case nothingDecoded(path: String, count: Int, firstReason: String)
  /// A file of the cache is there, but cannot be opened.
  case cannotReadCache(path: String, reason: String)
  /// The cache cannot be written.
  case cannotWriteCache(path: String, reason: String)

  public var description: String {
    switch self {
    case .notAFolder(let path): "\(path) is not a folder"
    case .unreadable(let path, let reason): "cannot read \(path): \(reason)"
    case .badManifest(let path, let line, let reason): "\(path), line \(line): \(reason)"
    case .badCaptionFile(let path, let reason): "\(path): \(reason)"
    case .missingAudio(let manifest, let first, 1): "\(manifest) names \(first), which does not exist"
    case .missingAudio(let manifest, let first, let count):
      "\(manifest) names \(count) audio files that do not exist, the first of them \(first)"
    case .noAudio(let path): "\(path) holds no audio files that can be read"
    case .nothingUsable(let path, let reason): "\(path): there is nothing to learn from: \(reason)"
    case .nothingDecoded(let path, let count, let firstReason):
      "none of the \(count) audio files in \(path) can be used; the first: \(firstReason)"
    case .cannotReadCache(let path, let reason): "cannot read the cache \(path): \(reason)"
    case .cannotWriteCache(let path, let reason): "cannot write the cache \(path): \(reason)"
    }
  }
}
