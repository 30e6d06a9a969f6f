package import Foundation

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The file of the running program, which `CommandLine.arguments[0]` does not tell: it may be a bare name that a shell
/// found through PATH, or whatever the caller chose.
package enum ProgramFile {
  /// The file, through all links; nil where the system does not say.
  package static let url: URL? = path.map { URL(fileURLWithPath: $0).resolvingSymlinksInPath() }

  /// The places of `relative` in the folders above a program, the nearest first: as in a package that was built
  /// (`.build/release/hiss` beside `relative`), and as installed (`bin/hiss` beside `share/hiss/installed`).
  /// - Parameter levels: how many folders above the program are looked at.
  package static func places(
    of relative: String, installed: String, above program: URL?, levels: Int = 5
  ) -> [URL] {
    guard var folder = program?.resolvingSymlinksInPath() else { return [] }
    var places: [URL] = []
    for _ in 0..<levels where folder.path != "/" {
      folder.deleteLastPathComponent()
      places.append(folder.appendingPathComponent(relative))
      places.append(folder.appendingPathComponent("share/hiss/\(installed)"))
    }
    return places
  }

  private static var path: String? {
    #if canImport(Darwin)
      var size: UInt32 = 0
      _ = _NSGetExecutablePath(nil, &size)
      var bytes = [CChar](repeating: 0, count: Int(size) + 1)
      guard _NSGetExecutablePath(&bytes, &size) == 0 else { return nil }
      return string(bytes)
    #else
      var bytes = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
      guard readlink("/proc/self/exe", &bytes, bytes.count - 1) > 0 else { return nil }
      return string(bytes)
    #endif
  }

  private static func string(_ bytes: [CChar]) -> String {
    String(decoding: bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
