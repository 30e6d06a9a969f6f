import Synchronization

/// What was worked out last, by what it follows from: as many values as `capacity` says and, until as many new ones have come,
/// those before them; one that is asked for again stays.
package final class RecentValues<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private struct Generations {
    var present: [Key: Value] = [:]
    var former: [Key: Value] = [:]
  }

  private let generations = Mutex(Generations())
  private let capacity: Int

  package init(capacity: Int) { self.capacity = capacity }

  /// The value that is kept for a key, or else what `make` gives. Safe from any thread; two that ask for a new one at once
  /// may both make it.
  package func value(for key: Key, make: () -> Value) -> Value {
    if let known = generations.withLock({ generations in
      generations.present[key] ?? generations.former[key].map { Self.keep($0, key, &generations, capacity) }
    }) {
      return known
    }
    let value = make()
    return generations.withLock { Self.keep(value, key, &$0, capacity) }
  }

  private static func keep(_ value: Value, _ key: Key, _ generations: inout Generations, _ capacity: Int) -> Value {
    if generations.present.count >= capacity {
      generations = Generations(present: [:], former: generations.present)
    }
    generations.present[key] = value
    return value
  }
}
