import Foundation
import Jobs
import Parallelism
import Synthesis

/// Says of a batch's prompts what a model takes their words for: each thing once, with the jobs that have it.
final class BatchWords: @unchecked Sendable {
  // Sendable: what changes is behind the lock.
  private let model: String
  private let reader: WordReader?
  private let lock = NSLock()
  private let known = RecentValues<String, PromptUnderstanding>(capacity: 2 * mostAnnounced)
  /// The lines that were said, in order, and of which jobs they hold.
  private var said: [String] = []
  private var holders: [String: (jobs: [String], count: Int)] = [:]
  /// The prompts of which all was said before anything was made.
  private var announced: Set<String> = []
  /// How often a line is no more said or kept.
  private var unsaidCount = 0
  private static let mostLines = 100

  init(_ synthesizer: Synthesizer) {
    model = synthesizer.model.name
    do { reader = try synthesizer.wordReader() } catch {
      Console.note("warning: \(error); nothing is said of what \(model) knows")
      reader = nil
    }
  }

  /// Refuses jobs of which words were not learned.
  /// - Throws: `WordError`, of the first such job.
  func refuse(_ jobs: [Job], threads: Int) throws {
    guard reader != nil else { throw WordError.noList(model: model) }
    let reasons = Parallel.map(jobs.count, threads: threads) { index in
      self.understanding(of: jobs[index].request)?.refusal.map { "\(jobs[index].id): \($0)" }
    }.compactMap(\.self)
    guard let last = reasons.last else { return }
    for reason in reasons.dropLast().prefix(Self.mostLines) { Console.note("hiss: \(reason)") }
    let more = reasons.count - 1 - Self.mostLines
    if more > 0 { Console.note("hiss: … and \(more) more") }
    throw WordError.notUnderstood(model: model, reason: last)
  }

  /// Says of jobs that are to be made what their words are taken for, each thing once, with the jobs of which it holds; of so
  /// many prompts as are soon read.
  func announce(_ jobs: [Job], threads: Int) {
    guard reader != nil else { return }
    var firsts: [Job] = []
    for job in jobs where firsts.count < Self.mostAnnounced && announced.insert(Self.key(job.request)).inserted {
      firsts.append(job)
    }
    let others = Set(jobs.lazy.map { Self.key($0.request) }).count - firsts.count
    let requests = firsts.map(\.request)
    _ = Parallel.map(requests.count, threads: threads) { self.understanding(of: requests[$0]) }
    for job in jobs where announced.contains(Self.key(job.request)) {
      for line in understanding(of: job.request).map(lines) ?? [] { hold(line, of: job) }
    }
    for note in notes where !note.jobs.isEmpty {
      let named = note.jobs.prefix(Self.mostNamed).joined(separator: ", ")
      let more = note.count > Self.mostNamed ? " and \(note.count - Self.mostNamed) more" : ""
      Console.note("note: \(named)\(more): \(note.text)")
    }
    if others > 0 {
      Console.note("note: what the words of \(others) more prompts are taken for is said when their first clip is made")
    }
  }

  private static let (mostAnnounced, mostNamed) = (500, 4)

  /// What the ledger keeps of a job's words, which is said where it has not been said yet.
  func tell(_ job: Job) -> (lines: [String]?, confidence: Double?) {
    guard let understanding = understanding(of: job.request) else { return (nil, nil) }
    let read = job.request.understoodPrompt.map { "understood as: \($0)" }
    let kept = [read].compactMap(\.self) + understanding.lines(model: model)
    if !lock.withLock({ announced.contains(Self.key(job.request)) }) {
      for line in lines(understanding) where hold(line, of: job) { Console.note("note: \(job.id): \(line)") }
    }
    return (kept.isEmpty ? nil : kept, understanding.confidence)
  }

  private func lines(_ understanding: PromptUnderstanding) -> [String] {
    understanding.lines(model: model) + [understanding.doubt(model: model)].compactMap(\.self)
  }

  /// Keeps that a line holds of a job; whether it is a new one.
  @discardableResult
  private func hold(_ line: String, of job: Job) -> Bool {
    lock.withLock {
      guard var held = holders[line] else {
        guard said.count < Self.mostLines else {
          unsaidCount += 1
          if unsaidCount == 1 { Console.note("note: \(Self.unsaid)") }
          return false
        }
        said.append(line)
        holders[line] = ([job.id], 1)
        return true
      }
      held.count += 1
      if held.jobs.count < Self.mostLines { held.jobs.append(job.id) }
      holders[line] = held
      return false
    }
  }

  private static let unsaid =
    "more is to be known of jobs' words than the \(mostLines) things that are said: the ledger has all of it, clip by clip"

  /// What was said of the jobs' words, and of which jobs it holds; last, of how many jobs something is not said.
  var notes: [BatchNote] {
    lock.withLock {
      let said = said.compactMap { line in holders[line].map { BatchNote(text: line, jobs: $0.jobs, count: $0.count) } }
      return said + (unsaidCount > 0 ? [BatchNote(text: Self.unsaid, jobs: [], count: unsaidCount)] : [])
    }
  }

  private static func key(_ request: GenerationRequest) -> String { request.prompt + "\n" + request.negativePrompt }

  private func understanding(of request: GenerationRequest) -> PromptUnderstanding? {
    guard let reader else { return nil }
    return known.value(for: Self.key(request)) { reader.understanding(of: request) }
  }
}
