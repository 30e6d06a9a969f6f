import Audio
import Foundation
import HTTPTypes
import Hummingbird
import Library
import Music
import NIOCore
import Storage
import Synchronization

/// What pages send: sounds and MIDI files, each with a note of what it is, in the library's folder of uploads.
struct UploadStore: Sendable {
  struct Upload: Codable, Sendable, Equatable {
    enum Kind: String, Codable, Sendable { case audio, midi }
    var id: String
    var kind: Kind
    /// As the client called it.
    var name: String
    var seconds: Double
    var bpm: Double?
    var peak: Double?
    /// In the folder.
    var file: String
  }

  static let mostAudioBytes = 200 << 20
  static let mostMIDIBytes = 4 << 20
  private static let mostFiles = 2000
  private static let mostBytes = 20 << 30
  private static let timeLimit = Duration.seconds(600)
  /// At once.
  private static let mostAtOnce = 4
  /// What is looked at of a recording: more than a clip can use.
  private static let heardSeconds = 150.0

  let folder: URL
  private let open = Counter()

  init(folder: URL) { self.folder = folder }

  private final class Counter: Sendable {
    let value = Mutex(0)
  }

  /// The file of an upload; nil where there is none.
  func file(_ id: String) -> URL? {
    upload(id).map { folder.appendingPathComponent($0.file) }
  }

  func upload(_ id: String) -> Upload? {
    guard Call.isID(id), let data = try? SmallFile.read(note(id), limit: 1 << 16),
      let upload = try? JSONDecoder().decode(Upload.self, from: data), upload.file.hasPrefix(id + "."),
      !upload.file.contains("/")
    else { return nil }
    return upload
  }

  private func note(_ id: String) -> URL { folder.appendingPathComponent("\(id).json") }

  /// Takes the file of a request.
  /// - Throws: `Problem`, `AudioFileError`, `MIDIError`, `StorageError`.
  func take(_ request: Request) async throws -> Upload {
    let id = LibraryID.new()
    let part = folder.appendingPathComponent(".\(id).part")
    defer { unlink(part.path) }
    let name = try await receive(request, to: part, limit: Self.mostAudioBytes)
    return try await Background.run { try keep(part, id, name) }
  }

  /// Writes the one file of a request to a place.
  /// - Returns: the file's name, as the client says it.
  func receive(_ request: Request, to file: URL, limit: Int) async throws -> String {
    try checkRoom(for: request, limit)
    guard
      open.value.withLock({
        $0 < Self.mostAtOnce
          ? {
            $0 += 1
            return true
          }(&$0) : false
      })
    else {
      throw Problem(.tooManyRequests, "\(Self.mostAtOnce) files are being sent already: send this one after them.")
    }
    defer { open.value.withLock { $0 -= 1 } }
    return try await Deadline.within(Self.timeLimit) { try await write(request, to: file, limit: limit) }
  }

  private func checkRoom(for request: Request, _ limit: Int) throws {
    if let length = request.headers[.contentLength].flatMap(Int.init), length > limit + (64 << 10) {
      throw Problem(.contentTooLarge, "A file may have \(limit >> 20) MB at most.")
    }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    var bytes = 0
    for name in names {
      var status = stat()
      if stat(folder.appendingPathComponent(name).path, &status) == 0 { bytes += Int(status.st_size) }
    }
    guard names.count < 2 * Self.mostFiles, bytes < Self.mostBytes else {
      throw Problem(
        .init(code: 507, reasonPhrase: "Insufficient Storage"),
        "\(folder.path) is full: remove what is not wanted there.")
    }
  }

  private func write(_ request: Request, to file: URL, limit: Int) async throws -> String {
    var reader = try MultipartReader(contentType: request.headers[.contentType])
    let number = Foundation.open(file.path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o666)
    guard number >= 0 else { throw StorageError.cannotWrite(path: file.path, code: errno) }
    let handle = FileHandle(fileDescriptor: number, closeOnDealloc: true)
    var (name, count) = ("", 0)
    var body = request.body.makeAsyncIterator()
    while let buffer = try await Self.next(&body) {
      try Task.checkCancellation()
      for event in try reader.read(buffer) {
        switch event {
        case .file(let given): name = given
        case .bytes(let bytes):
          count += bytes.count
          guard count <= limit else { throw Problem(.contentTooLarge, "A file may have \(limit >> 20) MB at most.") }
          do { try handle.write(contentsOf: Data(bytes)) } catch {
            throw StorageError.cannotWrite(path: file.path, code: ENOSPC)
          }
        case .end: break
        }
      }
    }
    try reader.finish()
    guard count > 0 else { throw Problem.invalid("The file is empty.") }
    return Self.shown(name)
  }

  private static func next(_ body: inout RequestBody.AsyncIterator) async throws -> ByteBuffer? {
    do { return try await body.next() } catch is CancellationError { throw CancellationError() } catch {
      throw Problem.cutShort
    }
  }

  /// A name fit to be shown: its last part, without signs that command.
  static func shown(_ name: String) -> String {
    let last = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? "file"
    return String(VisibleText.of(last, limit: 120))
  }

  /// Finds out what a file is, by its content, and keeps it.
  private func keep(_ part: URL, _ id: String, _ name: String) throws -> Upload {
    var upload = try describe(part, id, name)
    upload.file = "\(id).\(Self.ending(of: name, upload.kind))"
    let place = folder.appendingPathComponent(upload.file)
    guard rename(part.path, place.path) == 0 else { throw StorageError.cannotWrite(path: place.path, code: errno) }
    try DurableFile.writeShared(Array(try JSONEncoder().encode(upload)), to: note(id))
    return upload
  }

  private func describe(_ part: URL, _ id: String, _ name: String) throws -> Upload {
    var status = stat()
    stat(part.path, &status)
    let head = try FileHandle(forReadingFrom: part).read(upToCount: 4) ?? Data()
    if head == Data("MThd".utf8) || ["mid", "midi", "rmi"].contains((name as NSString).pathExtension.lowercased()) {
      guard Int(status.st_size) <= Self.mostMIDIBytes else {
        throw Problem(.contentTooLarge, "A MIDI file may have \(Self.mostMIDIBytes >> 20) MB at most.")
      }
      let score = try MIDIFile.read(part)
      guard !score.notes.isEmpty else { throw Problem.invalid("There is no note in this MIDI file.") }
      let seconds = score.seconds(atBeat: score.lengthBeats)
      return Upload(
        id: id, kind: .midi, name: name, seconds: seconds.isFinite ? seconds : 0, bpm: score.tempo, file: "")
    }
    let seconds = try AudioFile.duration(of: part)
    let clip = try AudioFile.read(part, first: Self.heardSeconds, sampleRate: 44_100, channelCount: 1)
    guard clip.frameCount > 0 else { throw Problem.invalid("There is no sound in this file.") }
    return Upload(id: id, kind: .audio, name: name, seconds: seconds, peak: Double(clip.peak), file: "")
  }

  private static func ending(of name: String, _ kind: Upload.Kind) -> String {
    if kind == .midi { return "mid" }
    let own = (name as NSString).pathExtension.lowercased()
    return AudioFile.readableExtensions.contains(own) ? own : "audio"
  }
}
