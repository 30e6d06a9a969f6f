import Foundation
import Library
import TestSupport
import Testing

/// Previews of clips: they make place for the whole ones, or go with their job.
@Suite struct DraftTests {
  private func claim(_ small: SmallLibrary) throws -> (QueueWorker, QueuedJob) {
    _ = try small.library.enqueue(NewJob(kind: "generate", request: #"{"a":1}"#, count: 2))
    let worker = try small.library.worker()
    return (worker, try #require(try worker.claim()))
  }

  private func drafts(_ worker: QueueWorker, _ job: QueuedJob) throws -> [LibraryClip] {
    try [1, 2].map { take in
      let sound = SmallLibrary.tone(150 * Double(take))
      return try worker.storeDraft(
        try SmallLibrary.bytes(sound), sound, SmallLibrary.facts("tone_0\(take)"), take: take, of: job)
    }
  }

  @Test func aDraftMakesPlaceForTheWholeClip() throws {
    let small = try SmallLibrary()
    let (worker, claimed) = try claim(small)
    let sound = SmallLibrary.tone(150)
    let draft = try worker.storeDraft(
      try SmallLibrary.bytes(sound), sound, SmallLibrary.facts("tone_01"), take: 1, of: claimed)
    #expect(draft.isDraft && draft.file.isEmpty && draft.name == "tone_01")
    #expect(try small.library.job(claimed.id).openTakes == [1, 2])
    #expect(try small.library.file(of: draft.id).path.hasSuffix("\(draft.id).wav"))
    // What is said of it already holds for the whole clip.
    #expect(try small.library.change(draft.id, ClipChange(state: .picked, rating: 3)).state == .picked)
    let whole = try worker.store(
      try SmallLibrary.bytes(sound), sound, SmallLibrary.facts("tone_01"), take: 1, of: claimed)
    #expect(whole.id == draft.id && !whole.isDraft && whole.file == "Picks/tone_01.wav" && whole.rating == 3)
    #expect(try small.library.draftFile(of: whole.id) == nil && small.library.check().isSound)
  }

  @Test func draftsOfACancelledJobGoUnlessAUserWantsThem() throws {
    let small = try SmallLibrary()
    let (worker, claimed) = try claim(small)
    let drafts = try drafts(worker, claimed)
    try small.library.change(drafts[1].id, ClipChange(state: .picked))
    try worker.end(claimed.id, .cancelled)
    #expect(throws: LibraryError.noClip(id: drafts[0].id)) { try small.library.clip(drafts[0].id) }
    let kept = try small.library.clip(drafts[1].id)
    #expect(!kept.isDraft && kept.file == "Picks/tone_02.wav")
    #expect(try small.library.check(readsFiles: true).isSound && small.library.check().unknown.isEmpty)
    let ended = try small.library.job(claimed.id)
    #expect(ended.done == 1 && ended.clips == [kept.id] && ended.openTakes.isEmpty)
  }

  @Test func aDraftThatAnotherJobIsToChangeStays() throws {
    let small = try SmallLibrary()
    let (worker, claimed) = try claim(small)
    let drafts = try drafts(worker, claimed)
    let request = "{\"kind\":\"morph\",\"sources\":[\"\(drafts[1].id)\",\"aaaaaaaaaa\"]}"
    _ = try small.library.enqueue(NewJob(kind: "morph", request: request, count: 1))
    try worker.end(claimed.id, .cancelled)
    #expect(throws: LibraryError.noClip(id: drafts[0].id)) { try small.library.clip(drafts[0].id) }
    #expect(try small.library.clip(drafts[1].id).file == "Clips/tone_02.wav")
    #expect(try small.library.check(readsFiles: true).isSound)
  }
}
