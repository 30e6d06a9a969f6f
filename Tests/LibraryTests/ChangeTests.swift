import Foundation
import Library
import TestSupport
import Testing

/// What users say of clips, and take back.
@Suite struct ChangeTests {
  @Test func aPickIsAFileInPicks() throws {
    let small = try SmallLibrary()
    let id = try small.store("tone").id
    #expect(try small.library.change(id, ClipChange(state: .picked)).file == "Picks/tone.wav")
    #expect(small.exists("Picks/tone.wav") && !small.exists("Clips/tone.wav"))
    #expect(try small.library.change(id, ClipChange(state: .new)).file == "Clips/tone.wav")
    #expect(small.exists("Clips/tone.wav") && !small.exists("Picks/tone.wav"))
    #expect(try small.library.change(id, ClipChange(state: .rejected)).file == "Clips/tone.wav")
  }

  @Test func undoGoesBackStepByStep() throws {
    let small = try SmallLibrary()
    let library = small.library
    let (a, b) = (try small.store("a").id, try small.store("b", hertz: 330).id)
    try library.change(a, ClipChange(state: .picked, rating: 4))
    try library.change(a, ClipChange(rating: 5))
    try library.change(b, ClipChange(state: .rejected, note: "thin", tags: ["x"]))
    try library.bin([a, b])
    #expect(try library.undo()?.text == "2 clips put into the bin")
    #expect(try library.clip(a).file == "Picks/a.wav" && library.clip(b).file == "Clips/b.wav")
    #expect(try library.undo()?.text == "rejected b")
    #expect(try library.clip(b).state == .new && library.clip(b).note.isEmpty && library.clip(b).tags.isEmpty)
    #expect(try library.undo()?.clips.map(\.rating) == [4])
    #expect(try library.undo()?.text == "picked a")
    #expect(try library.clip(a).file == "Clips/a.wav" && library.clip(a).rating == 0)
    #expect(try library.undo() == nil)
  }

  @Test func undoTakesBackOnesOwn() throws {
    let small = try SmallLibrary()
    let (a, b) = (try small.store("a").id, try small.store("b", hertz: 330).id)
    try small.library.change(a, ClipChange(rating: 1), page: "one")
    try small.library.change(b, ClipChange(rating: 2), page: "two")
    #expect(try small.library.undo(page: "one")?.clips.map(\.id) == [a])
    #expect(try small.library.undo(page: "one") == nil)
    #expect(try small.library.clip(b).rating == 2)
  }

  @Test func undoLeavesWhatOthersChangedSince() throws {
    let small = try SmallLibrary()
    let (a, b) = (try small.store("a").id, try small.store("b", hertz: 330).id)
    try small.library.change(a, ClipChange(state: .picked, rating: 2), page: "one")
    try small.library.change(a, ClipChange(state: .rejected), page: "two")
    let undone = try #require(try small.library.undo(page: "one"))
    #expect(undone.clips.first?.state == .rejected && undone.clips.first?.rating == 0)
    try small.library.change(b, ClipChange(note: "mine"), page: "one")
    try small.library.change(b, ClipChange(note: "theirs"), page: "two")
    #expect(try small.library.undo(page: "one")?.text == "note of b, which was changed since and stays")
    #expect(try small.library.clip(b).note == "theirs")
    #expect(try small.library.undo(page: "one") == nil)
    #expect(try small.library.undo(page: "two")?.clips.first?.note == "mine")
  }

  @Test func undoAsksWhoSpokeLastAndNotWhatWasSaid() throws {
    let small = try SmallLibrary()
    let (a, b) = (try small.store("a").id, try small.store("b", hertz: 330).id)
    // The same value again, and another's.
    try small.library.change(a, ClipChange(rating: 3, note: "n"), page: "one")
    for rating in [5, 3] { try small.library.change(a, ClipChange(rating: rating), page: "two") }
    let undone = try #require(try small.library.undo(page: "one"))
    #expect(undone.text == "rated a 3, but for what was changed since")
    #expect(undone.clips.first?.rating == 3 && undone.clips.first?.note.isEmpty == true)
    // What one takes back takes nothing out of another's bin, and puts nothing into it.
    try small.library.change(b, ClipChange(state: .picked), page: "three")
    try small.library.change(b, ClipChange(state: .rejected), page: "one")
    try small.library.bin([b], page: "two")
    #expect(try small.library.undo(page: "one")?.clips.first?.file == "Bin/b.wav")
    try small.library.change(b, ClipChange(state: .picked), page: "one")
    try small.library.change(b, ClipChange(state: .rejected), page: "two")
    #expect(try small.library.undo(page: "one")?.text == "picked b, which was changed since and stays")
    #expect(try small.library.clip(b).file == "Clips/b.wav")
    // What stays stays known as taken back when the database is made again.
    _ = try small.library.rebuild()
    #expect(try small.library.undo(page: "one") == nil)
  }

