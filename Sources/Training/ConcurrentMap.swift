import Dispatch
import Synchronization

/// Calls `body` with 0..<`count` on up to `threads` threads and gives the results in order, whichever thread made them.
func concurrentMap<Result: Sendable>(
  count: Int, threads: Int, _ body: @Sendable (Int) -> Result
) -> [Result] {
  [Result](unsafeUninitializedCapacity: count) { buffer, initialized in
    nonisolated(unsafe) let slots = buffer
    let next = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: min(max(threads, 1), max(count, 1))) { _ in
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < count else { return }
        slots.initializeElement(at: index, to: body(index))
      }
    }
    initialized = count
  }
}
