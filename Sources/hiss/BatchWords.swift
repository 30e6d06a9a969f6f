import Foundation
import Jobs
import Parallelism
import Synthesis

/// Says of a batch's prompts what a model takes their words for: each thing once, with the first job that has it.
final class BatchWords: @unchecked Sendable {
  // Sendable: what changes is behind the lock.
  private let model: String
  private let reader: WordReader?
  private let lock = NSLock()
  private var known: [String: PromptUnderstanding] = [:]
  private var said: Set<String> = []
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
    throw WordError.notUnderstood(model: model, reason: last)
  }

  /// What the ledger keeps of a job's words, which is said where it has not been said yet.
  func tell(_ job: Job) -> (lines: [String]?, confidence: Double?) {
    guard let understanding = understanding(of: job.request) else { return (nil, nil) }
    let read = job.request.understoodPrompt.map { "understood as: \($0)" }
    let notes = understanding.lines(model: model)
    let lines = [read].compactMap(\.self) + notes
    for line in lines + [understanding.doubt(model: model)].compactMap(\.self) { sayOnce(line, of: job) }
    return (lines.isEmpty ? nil : lines, understanding.confidence)
  }

  private func sayOnce(_ line: String, of job: Job) {
    let isNew = lock.withLock { said.count < Self.mostLines && said.insert(line).inserted }
    if isNew { Console.note("note: \(job.id): \(line)") }
  }

  private func understanding(of request: GenerationRequest) -> PromptUnderstanding? {
    guard let reader else { return nil }
    let key = request.prompt + "\n" + request.negativePrompt
    if let known = lock.withLock({ known[key] }) { return known }
    let understanding = reader.understanding(of: request)
    lock.withLock { known[key] = understanding }
    return understanding
  }
}
