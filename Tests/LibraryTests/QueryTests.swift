import Foundation
import GRDB
import Library
import TestSupport
import Testing

/// Finding clips again.
@Suite struct QueryTests {
  private func found(_ library: ClipLibrary, _ fill: (inout ClipQuery) -> Void) throws -> [String] {
    var query = ClipQuery()
    (query.sort, query.isAscending) = (.name, true)
    fill(&query)
    return try library.clips(query).clips.map(\.name)
  }

  @Test func wordsAreFoundWholeAndByTheirBeginnings() throws {
    let small = try SmallLibrary()
    try small.store("a", prompt: "warm electric piano in F# minor")
    try small.store("b", hertz: 330, prompt: "Über-heavy drum'n'bass, café noir")
    try small.store("c", hertz: 440, prompt: "温暖的电钢琴 loop")
    try small.store("d", hertz: 550, prompt: "ピアノとベース")
    for (text, names) in [
      ("piano", ["a"]), ("elec pia", ["a"]), ("PIANO warm", ["a"]), ("iano", []), ("uber cafe", ["b"]), ("bass", ["b"]),
      ("钢琴", ["c"]), ("温暖", ["c"]), ("琴钢", []), ("钢琴 loop", ["c"]), ("ベース", ["d"]), ("ピアノ", ["d"]),
      ("f# minor", ["a"]), ("piano drum", []),
    ] {
      #expect(try found(small.library) { $0.text = text } == names, "\(text)")
    }
  }

  @Test(arguments: [
    "\"", "'", "\"piano", "pi\"ano", "piano\" OR \"drum", "a AND", "NOT", "NEAR(a b)", "prompt:piano", "*", "^piano",
    "(", "))", "piano*", "-piano", "{a b}", "a + b", "%", "_", ";DROP TABLE clips", "\u{0}", "🎹", "\u{202E}",
    String(repeating: "a ", count: 5000), String(repeating: "钢", count: 5000), "--", "/*",
  ])
  func oddTextsAreTexts(_ text: String) throws {
    let small = try SmallLibrary()
    try small.store("a", prompt: "a piano")
    // Nothing is an operator, an error, or a way into the database.
    #expect(try small.library.clips(query { $0.text = text }).total <= 1)
    try small.store("b", hertz: 330, prompt: text.isEmpty ? "b" : text)
    #expect(try small.library.clips().total == 2)
    _ = try small.library.clips(query { ($0.text, $0.sort) = (text, .relevance) })
    _ = try small.library.clips(query { $0.tag = text })
    _ = try small.library.clips(query { $0.key = text })
  }

  private func query(_ fill: (inout ClipQuery) -> Void) -> ClipQuery {
    var query = ClipQuery()
    fill(&query)
    return query
  }

  @Test func signsAloneAskForNothing() throws {
    let small = try SmallLibrary()
    try small.store()
    #expect(try small.library.clips(query { $0.text = "\"!? " }).total == 1)
  }

