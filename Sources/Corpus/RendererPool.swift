import Synchronization

/// Lends renderers out, one to a thread at a time, and makes another where all are lent.
final class RendererPool<Renderer>: Sendable {
  private let make: @Sendable () throws(CorpusError) -> Renderer
  private let idle: Mutex<[Loan]>

  /// Only ever in one thread's hands: the pool gives it away before it lends it.
  private struct Loan: @unchecked Sendable {
    let renderer: Renderer
  }

  /// Makes the first renderer at once, so that a missing library or soundfont is known before any work.
  init(_ make: @escaping @Sendable () throws(CorpusError) -> Renderer) throws(CorpusError) {
    self.make = make
    self.idle = Mutex([Loan(renderer: try make())])
  }

  func withRenderer<Result>(
    _ body: (Renderer) throws(CorpusError) -> Result
  ) throws(CorpusError) -> Result {
    let loan = try borrow()
    defer { idle.withLock { $0.append(loan) } }
    return try body(loan.renderer)
  }

  private func borrow() throws(CorpusError) -> Loan {
    if let loan = idle.withLock({ $0.popLast() }) { return loan }
    return Loan(renderer: try make())
  }
}
