import HTTPTypes

/// Work that has to be done by a time.
enum Deadline {
  /// - Throws: a problem (408) where it is not; the work is cancelled then.
  static func within<Value: Sendable>(
    _ limit: Duration, _ work: @escaping @Sendable () async throws -> Value
  ) async throws -> Value {
    try await withThrowingTaskGroup(of: Value.self) { group in
      group.addTask(operation: work)
      group.addTask {
        try await Task.sleep(for: limit)
        throw Problem(.requestTimeout, "The request took longer than \(limit.components.seconds) s.")
      }
      defer { group.cancelAll() }
      guard let value = try await group.next() else { throw CancellationError() }
      return value
    }
  }
}
