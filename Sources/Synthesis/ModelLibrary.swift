public import Foundation

/// Finds models by name: folders under `Models`.
public enum ModelLibrary {
  /// The model that is used when none is named.
  public static let defaultName = "first"

  /// The folders in which models are looked for: `HISS_MODELS`, `Models` here, and `Models` above the program itself.
  public static var searchPaths: [URL] {
    var paths: [URL] = []
    if let named = ProcessInfo.processInfo.environment["HISS_MODELS"] { paths.append(URL(fileURLWithPath: named)) }
    paths.append(URL(fileURLWithPath: "Models"))
    var folder = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    for _ in 0..<5 {
      folder.deleteLastPathComponent()
      paths.append(folder.appendingPathComponent("Models"))
    }
    return paths
  }

  /// The folder of a model: a path to one, or a name in one of the search paths.
  public static func locate(_ nameOrPath: String) throws(ModelError) -> URL {
    let candidates = [URL(fileURLWithPath: nameOrPath)] + searchPaths.map { $0.appendingPathComponent(nameOrPath) }
    for candidate in candidates where isModel(candidate) { return candidate }
    throw .missing(path: nameOrPath)
  }

  /// Every model in the search paths, by name; of two with one name the first found.
  public static func all() -> [URL] {
    var found: [String: URL] = [:]
    for folder in searchPaths.reversed() {
      let entries = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
      for entry in entries where isModel(entry) { found[entry.lastPathComponent] = entry }
    }
    return found.sorted { $0.key < $1.key }.map(\.value)
  }

  private static func isModel(_ folder: URL) -> Bool {
    FileManager.default.fileExists(atPath: folder.appendingPathComponent("config.json").path)
  }
}
