import Audio
import Foundation
import Library
import Novelty
import Rendering
import Synthesis

/// A job on its way, in turns of as many clips as there are threads: previews of all of them first, then the clips.
final class ActiveJob {
  let job: QueuedJob
  private let plan: JobPlan
  private let library: ClipLibrary
  private let worker: QueueWorker
  private let store = StoreQueue()
  private let isEnding: @Sendable () -> Bool
  /// Is told that pages have something to hear.
  private let tell: @Sendable () -> Void
  /// Takes whose previews, and whose clips, are still to be made.
  private var previews: [Int]
  private var open: [Int]
  private var isBegun = false
  private let notices: JobNotices

  /// - Parameter isEnding: whether the program ends: then the job is left for the next time.
  init(
    _ job: QueuedJob, _ plan: JobPlan, in library: ClipLibrary, by worker: QueueWorker,
    isEnding: @escaping @Sendable () -> Bool,
    tell: @escaping @Sendable () -> Void
  ) {
    (self.job, self.plan, self.library, self.worker) = (job, plan, library, worker)
    (self.isEnding, self.tell) = (isEnding, tell)
    open = job.openTakes.filter { $0 <= plan.count }
    // Whoever began it has made the previews.
    previews = job.clips.isEmpty && plan.hasPreviews ? open : []
    notices = JobNotices(plan.notices)
  }

  /// Whether it has nothing to be heard yet, so that it goes before the others' clips.
  var wantsPreviews: Bool { !previews.isEmpty }

  /// Makes some of it.
  /// - Returns: whether it has ended.
  /// - Throws: what keeps everything from being kept, and may pass: a full disk, a library that is gone; `MovedSource`.
  func turn() throws -> Bool {
    do {
      try store.check()
      if isStopped() { throw ControlError.stopped }
      if !isBegun { try worker.begin(job.id) }
      isBegun = true
      if !previews.isEmpty {
        try makePreviews(taking(&previews))
      } else if !open.isEmpty {
        try makeClips(taking(&open))
      } else {
        try store.finish()
        if job.notices != notices.lines { try worker.report(job.id, notices: notices.lines) }
        try worker.end(job.id, .done)
        return true
      }
      return false
    } catch  where Troubles.mayPass(error) {
      store.settle()
      throw error
    } catch  where MovedSource.isMissing(error) {
      store.settle()
      throw MovedSource(cause: error)
    } catch {
      try end(error)
      return true
    }
  }

  private func end(_ error: any Error) throws {
    store.settle()
    do {
      switch error {
      // It goes on the next time.
      case ControlError.stopped where isEnding(): break
      case ControlError.stopped: try worker.end(job.id, .cancelled)
      case LibraryError.notHeld: break
      default: try worker.end(job.id, .failed, error: ErrorPhrasing.line(error, in: library.folder.url))
      }
    } catch LibraryError.notHeld {}
  }

  private func isStopped() -> Bool { isEnding() || ((try? worker.isCancelled(job.id)) ?? false) }

  private func taking(_ takes: inout [Int]) -> [Int] {
    let count = if case .ideas = plan.takes { 1 } else { plan.model.threads }
    defer { takes.removeFirst(min(count, takes.count)) }
    return Array(takes.prefix(count))
  }

  private var stopper: @Sendable () -> Bool {
    { [isEnding, worker, id = job.id] in isEnding() || ((try? worker.isCancelled(id)) ?? false) }
  }

  // MARK: Previews

