import Foundation
import Synchronization

/// Lends renderers out, one to a thread at a time, and makes another where all are lent.
final class RendererPool: Sendable {
  private let soundfont: URL
  private let idle: Mutex<[Loan]>

  /// Only ever in one thread's hands: the pool gives it away before it lends it.
  private struct Loan: @unchecked Sendable {
    let renderer: FluidSynthRenderer
  }

  /// Makes the first renderer at once, so that a missing library or soundfont is known before any work.
  init(soundfont: URL) throws(CorpusError) {
    self.soundfont = soundfont
    self.idle = Mutex([Loan(renderer: try FluidSynthRenderer(soundfont: soundfont))])
  }

  func withRenderer<Result>(
    _ body: (FluidSynthRenderer) throws(CorpusError) -> Result
  ) throws(CorpusError) -> Result {
    let loan = try borrow()
    defer { idle.withLock { $0.append(loan) } }
    return try body(loan.renderer)
  }

  private func borrow() throws(CorpusError) -> Loan {
    if let loan = idle.withLock({ $0.popLast() }) { return loan }
    return Loan(renderer: try FluidSynthRenderer(soundfont: soundfont))
  }
}
