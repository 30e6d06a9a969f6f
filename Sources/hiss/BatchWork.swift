import ArgumentParser
import Foundation
import Jobs
import Novelty
import Rendering
import Synthesis

/// The way from jobs to their files, which batches and packs share.
struct BatchWork {
  let source: ModelSource
  /// The model's hash, and what else clips depend on.
  let identity: ModelIdentity
  let folder: URL
  let format: String
  let engine: EngineOptions
  let novelty: NoveltyOptions
  let words: WordOptions
  var verifies = false
  var replaces = false
  /// Whether near copies of each other are made again.
  var comparesClips = false

  /// What came of it.
  struct Result {
    var summary: BatchSummary
    var notes: [BatchNote] = []
    let report: BatchReport
    let wasInterrupted: Bool
  }

  /// A batch that is finished needs no text encoder.
  static func identity(of source: ModelSource, _ engine: EngineOptions) throws -> ModelIdentity {
    let environment = (try? ClipEnvironment(encoder: engine.locateEncoder())) ?? .unknown
    return try ModelIdentity(source, environment: environment)
  }

  /// Makes what is missing.
  /// - Parameter output: what the folder is called.
  func make(_ jobs: [Job], output: String) throws -> Result {
    let watch = try novelty.watch(source)
    let run = try BatchRun(
      jobs, in: folder, fileExtension: format, modelHash: identity.hash, novelty: watch.threshold, verifies: verifies,
      replacesUnknown: replaces, environment: identity.environment)
    let threads = engine.work.threads
    let missing = run.missing(threads: threads)
    sayDifferences(run, missing)
    let report = BatchReport(folder: output)
    let interrupt = Interrupt()
    var (summary, notes) = (BatchSummary(jobCount: jobs.count, present: jobs.count), [BatchNote]())
    if !missing.isEmpty {
      let renderer = try renderer()
      let display = BatchWords(renderer.synthesizer)
      if words.strict { try display.refuse(missing, threads: threads) }
      display.announce(missing, threads: threads)
      let siblings = comparesClips && novelty.novelty != 0 ? Siblings(leastDistance: leastDistance(watch)) : nil
      let maker = JobMaker(
        renderer, watch: watch, vocabulary: try? source.vocabulary(), fingerprints: siblings != nil
      ) { Console.note("note: \($0.id): \($1)") }
      summary = run.run(
        missing, threads: threads, siblings: siblings, shouldStop: { interrupt.happened }, tell: { report.show($0) },
        make: { job in
          let understood = display.tell(job)
          var file = try maker.file(of: job, at: run.url(of: job))
          (file.words, file.confidence) = (understood.lines, understood.confidence)
          return file
        })
      notes = display.notes
    }
    report.finish()
    return Result(summary: summary, notes: notes, report: report, wasInterrupted: interrupt.happened)
  }

  /// Refuses jobs with words that were not learned.
  func refuseUnknownWords(_ jobs: [Job]) throws {
    try BatchWords(renderer().synthesizer).refuse(jobs, threads: engine.work.threads)
  }

  private func leastDistance(_ watch: NoveltyWatch) -> Double { watch.nearCopyDistance ?? Siblings.usualDistance }

  /// Clips are made side by side, each by one thread.
  private func renderer() throws -> Renderer {
    let renderer = try engine.renderer(source, threads: 1)
    guard renderer.model.hash == identity.hash else {
      throw ModelError.changed(path: source.base.path, hash: renderer.model.hash, wanted: identity.hash)
    }
    return renderer
  }

  /// Says of clips that were made before why they are not as they would be here, and whether they are made anew.
  private func sayDifferences(_ run: BatchRun, _ missing: [Job]) {
    if verifies {
      for difference in run.differences() {
        Console.note(
          "note: \(difference.clipCount) clips were made with \(difference.what): they stay, and made here they would have "
            + "other bytes")
      }
    }
    let others = run.countOfOtherNovelty(missing, former: NoveltyOptions.usual)
    if others > 0 { Console.note("note: \(others) clips are made anew: \(novelty.change)") }
  }
}
