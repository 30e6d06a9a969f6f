import ArgumentParser
import Audio
import Foundation

/// The sound files among paths, and in the folders among them.
enum SoundFiles {
  /// - Throws: a usage error where a path is not there.
  static func below(_ paths: [String]) throws -> [URL] {
    try paths.flatMap { path -> [URL] in
      let url = URL(fileURLWithPath: path)
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else {
        throw ValidationError("\(path): there is no such file")
      }
      guard isFolder.boolValue else { return [url] }
      let names = FileManager.default.enumerator(atPath: url.path)?.compactMap { $0 as? String } ?? []
      return names.filter { AudioFile.readableExtensions.contains(($0 as NSString).pathExtension.lowercased()) }
        .sorted()
        .map { url.appendingPathComponent($0) }
    }
  }
}
