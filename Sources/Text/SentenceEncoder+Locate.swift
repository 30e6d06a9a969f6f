public import Foundation
import Storage

extension SentenceEncoder {
  /// Where the setup puts the encoder, below the folder that the package or the user's caches lie in.
  static let folder = "text-encoder/all-MiniLM-L6-v2"

  /// The folder of the text encoder: `explicit`, else the environment's `HISS_TEXT_ENCODER`, else
  /// `.cache/text-encoder/all-MiniLM-L6-v2` or `share/hiss/text-encoder/all-MiniLM-L6-v2` in a folder above the program,
  /// else `~/.cache/hiss/text-encoder/all-MiniLM-L6-v2`, else `.cache/text-encoder/all-MiniLM-L6-v2` in the current
  /// directory: what a stranger's folder holds does not come before what was installed.
  ///
  /// A folder that is named, explicitly or by the environment, is not passed over for another one.
  /// - Throws: `TextError.encoderNotFound` with the places searched.
  public static func locate(explicit: URL?) throws(TextError) -> URL {
    try locate(
      explicit: explicit,
      environment: ProcessInfo.processInfo.environment,
      workingDirectory: URL(fileURLWithPath: FileManager.default.currentDirectoryPath, isDirectory: true),
      executable: ProgramFile.url,
      home: FileManager.default.homeDirectoryForCurrentUser)
  }

  package static func locate(
    explicit: URL?, environment: [String: String], workingDirectory: URL, executable: URL?, home: URL
  ) throws(TextError) -> URL {
    var candidates: [URL] = []
    var packaged: [URL] = []
    if let explicit {
      candidates = [explicit]
    } else if let named = environment["HISS_TEXT_ENCODER"], !named.isEmpty {
      candidates = [URL(fileURLWithPath: named, isDirectory: true)]
    } else {
      packaged = ProgramFile.places(of: ".cache/\(folder)", installed: folder, above: executable)
      candidates += packaged
      candidates.append(home.appendingPathComponent(".cache/hiss/\(folder)"))
      candidates.append(workingDirectory.appendingPathComponent(".cache/\(folder)"))
    }
    if let found = candidates.first(where: holdsEncoder) { return found }
    // Of the places above the program those are named whose `.cache` or `share/hiss` is there at all.
    let unlikely = Set(packaged.filter { !exists($0.deletingLastPathComponent().deletingLastPathComponent()) })
    throw .encoderNotFound(searched: candidates.filter { !unlikely.contains($0) }.map(\.path))
  }

  private static func holdsEncoder(_ folder: URL) -> Bool { exists(folder.appendingPathComponent("model.safetensors")) }

  private static func exists(_ url: URL) -> Bool { FileManager.default.fileExists(atPath: url.path) }
}