  @Test func filtersAndSorts() throws {
    let small = try SmallLibrary()
    let library = small.library
    let a = try small.store("a", hertz: 200, bpm: 90).id
    let b = try small.store("b", hertz: 800, bpm: 120).id
    let c = try small.store("c", hertz: 400).id
    try library.change(a, ClipChange(state: .picked, rating: 5, tags: ["Drums", " drums ", "dusty"]))
    try library.change(b, ClipChange(state: .rejected, rating: 2))
    try library.bin([c])
    #expect(try library.clip(a).tags == ["Drums", "dusty"])
    #expect(try found(library) { _ in } == ["a", "b"])
    #expect(try found(library) { $0.state = .picked } == ["a"])
    #expect(try found(library) { $0.state = .rejected } == ["b"])
    #expect(try found(library) { $0.state = .new } == [])
    #expect(try found(library) { $0.state = .bin } == ["c"])
    #expect(try found(library) { $0.bpm = 80...100 } == ["a"])
    #expect(try found(library) { $0.rating = 3 } == ["a"])
    #expect(try found(library) { $0.tag = "drums" } == ["a"])
    #expect(try found(library) { $0.text = "dusty" } == ["a"])
    #expect(try found(library) { $0.model = "second" } == [])
    try library.restore([c])
    // Without a tempo they come last, whichever way.
    #expect(try found(library) { $0.sort = .bpm } == ["a", "b", "c"])
    #expect(try found(library) { ($0.sort, $0.isAscending) = (.bpm, false) } == ["b", "a", "c"])
    #expect(try found(library) { ($0.sort, $0.isAscending) = (.brightness, false) } == ["b", "c", "a"])
    #expect(try found(library) { ($0.sort, $0.isAscending) = (.created, false) } == ["c", "b", "a"])
    for sort in ClipQuery.Sort.allCases { #expect(try found(library) { $0.sort = sort }.count == 3) }
    #expect(try found(library) { ($0.limit, $0.offset) = (1, 1) } == ["b"])
    #expect(try library.clips(query { $0.limit = 0 }).total == 3)
  }

  /// No timing here: `TortureLibrary measure` measures.
  @Test func twentyThousandClipsAreFoundSortedAndMapped() throws {
    let small = try SmallLibrary()
    try small.fill(20_000)
    let page = try small.library.clips(query { ($0.text, $0.sort, $0.limit) = ("piano", .bpm, 50) })
    #expect(page.total == 5000 && page.clips.count == 50)
    #expect(page.clips.map { $0.bpm ?? 0 } == page.clips.map { $0.bpm ?? 0 }.sorted(by: >))
    #expect(
      try small.library.clips(query { $0.bpm = 100...101 }).clips.allSatisfy { (100...101).contains($0.bpm ?? 0) })
    #expect(try small.library.map().count == 20_000)
  }

  @Test func whatSoundsAlikeLiesNear() throws {
    let small = try SmallLibrary()
    let low = try [200.0, 201, 202].map { try small.store("low", hertz: $0).id }
    let high = try [4000.0, 4010, 4020].map { try small.store("high", hertz: $0).id }
    let places = Dictionary(uniqueKeysWithValues: try small.library.map().map { ($0.id, $0) })
    func distance(_ a: String, _ b: String) throws -> Double {
      let (a, b) = (try #require(places[a]), try #require(places[b]))
      return hypot(a.x - b.x, a.y - b.y)
    }
    #expect(try distance(low[0], low[1]) < distance(low[0], high[0]) / 4)
    #expect(try distance(high[0], high[2]) < distance(low[2], high[0]) / 4)
    #expect(places.values.allSatisfy { abs($0.x) <= 1 && abs($0.y) <= 1 })
    let near = try small.library.alike(low[1], count: 2).map(\.clip.id)
    #expect(Set(near) == Set([low[0], low[2]]))
    #expect(try SmallLibrary().library.map().isEmpty)
  }
}

extension SmallLibrary {
  /// Rows without files, as many as wanted: what searching and sorting work on.
  func fill(_ count: Int) throws {
    let words = ["piano", "drums", "bass", "strings"]
    try database().write { db in
      for number in 1...count {
        let (id, bpm, loudness) = (
          String(format: "x%09d", number), Double(60 + number * 37 % 120), -Double(number % 40)
        )
        let prompt = "warm \(words[number % 4]) number \(number)"
        let values: [any DatabaseValueConvertible] = [
          id, "clip_\(number).wav", Double(number), bpm, prompt, number % 6, loudness,
        ]
        try db.execute(
          sql: """
            INSERT INTO clips (id, fileName, stage, createdAt, bpm, prompt, rating, loudness, revision, seconds)
            VALUES (?, ?, 2, ?, ?, ?, ?, ?, 1, 4)
            """, arguments: StatementArguments(values))
        let serial = db.lastInsertedRowID
        try db.execute(
          sql: "INSERT INTO words (rowid, prompt, name, note, tags, other) VALUES (?, ?, ?, '', '', '')",
          arguments: [serial, prompt, "clip \(number)"])
        let features = Data((0..<128).map { UInt8(truncatingIfNeeded: number &* ($0 &* 7 + 3) >> 3) })
        try db.execute(sql: "INSERT INTO details (serial, features) VALUES (?, ?)", arguments: [serial, features])
      }
    }
  }
}
