import Foundation
import HTTPTypes
import Hummingbird
import Library
import NIOCore

/// What comes in and goes out as files.
struct UploadRoutes: Sendable {
  let studio: Studio
  private static let mostClips = 2000

  var endpoints: [Endpoint] {
    [
      Endpoint(.post, "/uploads") { [self] call in
        try .json(["upload": UploadAnswer(try await studio.uploads.take(call.request))], status: .created)
      },
      Endpoint(.get, "/uploads/{id}/audio") { [self] call in
        guard let upload = studio.uploads.upload(try call.id()), upload.kind == .audio else {
          throw Problem.notFound("upload")
        }
        let file = studio.uploads.folder.appendingPathComponent(upload.file)
        return try FileAnswer.answer(file, type: SoundRoutes.type(of: file), to: call.request)
      },
      Endpoint(.get, "/downloads.zip", query: ["clips", "with"]) { [self] call in
        let ids = try call.ids("clips", atMost: Self.mostClips)
        let with = Set((try call.text("with") ?? "").split(separator: ",").map(String.init))
        guard with.isSubset(of: ["stems", "midi"]) else { throw Problem(.badRequest, "with is of stems and midi.") }
        let found = try await Background.run { try files(ids, with: with) }
        return try Self.archive(found)
      },
    ]
  }

  private struct UploadAnswer: Encodable {
    let id: String
    let kind: UploadStore.Upload.Kind
    let name: String
    let seconds: Double
    let bpm: Double?
    let peak: Double?

    init(_ upload: UploadStore.Upload) {
      (id, kind, name) = (upload.id, upload.kind, upload.name)
      (seconds, bpm, peak) = (upload.seconds, upload.bpm, upload.peak)
    }
  }

  /// The files of clips, or of all picks, by their names in an archive.
  /// - Throws: `LibraryError.fileMissing` where one is gone: what is not in the archive is not passed over in silence.
  private func files(_ ids: [String]?, with parts: Set<String>) throws -> [(name: String, file: URL)] {
    var query = ClipQuery()
    (query.state, query.limit) = (.picked, ClipQuery.mostClips)
    let clips = try ids.map { try studio.library.clips($0) } ?? studio.library.clips(query).clips
    let known = Set(clips.map(\.id))
    if let unknown = ids?.first(where: { !known.contains($0) }) { throw LibraryError.noClip(id: unknown) }
    guard !clips.isEmpty else { throw Problem(.notFound, "There is no clip to download.") }
    var (files, taken) = ([(name: String, file: URL)](), Set<String>())
    func add(_ name: String, _ file: URL) {
      if taken.insert(name.lowercased()).inserted { files.append((name, file)) }
    }
    for clip in clips {
      let file = try studio.library.file(of: clip.id)
      add(file.lastPathComponent, file)
      let folder = try studio.library.folder.parts(of: clip.id)
      guard clip.hasStems || clip.hasNotes else {
        if parts.contains("midi"), let score = try SoundRoutes(studio: studio).scores(of: clip.id).first {
          add("\(clip.name).mid", score.file)
        }
        continue
      }
      for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() where !name.hasPrefix(".") {
        let isWanted =
          name.hasSuffix(".wav") && parts.contains("stems") || name.hasSuffix(".mid") && parts.contains("midi")
        if isWanted { add("\(clip.name)/\(name)", folder.appendingPathComponent(name)) }
      }
    }
    return files
  }

  private static func archive(_ files: [(name: String, file: URL)]) throws -> Response {
    let sizes = files.map { file in
      var status = stat()
      return stat(file.file.path, &status) == 0 ? Int(status.st_size) : 0
    }
    let entries = zip(files, sizes).map { ZIPStream.Entry(name: $0.name, byteCount: $1) }
    let length = ZIPStream.byteCount(entries)
    guard length <= ZIPStream.mostBytes, entries.count <= ZIPStream.mostFiles else {
      throw Problem(.contentTooLarge, "So many clips do not fit into one archive of 4 GB: choose fewer.")
    }
    return Response(
      status: .ok,
      headers: [
        .contentType: "application/zip", .cacheControl: "no-store",
        .contentDisposition: FileAnswer.disposition("hiss-clips.zip"),
      ],
      body: ResponseBody(contentLength: length) { writer in
        var archive = ZIPStream()
        for (entry, file) in zip(entries, files) {
          try await writer.write(ByteBuffer(bytes: archive.begin(entry)))
          let opened = try OpenFile(file.file)
          var (offset, checksum) = (0, CyclicChecksum())
          while offset < entry.byteCount {
            let bytes = try await opened.read(from: offset, count: min(128 << 10, entry.byteCount - offset))
            guard !bytes.isEmpty else { throw Problem(.gone, "The file was cut short.") }
            checksum.add(bytes)
            offset += bytes.count
            try await writer.write(ByteBuffer(bytes: bytes))
          }
          try await writer.write(ByteBuffer(bytes: archive.end(checksum: checksum.value)))
        }
        try await writer.write(ByteBuffer(bytes: archive.directory()))
        try await writer.finish(nil)
      })
  }
}
