package import Foundation
import HTTPTypes
import Hummingbird
import Storage

/// The page's own files, each by its name below one folder.
package struct PageFiles: Sendable {
  /// nil where there is no page.
  let folder: URL?

  package init(folder: URL?) { self.folder = folder }

  /// The page of this program: what `HISS_STUDIO_PAGE` names, what lies beside the sources, what was built, what was
  /// installed; the first that is there.
  package static func found() -> PageFiles {
    var places: [URL] = []
    if let named = ProcessInfo.processInfo.environment["HISS_STUDIO_PAGE"], !named.isEmpty {
      places.append(URL(fileURLWithPath: named))
    }
    for path in ["Sources/Studio/Page", "hiss_Studio.resources/Page"] {
      places += ProgramFile.places(of: path, installed: "Page", above: ProgramFile.url)
    }
    return PageFiles(
      folder: places.first { FileManager.default.fileExists(atPath: $0.appendingPathComponent("index.html").path) })
  }

  private static let kinds = [
    "html": "text/html; charset=utf-8", "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml", "png": "image/png", "ico": "image/x-icon", "woff2": "font/woff2",
    "json": "application/json", "webmanifest": "application/manifest+json", "txt": "text/plain; charset=utf-8",
    "wav": "audio/wav",
  ]
  private static let largest = 8 << 20

  /// The answer with a file of the page.
  /// - Parameter path: below the page's folder; empty for the page itself.
  func answer(_ path: [Substring]) throws -> Response {
    let names = path.isEmpty ? ["index.html"] : path.map(String.init)
    guard let folder else {
      throw Problem(.notFound, "The page was not installed with the program; the API is below /api/v1.")
    }
    guard names.count <= 6, names.allSatisfy(Self.isName), let type = Self.kinds[Self.ending(of: names)] else {
      throw Problem.notFound("file")
    }
    let url = names.reduce(folder) { $0.appendingPathComponent($1) }
    let bytes: Data
    do { bytes = try SmallFile.read(url, limit: Self.largest) } catch { throw Problem.notFound("file") }
    return Response(
      status: .ok, headers: [.contentType: type, .cacheControl: "no-cache"],
      body: ResponseBody(byteBuffer: .init(bytes: bytes)))
  }

  /// Letters, digits, `-`, `_` and single points inside: no name that leads out of a folder, and none that is hidden.
  private static func isName(_ name: String) -> Bool {
    guard let first = name.utf8.first, first.isPlain, name.utf8.count <= 80, !name.contains("..") else { return false }
    return name.utf8.allSatisfy { $0.isPlain || $0 == 0x2E }
  }

  private static func ending(of names: [String]) -> String {
    names.last?.split(separator: ".").last.map(String.init) ?? ""
  }
}