  @Test func whatIsStarredWhileTheBinIsEmptiedStays() async throws {
    let small = try SmallLibrary()
    let (library, other) = (small.library, try ClipLibrary(at: small.url))
    for round in 0..<40 {
      let id = try small.store("t\(round)", hertz: 200 + Double(round)).id
      try small.library.bin([id])
      async let emptied: Void = Task.detached { _ = try library.emptyBin() }.value
      let starred = try? other.change(id, ClipChange(state: .picked))
      try await emptied
      if let starred { #expect(try other.clip(starred.id).file == "Picks/t\(round).wav" && small.exists(starred.file)) }
    }
  }

  @Test func whatChangesNothingIsNoStep() throws {
    let small = try SmallLibrary()
    let (a, b) = (try small.store("a").id, try small.store("b", hertz: 330).id)
    try small.library.change(a, ClipChange(state: .picked, shownBeside: [b]))
    try small.library.change(a, ClipChange(state: .picked, shownBeside: [b]))
    #expect(try small.library.undo()?.text == "picked a")
    #expect(try small.library.undo() == nil && small.library.preferences().isEmpty)
  }

  @Test func aStarredClipLeavesTheBin() throws {
    let small = try SmallLibrary()
    let a = try small.store("a").id
    try small.library.bin([a])
    #expect(try small.library.change(a, ClipChange(state: .picked)).file == "Picks/a.wav")
    #expect(small.exists("Picks/a.wav") && small.exists("Bin/a.wav") == false)
    #expect(try small.library.undo()?.text == "picked a")
    #expect(try small.library.clip(a).file == "Bin/a.wav")
  }

  @Test func nobodyHearsAClipAgainstItself() throws {
    let small = try SmallLibrary()
    let (a, b) = (try small.store("a").id, try small.store("b", hertz: 330).id)
    for losers in [[a], [b, b], [b, a], []] {
      #expect(throws: LibraryError.self) {
        try small.library.compare(ClipComparison(winner: a, losers: losers, kind: .grid))
      }
    }
    #expect(try small.library.preferences().isEmpty)
  }

  @Test(arguments: ["a\u{0}b", "a\nb", "\u{1B}[31m", "a\u{85}b"])
  func tagsHoldNoControlCharacters(tag: String) throws {
    let small = try SmallLibrary()
    let a = try small.store("a").id
    #expect(throws: LibraryError.self) { try small.library.change(a, ClipChange(tags: [tag])) }
    #expect(try small.library.change(a, ClipChange(note: "two\nlines\tand")).note == "two\nlines\tand")
    #expect(throws: LibraryError.self) { try small.library.change(a, ClipChange(note: "bell\u{7}")) }
  }

  @Test func theRestOfAGroupIsCleared() throws {
    let small = try SmallLibrary()
    let ids = try (1...3).map { take in
      try small.store("t_0\(take)", hertz: 200 + 50 * Double(take), in: ClipSlot(job: "j", take: take, group: "g")).id
    }
    try small.library.change(ids[1], ClipChange(state: .picked))
    #expect(try small.library.clear(group: "g") == [ids[0], ids[2]])
    #expect(try small.names("Bin").count == 2 && small.library.counts().bin == 2)
    #expect(try small.library.undo()?.clips.count == 2)
    #expect(try small.names("Bin").isEmpty)
  }

  @Test func theBinGivesBackAndForgets() throws {
    let small = try SmallLibrary()
    let (a, b) = (try small.store("a").id, try small.store("b", hertz: 330).id)
    try small.library.change(a, ClipChange(state: .picked))
    try small.library.bin([a, b])
    #expect(try small.library.clips().total == 0 && small.library.clip(a).file == "Bin/a.wav")
    try small.library.restore([a])
    #expect(try small.library.clip(a).file == "Picks/a.wav")
    #expect(try small.library.emptyBin() == 1 && small.library.emptyBin() == 0)
    #expect(throws: LibraryError.noClip(id: b)) { try small.library.restore([b]) }
    // Its name is free again.
    #expect(try small.store("b", hertz: 500).file == "Clips/b.wav")
    // Of what is gone nothing is taken back, of the rest it is.
    #expect(try small.library.undo()?.clips.map(\.id) == [a])
  }

  @Test func whatItWasShownBesideIsKept() throws {
    let small = try SmallLibrary()
    let (a, b) = (try small.store("a").id, try small.store("b", hertz: 330).id)
    try small.library.change(a, ClipChange(state: .picked, shownBeside: [a, b]))
    try small.library.compare(ClipComparison(winner: a, losers: [b], kind: .grid))
    let journal = try String(contentsOf: small.url.appending(path: "journal.jsonl"), encoding: .utf8)
    #expect(journal.contains("\"shownBeside\":[\"\(a)\",\"\(b)\"]"))
    #expect(journal.contains("\"comparison\":{\"kind\":\"grid\",\"losers\":[\"\(b)\"],\"winner\":\"\(a)\"}"))
  }

  @Test func relativesKnowEachOther() throws {
    let small = try SmallLibrary()
    let parent = try small.store("a")
    let sound = SmallLibrary.tone(330)
    var facts = SmallLibrary.facts("b")
    (facts.parents, facts.distance, facts.kind, facts.request) = ([parent.id], 0.3, "vary", "{\"a\":1}")
    let child = try small.library.store(try SmallLibrary.bytes(sound), sound, facts)
    #expect(child.parents == [parent.id] && child.distance == 0.3)
    #expect(try small.library.details(of: parent.id).children == [child])
    let details = try small.library.details(of: child.id)
    #expect(details.parents == [parent] && details.children.isEmpty && details.request == "{\"a\":1}")
  }
}
