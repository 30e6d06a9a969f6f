import Audio
import Foundation
import HTTPTypes
import Hummingbird
import Library
import Music
import NIOCore
import Storage
import Synthesis

/// What is heard and seen of a clip: its sound, pictures, stems and notes.
struct SoundRoutes: Sendable {
  let studio: Studio

  var endpoints: [Endpoint] {
    [
      Endpoint(.get, "/clips/{id}/audio", query: ["draft", "download"]) { [self] call in
        let id = try call.id()
        let draft = try call.flag("draft") == true ? studio.library.draftFile(of: id) : nil
        let file = try draft ?? studio.library.file(of: id)
        let name = try call.flag("download") == true ? file.lastPathComponent : nil
        return try FileAnswer.answer(file, type: Self.type(of: file), name: name, to: call.request)
      },
      Endpoint(.get, "/clips/{id}/spectrogram.png", query: ["width", "height"]) { [self] call in
        let (width, height) = (
          try call.count("width", in: 8...2048) ?? 640, try call.count("height", in: 8...1024) ?? 160
        )
        let file = try studio.library.file(of: call.id())
        let bytes = try await studio.pictures.spectrogram(of: file, width: width, height: height)
        return Response(
          status: .ok, headers: [.contentType: "image/png", .cacheControl: "private, no-cache"],
          body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
      },
      Endpoint(.get, "/clips/{id}/waveform", query: ["points"]) { [self] call in
        let points = try call.count("points", in: 1...20_000) ?? 600
        return try .json(try await studio.pictures.waveform(of: studio.library.file(of: call.id()), points: points))
      },
      Endpoint(.get, "/clips/{id}/notes") { [self] call in
        let id = try call.id()
        return try .json(try await Background.run { try notes(of: id) })
      },
      Endpoint(.get, "/clips/{id}/stems") { [self] call in
        let id = try call.id()
        let stems = try stems(of: id).map { Stem(name: $0, url: "\(Endpoint.root)/clips/\(id)/stems/\($0)/audio") }
        return try .json(["stems": stems])
      },
      Endpoint(.get, "/clips/{id}/stems/{name}/audio") { [self] call in
        let (id, name) = (try call.id(), try call.name("name"))
        guard try stems(of: id).contains(name) else { throw Problem.notFound("stem") }
        let file = try studio.library.folder.parts(of: id).appendingPathComponent("\(name).wav")
        return try FileAnswer.answer(file, type: "audio/wav", to: call.request)
      },
    ]
  }

  static func type(of file: URL) -> String {
    switch file.pathExtension.lowercased() {
    case "wav", "wave": "audio/wav"
    case "flac": "audio/flac"
    case "mp3": "audio/mpeg"
    case "ogg", "oga", "opus": "audio/ogg"
    case "aif", "aiff", "aifc": "audio/aiff"
    default: "application/octet-stream"
    }
  }

  // MARK: Stems and notes

  private struct Stem: Encodable {
    let name: String
    let url: String
  }

  private static let stemOrder = ["drums", "bass", "chords", "lead"]

  private func stems(of id: String) throws -> [String] {
    guard try studio.library.clip(id).hasStems else { throw Problem(.notFound, "This clip has no stems.") }
    let names = try FileManager.default.contentsOfDirectory(atPath: studio.library.folder.parts(of: id).path)
    let stems = names.filter { $0.hasSuffix(".wav") && !$0.hasPrefix(".") }.map { String($0.dropLast(4)) }
    return stems.sorted { (Self.stemOrder.firstIndex(of: $0) ?? 9, $0) < (Self.stemOrder.firstIndex(of: $1) ?? 9, $1) }
  }

  /// The scores of a clip, each with the name of who plays it.
  func scores(of id: String) throws -> [(name: String, file: URL)] {
    let details = try studio.library.details(of: id)
    if details.clip.hasNotes {
      let parts = try studio.library.folder.parts(of: id)
      let names = ((try? FileManager.default.contentsOfDirectory(atPath: parts.path)) ?? []).filter {
        $0.hasSuffix(".mid")
      }
      let own = names.filter { $0 != "idea.mid" }.map { String($0.dropLast(4)) }
      return own.sorted { (Self.stemOrder.firstIndex(of: $0) ?? 9, $0) < (Self.stemOrder.firstIndex(of: $1) ?? 9, $1) }
        .map { ($0, parts.appendingPathComponent("\($0).mid")) }
    }
    // A clip that plays a MIDI file of the library's plays its notes.
    let home = studio.library.folder.url.path + "/"
    guard let text = details.request, let tags = try? JSONDecoder().decode(ClipTags.self, from: Data(text.utf8)),
      let midi = tags.request.controls?.midi, midi.path.hasPrefix(home), !midi.path.contains("/../")
    else { return [] }
    return [("notes", URL(fileURLWithPath: midi.path))]
  }

  private struct NotesAnswer: Encodable, Sendable {
    struct Note: Encodable, Sendable {
      let pitch: Int
      /// In seconds.
      let start: Double
      let duration: Double
      let velocity: Int
    }
    struct Part: Encodable, Sendable {
      let name: String
      let notes: [Note]
    }
    let bpm: Double
    let seconds: Double
    let parts: [Part]
  }

  private func notes(of id: String) throws -> NotesAnswer {
    let (clip, scores) = (try studio.library.clip(id), try scores(of: id))
    var (parts, bpm) = ([NotesAnswer.Part](), clip.bpm)
    for score in scores {
      let midi = try MIDIFile.read(score.file)
      bpm = bpm ?? midi.tempo
      let map = midi.tempoMap
      func rounded(_ seconds: Double) -> Double { (seconds * 10_000).rounded() / 10_000 }
      let notes = midi.notes.prefix(20_000).map { note in
        let start = map.seconds(atBeat: note.startBeats)
        return NotesAnswer.Note(
          pitch: note.key, start: rounded(start), duration: rounded(map.seconds(atBeat: note.endBeats) - start),
          velocity: note.velocity)
      }
      parts.append(.init(name: score.name, notes: notes))
    }
    guard !parts.isEmpty else { throw Problem(.notFound, "The notes of this clip are not known.") }
    return NotesAnswer(bpm: bpm ?? 120, seconds: clip.seconds, parts: parts)
  }
}