  private func makePreviews(_ takes: [Int]) throws {
    let synthesizer = plan.model.synthesizer
    switch plan.takes {
    case .clips(let all):
      let requests = takes.map { take in
        var request = all[take - 1]
        request.makeDraft()
        return request
      }
      let clips = try synthesizer.generate(requests, isStopped: stopper)
      for (take, (request, clip)) in zip(takes, zip(requests, clips)) {
        storePreview(clip, plan.model.renderer.model.tags(request, sampleRate: JobPlanner.sampleRate), take)
      }
    case .morphs(let all):
      let morphs = takes.map { take in
        var from = all[take - 1].from
        from.makeDraft()
        return MorphRequest(from: from, to: all[take - 1].to, fraction: all[take - 1].fraction)
      }
      let clips = try synthesizer.generate(morphs: morphs, isStopped: stopper)
      for (take, (morph, clip)) in zip(takes, zip(morphs, clips)) {
        storePreview(clip, plan.model.renderer.model.tags(morph, sampleRate: JobPlanner.sampleRate), take)
      }
    case .ideas(let sketches):
      for take in takes {
        try StoreQueue.unlessThrownAway { try idea(sketches[take - 1], take).makePreview(isStopped: stopper) }
      }
      tell()
    }
  }

  private func idea(_ sketch: IdeaSketch, _ take: Int) -> IdeaTake {
    IdeaTake(sketch, take: take, of: job, model: plan.model, library: library, worker: worker)
  }

  private func storePreview(_ clip: AudioClip, _ tags: ClipTags, _ take: Int) {
    let facts = facts(tags, take)
    store.add { [worker, job, tell] in
      let bytes = try tags.encoded(clip, for: Self.anyWAV)
      try StoreQueue.unlessThrownAway { _ = try worker.storeDraft(bytes, clip, facts, take: take, of: job) }
      tell()
    }
  }

  // MARK: Clips

  private func makeClips(_ takes: [Int]) throws {
    switch plan.takes {
    case .clips(let all): try makeClips(takes, of: all)
    case .morphs(let all):
      let morphs = takes.map { all[$0 - 1] }
      let clips = try plan.model.synthesizer.generate(morphs: morphs, isStopped: stopper)
      for (take, (morph, clip)) in zip(takes, zip(morphs, clips)) {
        storeClip(clip, plan.model.renderer.model.tags(morph, sampleRate: JobPlanner.sampleRate), take, novelty: nil)
      }
    case .ideas(let sketches):
      for take in takes {
        try StoreQueue.unlessThrownAway { try idea(sketches[take - 1], take).make(isStopped: stopper) }
        tell()
      }
    }
  }

  private func makeClips(_ takes: [Int], of all: [GenerationRequest]) throws {
    let requests = takes.map { all[$0 - 1] }
    let outcomes = try plan.watch.generate(requests) { requests throws(ControlError) in
      try plan.model.synthesizer.generate(requests, isStopped: stopper)
    }
    for (take, outcome) in zip(takes, outcomes) {
      guard outcome.isNovel else {
        let line = "Take \(take) came too near to what the model learned from, eight times; it is left out."
        notices.add(line)
        continue
      }
      let tags = plan.model.renderer.model.tags(outcome.request, sampleRate: JobPlanner.sampleRate)
      storeClip(outcome.clip, tags, take, novelty: outcome.ratio)
    }
  }

  private func storeClip(_ clip: AudioClip, _ tags: ClipTags, _ take: Int, novelty: Double?) {
    var facts = facts(tags, take)
    facts.novelty = novelty.flatMap { $0.isFinite ? ($0 * 1000).rounded() / 1000 : nil }
    let isSilent = clip.isAllButSilent
    if isSilent { notices.add("Take \(take) is all but silent.") }
    store.add { [worker, job, tell, facts] in
      let bytes = try tags.encoded(clip, for: Self.anyWAV)
      try StoreQueue.unlessThrownAway { _ = try worker.store(bytes, clip, facts, take: take, of: job) }
      tell()
    }
  }

  private func facts(_ tags: ClipTags, _ take: Int) -> ClipFacts {
    var facts = ClipFacts(tags, take: take)
    (facts.kind, facts.parents) = (job.kind, plan.parents)
    return facts
  }

  /// Names no file, but a format.
  private static let anyWAV = URL(fileURLWithPath: "clip.wav")
}
