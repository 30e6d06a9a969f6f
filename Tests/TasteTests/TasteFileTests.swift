import Foundation
import Taste
import TestSupport
import Testing

@Suite struct TasteFileTests {
  @Test func picksAreKeptWithTheirClips() throws {
    let folder = try TemporaryDirectory()
    defer { withExtendedLifetime(folder) {} }
    var listener = SimulatedPicks(seed: 1)
    let file = TasteFile(folder.url.appendingPathComponent("deep/mine.jsonl"))
    let picks = listener.picks(6)
    try file.add(Array(picks.prefix(4)), of: listener.clips)
    try file.add(Array(picks.dropFirst(4)), of: listener.clips)
    let contents = try file.contents()
    #expect(contents.picks == picks)
    let named = Set(picks.flatMap { [$0.picked] + $0.over })
    #expect(Set(contents.clips.map(\.id)) == named)
    #expect(contents.clips.count == named.count)
  }

  @Test func aLineThatWasCutOffIsPassedOver() throws {
    let folder = try TemporaryDirectory()
    defer { withExtendedLifetime(folder) {} }
    var listener = SimulatedPicks(seed: 2)
    let file = TasteFile(folder.url.appendingPathComponent("mine.jsonl"))
    try file.add(listener.picks(3), of: listener.clips)
    let handle = try FileHandle(forWritingTo: file.url)
    try handle.seekToEnd()
    try handle.write(contentsOf: Data(#"{"pick":{"pick"#.utf8))
    try handle.close()
    try file.add(listener.picks(2), of: listener.clips)
    #expect(try file.contents().picks.count == 5)
  }

  @Test func anotherFileIsNoTaste() throws {
    let folder = try TemporaryDirectory()
    defer { withExtendedLifetime(folder) {} }
    let url = folder.url.appendingPathComponent("notes.txt")
    try Data("buy milk\n".utf8).write(to: url)
    #expect(throws: TasteError.notATaste(path: url.path)) { try TasteFile(url).contents() }
  }

  @Test(arguments: ["", "..", "a.b", "x\ny", String(repeating: "a", count: 80)]) func namesArePlain(name: String) {
    #expect(throws: TasteError.badName(name)) { try TasteFile(named: name) }
  }
}

@Suite struct PreferenceTableTests {
  @Test func pairsOfOneWinnerAreOnePick() throws {
    let table = try PreferenceTable(
      Array("winner,loser,at\na.wav,b.wav,2026-11-29T12:00:00Z\na.wav,c.wav,2026-11-29T12:00:00Z\na.wav,b.wav,\n".utf8),
      path: "t.csv")
    #expect(table.picks.map(\.losers) == [["b.wav", "c.wav"], ["b.wav"]])
  }

  @Test func ratingsBecomePicksOverWhatIsRatedLower() throws {
    let table = try PreferenceTable(Array("file,rating\na,5\nb,3\nc,3\nd,1\n".utf8), path: "t.csv")
    #expect(table.picks.map(\.winner) == ["a", "b", "c"])
    #expect(table.picks.map(\.losers) == [["b", "c", "d"], ["d"], ["d"]])
  }

  @Test(
    arguments: [
      ("", 1), ("name,stars\na,5\n", 1), ("file,rating\na,good\n", 2), ("winner,loser\na,b\nc,c\n", 3),
      ("winner,loser\na\n", 2), ("winner,loser,at\na,b,yesterday\n", 2), ("file,rating\n\"a,5\n", 2),
      ("file,rating\na,nan\n", 2),
    ])
  func whatIsWrongIsToldWithItsLine(text: String, line: Int) throws {
    let error = #expect(throws: TasteError.self) { try PreferenceTable(Array(text.utf8), path: "t.csv") }
    guard case .badTable("t.csv", line, _)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func aTasteIsWrittenAsATableThatIsReadAgain() throws {
    var listener = SimulatedPicks(seed: 3)
    let contents = TasteContents(clips: listener.clips, picks: listener.picks(5))
    let table = try PreferenceTable(Array(PreferenceTable.text(contents).utf8), path: "t.csv")
    #expect(table.picks.count == 5)
    let names = Dictionary(uniqueKeysWithValues: contents.clips.map { ($0.id, $0.name) })
    #expect(table.picks.map(\.losers) == contents.picks.map { $0.over.compactMap { names[$0] } })
  }
}
