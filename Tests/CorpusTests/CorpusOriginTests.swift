import Corpus
import Foundation
import Testing

@Suite("What rendered a training set, so that its clips can be named and rendered again")
struct CorpusOriginTests {
  private func origin(_ json: String) throws -> CorpusOrigin? {
    let folder = FileManager.default.temporaryDirectory.appending(path: "origin-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(json.utf8).write(to: folder.appending(path: CorpusOrigin.fileName))
    return CorpusOrigin(inModel: folder)
  }

  @Test func clipsComeByTheirNamesAndAreComposedAgain() throws {
    let found = try origin(
      """
      {"dataset":"set","parts":[{"folder":"","clips":3,"seed":3,"captions":5},
       {"folder":"more","clips":2,"seed":6,"kinds":["note","chord"],"captions":1}]}
      """)
    let read = try #require(found)
    #expect(
      read.clips.map(\.name) == [
        "clip-000000.flac", "clip-000001.flac", "clip-000002.flac", "more/clip-000000.flac", "more/clip-000001.flac",
      ])
    let notes = read.recipe(read.clips[4].place)
    #expect(notes.caption == ClipRecipe(seed: 6, index: 1, kinds: [.note, .chord]).caption)
    #expect(read.recipe(read.clips[2].place).caption == ClipRecipe(seed: 3, index: 2, captionCount: 5).caption)
  }

  @Test func partsAreComposedAgain() throws {
    let found = try origin(
      #"{"dataset":"set","parts":[{"folder":"","clips":4,"seed":3,"captions":2,"parts":["music","sounds"]}]}"#)
    let read = try #require(found)
    for index in 0..<4 {
      let own = ClipRecipe(seed: 3, index: index, captionCount: 2, parts: [.sounds, .music])
      #expect(read.recipe(read.clips[index].place).caption == own.caption)
    }
    #expect(read.recipe(read.clips[0].place).labels.kind == .sound)
  }

  @Test(arguments: [
    #"{"dataset":"a","parts":[{"folder":"","clips":9,"seed":3,"captions":5,"parts":[]}]}"#,
    #"{"dataset":"a","parts":[{"folder":"","clips":9,"seed":3,"captions":5,"parts":["songs"]}]}"#,
    "", "{}", "[]", #"{"dataset":"a","parts":[{"folder":"","clips":-1,"seed":3,"captions":5}]}"#,
    #"{"dataset":"a","parts":[{"folder":"","clips":999999999999,"seed":3,"captions":5}]}"#,
    #"{"dataset":"a","parts":[{"folder":"","clips":9,"seed":3,"captions":0}]}"#,
    #"{"dataset":"a","parts":[{"folder":"","clips":9,"seed":3,"captions":5,"kinds":["song"]}]}"#,
  ])
  func whatIsNoneIsNone(json: String) throws { #expect(try origin(json) == nil) }
}
