import Curation
import Foundation
import HTTPTypes
import Hummingbird
import Library
import Storage

/// Folders of somebody's own samples.
struct FolderRoutes: Sendable {
  let studio: Studio

  var endpoints: [Endpoint] {
    [
      Endpoint(.get, "/folders") { [self] _ in try .json(["folders": studio.samples.names.map { ["name": $0] }]) },
      Endpoint(.post, "/folders") { [self] call in
        let name = try await call.json(Strict<NewFolder>.self).value.name
        // Of a library that is gone no folder is made anew.
        _ = try studio.library.revision()
        try studio.samples.make(name)
        return try .json(["folder": ["name": name]], status: .created)
      },
      Endpoint(.get, "/folders/{name}") { [self] call in
        let folder = try studio.samples.folder(call.name("name"))
        return try .json(try await Background.runLong { try FolderAnswer(FolderSurvey(folder).report) })
      },
      Endpoint(.post, "/folders/{name}/files") { [self] call in
        let name = try call.name("name")
        let part = try studio.samples.folder(name).appendingPathComponent(".\(UInt32.random(in: 0 ... .max)).part")
        defer { unlink(part.path) }
        let given = try await studio.uploads.receive(call.request, to: part, limit: UploadStore.mostAudioBytes)
        let place = try studio.samples.place(for: given, in: name)
        guard link(part.path, place.path) == 0 else {
          throw Problem(.conflict, "\(place.lastPathComponent) is in the folder already.")
        }
        return try .json(["file": place.lastPathComponent], status: .created)
      },
      Endpoint(.patch, "/folders/{name}/captions") { [self] call in
        let name = try call.name("name")
        let captions = try await call.json(Strict<Captions>.self, limit: 4 << 20).value.captions
        guard captions.allSatisfy({ $0.caption.utf8.count <= 2000 && !$0.caption.holdsControlCharacters() }) else {
          throw Problem.invalid("A caption is longer than 2000 bytes, or holds control characters.")
        }
        let byFile = Dictionary(captions.map { ($0.file, $0.caption) }) { _, last in last }
        try await Background.runLong { [samples = studio.samples] in try samples.write(byFile, in: name) }
        return .done
      },
    ]
  }

  struct NewFolder: Decodable, Sendable, KnownFields {
    var name: String
    static let fieldNames = ["name"]
  }

  struct Captions: Decodable, Sendable, KnownFields {
    struct Row: Decodable, Sendable {
      var file: String
      var caption: String
    }
    var captions: [Row]
    static let fieldNames = ["captions"]
  }

  private struct FolderAnswer: Encodable, Sendable {
    struct Caption: Encodable, Sendable {
      let file: String
      let caption: String
      let seconds: Double?
      let isFromName: Bool
    }
    let name: String
    let files: Int
    let seconds: Double
    let findings: [Finding]
    let captions: [Caption]

    init(_ report: FolderReport) {
      (name, files, seconds, findings) = (report.folder, report.clips, report.seconds, report.findings)
      captions = report.files.map {
        Caption(file: $0.file, caption: $0.caption, seconds: $0.sound?.seconds, isFromName: $0.isNamed)
      }
    }
  }
}
