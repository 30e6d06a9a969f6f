import Curation
import Foundation
import Storage

/// Folders of somebody's own samples: those below the library's `Samples`, and those that the program was started with.
struct SampleFolders: Sendable {
  let home: URL
  /// By their names.
  let others: [String: URL]

  init(home: URL, others: [URL]) {
    self.home = home
    self.others = Dictionary(others.map { ($0.standardizedFileURL.lastPathComponent, $0) }) { first, _ in first }
  }

  /// - Throws: `Problem` for a name that is none, or a folder that is not there.
  func folder(_ name: String) throws -> URL {
    guard JobRequest.isModelName(name) else { throw Problem.notFound("folder") }
    let url = others[name] ?? home.appendingPathComponent(name)
    var status = stat()
    guard lstat(url.path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR || others[name] != nil else {
      throw Problem.notFound("folder")
    }
    return url
  }

  func make(_ name: String) throws {
    guard JobRequest.isModelName(name) else {
      throw Problem.invalid("A folder's name has letters, digits, -, _ and points.")
    }
    guard others[name] == nil else { return }
    try DurableFile.makeFolder(home.appendingPathComponent(name))
  }

  var names: [String] {
    let own = (try? FileManager.default.contentsOfDirectory(atPath: home.path)) ?? []
    return (own.filter(JobRequest.isModelName) + others.keys).sorted()
  }

  /// Where a file of a folder goes: of its own name as far as that is plain.
  func place(for name: String, in folder: String) throws -> URL {
    let plain = String(name.map { $0.isLetter || $0.isNumber || "-_. ".contains($0) ? $0 : "_" })
    guard let first = plain.first, first != ".", plain.utf8.count <= 200 else {
      throw Problem.invalid("\"\(name)\" is no name for a file.")
    }
    return try self.folder(folder).appendingPathComponent(plain)
  }

  // MARK: Captions

  /// Writes captions of some files into the folder's metadata.csv; the others keep what was understood of them.
  func write(_ captions: [String: String], in name: String) throws {
    let folder = try folder(name)
    let survey = try FolderSurvey(folder)
    let known = Set(survey.report.files.map(\.file))
    if let unknown = captions.keys.first(where: { !known.contains($0) }) {
      throw Problem.invalid("There is no file \"\(VisibleText.of(unknown, limit: 80))\" in the folder.")
    }
    try FolderSurvey.checkMetadata(in: folder)
    _ = try survey.writeMetadata(captions: captions)
  }
}
