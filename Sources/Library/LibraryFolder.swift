public import Foundation
import Storage

/// What lies where in a library's folder. Every path of the library comes from here, so none leads out of it.
public struct LibraryFolder: Sendable, Equatable {
  public let url: URL

  init(_ url: URL) { self.url = url.standardizedFileURL }

  /// A visible folder of the library.
  enum Place: String, CaseIterable {
    case clips = "Clips"
    case picks = "Picks"
    case bin = "Bin"
    case uploads = "Uploads"
    /// Stems and notes of clips, a folder each, which is called after the clip's id.
    case parts = "Parts"
    case backups = "Backups"
    /// Previews, by id, and locks of workers.
    case drafts = ".hiss/drafts"
    case workers = ".hiss/workers"
    case incoming = ".hiss/incoming"

    /// Where clips are, as their row says.
    static let ofClips = [Place.clips, .picks, .bin]
  }

  var database: URL { url.appendingPathComponent("library.sqlite") }
  var journal: URL { url.appendingPathComponent("journal.jsonl") }
  var openingLock: URL { url.appendingPathComponent(".hiss/opening.lock") }

  func folder(_ place: Place) -> URL { url.appendingPathComponent(place.rawValue) }

  /// The file of a name in one of the folders.
  /// - Throws: `LibraryError.badPath` for what is no name of a file.
  func file(_ name: String, in place: Place) throws(LibraryError) -> URL {
    guard Self.isPlainName(name) else { throw .badPath(name) }
    return folder(place).appendingPathComponent(name)
  }

  /// The stems and notes of a clip.
  public func parts(of id: String) throws(LibraryError) -> URL {
    guard LibraryID.isOne(id) else { throw .badPath(id) }
    return folder(.parts).appendingPathComponent(id)
  }

  /// Where what pages send is kept.
  public var uploads: URL { folder(.uploads) }

  /// Whether a text names a file in a folder, and nothing else: no path, nothing hidden, no control characters.
  static func isPlainName(_ name: String) -> Bool {
    !name.isEmpty && !name.hasPrefix(".") && name.utf8.count <= Int(NAME_MAX)
      && !name.unicodeScalars.contains { $0 == "/" || $0 == "\\" || $0.value < 0x20 || $0.value == 0x7F }
  }

  /// The default: `HISS_LIBRARY`, or `Music/Hiss` in the user's folder.
  public static var usual: URL {
    let environment = ProcessInfo.processInfo.environment
    if let path = environment["HISS_LIBRARY"], !path.isEmpty { return URL(fileURLWithPath: path) }
    let home =
      environment["HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? FileManager.default.homeDirectoryForCurrentUser.path
    return URL(fileURLWithPath: home).appendingPathComponent("Music/Hiss")
  }

  /// Makes the folders that are missing.
  /// - Throws: `LibraryError`.
  func make() throws(LibraryError) {
    var status = stat()
    if stat(url.path, &status) == 0, status.st_mode & S_IFMT != S_IFDIR { throw .notAFolder(path: url.path) }
    for place in Place.allCases {
      let folder = folder(place)
      do throws(StorageError) { try DurableFile.makeFolder(folder) } catch {
        throw LibraryError(error, database: database.path)
      }
      // A link of such a name would lead out of the library.
      guard lstat(folder.path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
        throw .storage(.notAFolder(path: folder.path))
      }
    }
  }
}

/// Names of clips, jobs and events: ten lower-case letters and digits, drawn by chance.
public enum LibraryID {
  private static let signs = Array("abcdefghijklmnopqrstuvwxyz0123456789")

  public static func new() -> String { String((0..<10).map { _ in signs[Int.random(in: 0..<signs.count)] }) }

  public static func isOne(_ text: String) -> Bool { text.count == 10 && text.allSatisfy(signs.contains) }
}
