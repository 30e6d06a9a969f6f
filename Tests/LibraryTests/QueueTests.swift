import Foundation
import GRDB
import Library
import TestSupport
import Testing

/// Jobs that survive whoever is at them, and clips that are made once.
@Suite struct QueueTests {
  private func job(_ library: ClipLibrary, count: Int = 2, prompt: String? = nil) throws -> QueuedJob {
    try library.enqueue(NewJob(kind: "generate", request: #"{"a":1}"#, count: count, prompt: prompt))
  }

  private func make(_ take: Int, of job: QueuedJob, _ worker: QueueWorker) throws -> LibraryClip {
    let sound = SmallLibrary.tone(200 + Double(take) * 10)
    return try worker.store(
      try SmallLibrary.bytes(sound), sound, SmallLibrary.facts("tone_0\(take)"), take: take, of: job)
  }

  @Test func jobsAreDoneInTheirOrder() throws {
    let small = try SmallLibrary()
    let asked = try (0..<3).map { _ in try job(small.library) }
    let worker = try small.library.worker()
    for expected in asked {
      let claimed = try #require(try worker.claim())
      #expect(claimed.id == expected.id && claimed.state == .running && claimed.openTakes == [1, 2])
      for take in claimed.openTakes { #expect(try make(take, of: claimed, worker).group == claimed.group) }
      try worker.end(claimed.id, .done)
      let ended = try small.library.job(claimed.id)
      #expect(ended.state == .done && ended.done == 2 && ended.clips.count == 2 && ended.progress == 1)
    }
    #expect(try worker.claim() == nil)
  }

  @Test func twoLibrariesNeverHaveOneJob() throws {
    let small = try SmallLibrary()
    for _ in 0..<20 { _ = try job(small.library) }
    let workers = try (0..<4).map { _ in try ClipLibrary(at: small.url).worker() }
    var claimed: [String] = []
    for round in 0..<5 {
      for worker in workers {
        let job = try #require(try worker.claim())
        claimed.append(job.id)
        if round % 2 == 0 { try worker.end(job.id, .done) }
      }
    }
    #expect(Set(claimed).count == 20)
  }

  @Test func aKilledWorkersJobGoesOnWithWhatIsMissing() throws {
    let small = try SmallLibrary()
    let asked = try job(small.library, count: 3)
    let worker = try small.library.worker()
    let claimed = try #require(try worker.claim())
    let first = try make(1, of: claimed, worker)
    // As a worker that was killed leaves it: its lock is nobody's.
    let other = try small.database()
    try other.write { try $0.execute(sql: "UPDATE jobs SET worker = 'deadbeef00'") }
    let next = try ClipLibrary(at: small.url)
    #expect(try next.job(asked.id).state == .waiting)
    let heir = try next.worker()
    let again = try #require(try heir.claim())
    #expect(again.id == asked.id && again.openTakes == [2, 3])
    // Whoever was taken for dead, and is not, has lost it.
    #expect(throws: LibraryError.notHeld(job: asked.id)) { try make(2, of: claimed, worker) }
    #expect(try worker.isCancelled(asked.id))
    for take in again.openTakes { _ = try make(take, of: again, heir) }
    #expect(try make(1, of: again, heir).id == first.id)
    try heir.end(asked.id, .done)
    #expect(try small.names("Clips") == ["tone_01.wav", "tone_02.wav", "tone_03.wav"])
  }

  @Test func aWorkerThatIsAliveKeepsItsJob() throws {
    let small = try SmallLibrary()
    let asked = try job(small.library)
    let worker = try small.library.worker()
    _ = try worker.claim()
    let other = try ClipLibrary(at: small.url)
    #expect(try other.worker().claim() == nil && other.job(asked.id).state == .running)
  }

  @Test func aJobThatEndsItsProcessEachTimeIsGivenUp() throws {
    let small = try SmallLibrary()
    let asked = try job(small.library)
    try die(20, at: asked, in: small) { try $0.begin(asked.id) }
    #expect(try small.library.worker().claim() == nil)
    let failed = try small.library.job(asked.id)
    #expect(failed.state == .failed && failed.error?.contains("20 times") == true)
  }

  @Test func aJobThatOnlyWaitedForItsTurnIsNotToBlame() throws {
    let small = try SmallLibrary()
    let asked = try job(small.library)
    try die(30, at: asked, in: small) { _ in }
    #expect(try small.library.worker().claim()?.id == asked.id)
  }

  /// So many workers claim a job, do something, and die.
  private func die(
    _ times: Int, at job: QueuedJob, in small: SmallLibrary, after act: (QueueWorker) throws -> Void
  ) throws {
    let other = try small.database()
    for _ in 0..<times {
      let worker = try small.library.worker()
      #expect(try worker.claim()?.id == job.id)
      try act(worker)
      try other.write { try $0.execute(sql: "UPDATE jobs SET worker = 'deadbeef00'") }
    }
  }

  @Test func cancellingIsSeenByTheWorker() throws {
    let small = try SmallLibrary()
    let (first, second) = (try job(small.library), try job(small.library))
    let worker = try small.library.worker()
    let claimed = try #require(try worker.claim())
    #expect(try !worker.isCancelled(claimed.id))
    for id in [first.id, second.id] { try small.library.cancel(id) }
    #expect(try worker.isCancelled(first.id) && small.library.job(second.id).state == .cancelled)
    try worker.end(first.id, .cancelled)
    #expect(try worker.claim() == nil)
    #expect(throws: LibraryError.noJob(id: "nosuchjob0")) { try small.library.cancel("nosuchjob0") }
  }

  @Test func promptsAreRemembered() throws {
    let small = try SmallLibrary()
    for prompt in ["a", "b", "a"] { _ = try job(small.library, prompt: prompt) }
    let history = try small.library.history()
    #expect(history.map(\.prompt) == ["a", "b"] && history.map(\.count) == [2, 1])
  }

  @Test func whatChangedIsSeenByOtherProcesses() throws {
    let small = try SmallLibrary()
    let other = try ClipLibrary(at: small.url)
    let clip = try small.store()
    let start = try other.revision()
    #expect(try other.changes(since: start).clips.isEmpty)
    try small.library.change(clip.id, ClipChange(rating: 2))
    let asked = try job(small.library)
    let changes = try other.changes(since: start)
    #expect(changes.clips.map(\.rating) == [2] && changes.jobs.map(\.id) == [asked.id] && changes.removed.isEmpty)
    try small.library.bin([clip.id])
    try small.library.emptyBin()
    #expect(try other.changes(since: changes.revision).removed == [clip.id])
  }

  @Test func requestsAreJSONOfABoundedSize() throws {
    let library = try SmallLibrary().library
    for (request, count) in [("{", 1), (#"""# + String(repeating: "a", count: 1 << 20) + #"""#, 1), ("{}", 10_001)] {
      #expect(throws: LibraryError.self) {
        try library.enqueue(NewJob(kind: "generate", request: request, count: count))
      }
    }
  }
}
