import ArgumentParser
import Foundation
import Jobs
import Storage

/// Tells how a batch goes, and at the end what became of it.
final class BatchReport: Sendable {
  private let folder: String
  private let start = ContinuousClock.now
  private let line = ProgressLine("")
  private let pace = Pace()

  init(folder: String) { self.folder = folder }

  func show(_ progress: BatchProgress) {
    let elapsed = start.secondsAgo
    let rate = String(format: "%.1f clips/s", Double(progress.done) / max(elapsed, 1e-3))
    let left = Console.duration(elapsed / max(progress.share, 1e-6) - elapsed)
    let failed = progress.failed > 0 ? ", \(progress.failed) failed" : ""
    line.write(share: progress.share, "\(progress.done) of \(progress.total), \(rate), \(left) left\(failed)")
    if !Console.isTerminal, pace.isTime {
      Console.note("\(progress.done) of \(progress.total) clips, \(rate), \(left) left\(failed)")
    }
  }

  func finish() { line.finish() }

  /// The closing line, and an exit code when something is missing.
  func close(_ summary: BatchSummary, wasInterrupted: Bool) throws {
    let seconds = start.secondsAgo
    for failure in summary.failures.prefix(Self.mostFailures) {
      Console.note("failed: \(failure.id): \(failure.reason)")
    }
    if summary.failures.count > Self.mostFailures {
      Console.note("… and \(summary.failures.count - Self.mostFailures) more; they are in the ledger")
    }
    var parts = ["\(summary.made) clips made"]
    if summary.reseeded > 0 { parts[0] += ", \(summary.reseeded) of them with another seed, so as to be new" }
    if summary.present > 0 { parts.append("\(summary.present) were there") }
    if summary.madeByOthers > 0 { parts.append("\(summary.madeByOthers) made by other runs") }
    if !summary.failures.isEmpty { parts.append("\(summary.failures.count) failed") }
    let rest = summary.missing - summary.failures.count
    if rest > 0 { parts.append("\(rest) not begun; the same command goes on") }
    let rate = String(format: "%.1f clips/s", Double(summary.made) / max(seconds, 1e-3))
    Console.note("\(folder): \(parts.joined(separator: ", ")); \(Console.duration(seconds)), \(rate)")
    if let error = summary.stopped {
      Console.note("hiss: \(error)")
      throw ExitCode(EX_IOERR)
    }
    if !summary.failures.isEmpty { throw ExitCode(EX_SOFTWARE) }
    if wasInterrupted, rest > 0 { throw ExitCode(EX_TEMPFAIL) }
  }

  private static let mostFailures = 20
}

/// Says now and then that it is time for a line, where stderr is a file.
private final class Pace: @unchecked Sendable {
  // Sendable: what changes is behind the lock.
  private let lock = NSLock()
  private var last = ContinuousClock.now

  var isTime: Bool {
    lock.withLock {
      guard last.secondsAgo > 30 else { return false }
      last = .now
      return true
    }
  }
}
