package import Foundation

/// The browser of this desktop, where there is one.
package enum Browser {
  /// Opens an address, and waits for nothing; that there is no browser is no fault.
  package static func open(_ url: URL) {
    let environment = ProcessInfo.processInfo.environment
    #if canImport(Darwin)
      let names = ["open"]
    #else
      guard environment["DISPLAY"] != nil || environment["WAYLAND_DISPLAY"] != nil else { return }
      let names = ["xdg-open"]
    #endif
    let folders = (environment["PATH"] ?? "").split(separator: ":").map(String.init)
    for path in names.flatMap({ name in folders.map { "\($0)/\(name)" } })
    where FileManager.default.isExecutableFile(atPath: path) {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: path)
      process.arguments = [url.absoluteString]
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      if (try? process.run()) != nil { return }
    }
  }
}
