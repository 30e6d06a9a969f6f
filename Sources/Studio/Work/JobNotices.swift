import Synchronization

/// What should be known of a job's clips: each line once, and no more lines than anybody reads.
final class JobNotices: Sendable {
  private let stored: Mutex<[String]>
  private static let most = 40

  init(_ lines: [String]) {
    stored = Mutex([])
    for line in lines { add(line) }
  }

  func add(_ line: String) {
    stored.withLock { stored in
      if !stored.contains(line) { stored.append(line) }
    }
  }

  var lines: [String] {
    let all = stored.withLock { $0 }
    guard all.count > Self.most else { return all }
    return all.prefix(Self.most - 1) + ["\(all.count - Self.most + 1) more notices are left out."]
  }
}
