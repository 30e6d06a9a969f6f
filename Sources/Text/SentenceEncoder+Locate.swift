public import Foundation

extension SentenceEncoder {
  /// Where the setup puts the encoder, below the folder that the package or the user's caches lie in.
  static let folder = "text-encoder/all-MiniLM-L6-v2"

  /// The folder of the text encoder: `explicit`, else the environment's `HISS_TEXT_ENCODER`, else
  /// `.cache/text-encoder/all-MiniLM-L6-v2` in the current directory or in any folder above the executable, else
  /// `~/.cache/hiss/text-encoder/all-MiniLM-L6-v2`.
  ///
  /// A folder that is named, explicitly or by the environment, is not passed over for another one.
  /// - Throws: `TextError.encoderNotFound` with the places searched.
  public static func locate(explicit: URL?) throws(TextError) -> URL {
    try locate(
      explicit: explicit,
      environment: ProcessInfo.processInfo.environment,
      workingDirectory: URL(fileURLWithPath: FileManager.default.currentDirectoryPath, isDirectory: true),
      executable: Bundle.main.executableURL,
      home: FileManager.default.homeDirectoryForCurrentUser)
  }

  package static func locate(
    explicit: URL?, environment: [String: String], workingDirectory: URL, executable: URL?, home: URL
  ) throws(TextError) -> URL {
    var candidates: [URL] = []
    if let explicit {
      candidates = [explicit]
    } else if let named = environment["HISS_TEXT_ENCODER"], !named.isEmpty {
      candidates = [URL(fileURLWithPath: named, isDirectory: true)]
    } else {
      candidates.append(workingDirectory.appendingPathComponent(".cache/\(folder)"))
      if let packaged = packagedFolder(above: executable) { candidates.append(packaged) }
      candidates.append(home.appendingPathComponent(".cache/hiss/\(folder)"))
    }
    guard let found = candidates.first(where: holdsEncoder) else {
      throw .encoderNotFound(searched: candidates.map(\.path))
    }
    return found
  }

  /// The encoder in the nearest folder above the executable that has one: a build lies some levels below its package.
  private static func packagedFolder(above executable: URL?) -> URL? {
    guard var folder = executable?.resolvingSymlinksInPath().deletingLastPathComponent() else { return nil }
    while true {
      let candidate = folder.appendingPathComponent(".cache/\(Self.folder)")
      if holdsEncoder(candidate) { return candidate }
      if folder.path == "/" || folder.path.isEmpty { return nil }
      folder = folder.deletingLastPathComponent()
    }
  }

  private static func holdsEncoder(_ folder: URL) -> Bool {
    FileManager.default.fileExists(atPath: folder.appendingPathComponent("model.safetensors").path)
  }
}
