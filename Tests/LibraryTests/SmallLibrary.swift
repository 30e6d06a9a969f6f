import Audio
import Foundation
import GRDB
import Library
import Storage
import TestSupport

/// A library of its own for one test, and tones to put into it.
struct SmallLibrary {
  let directory: TemporaryDirectory
  let library: ClipLibrary
  var url: URL { directory.file("Hiss") }

  init() throws {
    directory = try TemporaryDirectory()
    library = try ClipLibrary(at: directory.file("Hiss"))
    Self.keep(directory)
  }

  /// A folder goes with its last owner, and a test may be done with that before it is done with the library.
  private static func keep(_ directory: TemporaryDirectory) {
    lock.withLock {
      if kept.isEmpty { atexit { SmallLibrary.removeAll() } }
      kept.append(directory)
    }
  }

  private static func removeAll() { lock.withLock { kept = [] } }

  private static let lock = NSLock()
  private nonisolated(unsafe) static var kept: [TemporaryDirectory] = []

  /// A tenth of a second.
  static func tone(_ hertz: Double = 220) -> AudioClip {
    let samples = (0..<4410).map { 0.5 * Float(sin(2 * .pi * hertz * Double($0) / 44_100)) }
    return AudioClip(mono: samples, sampleRate: 44_100)
  }

  static func bytes(_ sound: AudioClip) throws -> [UInt8] {
    try AudioFile.encode(sound, for: URL(filePath: "tone.wav"))
  }

  static func facts(_ name: String, prompt: String = "soft tone", bpm: Double? = nil) -> ClipFacts {
    var facts = ClipFacts(name: name)
    (facts.prompt, facts.caption, facts.bpm, facts.model) = (prompt, prompt, bpm, "first")
    return facts
  }

  @discardableResult
  func store(
    _ name: String = "tone", hertz: Double = 220, prompt: String = "soft tone", bpm: Double? = nil,
    in slot: ClipSlot? = nil
  ) throws -> LibraryClip {
    let sound = Self.tone(hertz)
    return try library.store(try Self.bytes(sound), sound, Self.facts(name, prompt: prompt, bpm: bpm), in: slot)
  }

  /// A second connection, as of another program.
  func database() throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.busyMode = .timeout(5)
    return try DatabaseQueue(path: url.appending(path: "library.sqlite").path, configuration: configuration)
  }

  /// The names in one of the folders.
  func names(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: url.appending(path: folder).path).sorted()
  }

  func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: url.appending(path: path).path) }
}
