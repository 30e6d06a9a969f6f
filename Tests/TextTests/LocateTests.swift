import Foundation
import Testing
import Text

struct LocateTests {
  private let place = ".cache/text-encoder/all-MiniLM-L6-v2"

  private func putEncoder(in folder: URL) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data().write(to: folder.appendingPathComponent("model.safetensors"))
  }

  /// Searches with all places below `root`, none of them this machine's.
  private func locate(
    in root: URL, explicit: URL? = nil, environment: [String: String] = [:]
  ) throws(TextError) -> URL {
    try SentenceEncoder.locate(
      explicit: explicit, environment: environment, workingDirectory: root.appendingPathComponent("work"),
      executable: root.appendingPathComponent("package/.build/release/hiss"),
      home: root.appendingPathComponent("home"))
  }

  @Test func placesAreSearchedInOrder() throws {
    try withTemporaryFolder { root in
      let root = root.resolvingSymlinksInPath()
      let places = [
        root.appendingPathComponent("work/\(place)"),
        root.appendingPathComponent("home/.cache/hiss/text-encoder/all-MiniLM-L6-v2"),
        root.appendingPathComponent("package/share/hiss/text-encoder/all-MiniLM-L6-v2"),
        root.appendingPathComponent("package/\(place)"),
      ]
      for expected in places {
        try putEncoder(in: expected)
        #expect(try locate(in: root).path == expected.path)
      }
      let named = root.appendingPathComponent("named")
      try putEncoder(in: named)
      #expect(try locate(in: root, environment: ["HISS_TEXT_ENCODER": named.path]).path == named.path)
      #expect(try locate(in: root, environment: ["HISS_TEXT_ENCODER": ""]).path == places[3].path)
      let explicit = root.appendingPathComponent("explicit")
      try putEncoder(in: explicit)
      let found = try locate(in: root, explicit: explicit, environment: ["HISS_TEXT_ENCODER": named.path])
      #expect(found.path == explicit.path)
    }
  }

  @Test func aNamedFolderIsNotPassedOver() throws {
    try withTemporaryFolder { root in
      try putEncoder(in: root.appendingPathComponent("work/\(place)"))
      let missing = root.appendingPathComponent("missing")
      let error = TextError.encoderNotFound(searched: [missing.path])
      #expect(throws: error) { try locate(in: root, explicit: missing) }
      #expect(throws: error) { try locate(in: root, environment: ["HISS_TEXT_ENCODER": missing.path]) }
    }
  }

  @Test func theErrorNamesThePlacesSearched() throws {
    try withTemporaryFolder { root in
      let error = #expect(throws: TextError.self) { try locate(in: root) }
      guard case .encoderNotFound(let searched) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(searched.first == root.appendingPathComponent("home/.cache/hiss/text-encoder/all-MiniLM-L6-v2").path)
      #expect(searched.last == root.appendingPathComponent("work/\(place)").path)
    }
  }
}
