/// What is wrong with a manifest: nothing of it is run.
public enum ManifestError: Error, Equatable, Sendable {
  case unreadable(path: String, reason: String)
  /// It has no jobs.
  case empty(path: String)
  /// Every problem that was found; `isCutShort` when there were so many that reading stopped.
  case problems(path: String, [ManifestProblem], isCutShort: Bool)
}

/// One thing that is wrong, and on which line (from 1).
public struct ManifestProblem: Equatable, Sendable {
  public let line: Int
  public let reason: String

  package init(line: Int, reason: String) { (self.line, self.reason) = (line, reason) }
}

extension ManifestError: CustomStringConvertible {
  /// One line for each problem.
  public var description: String {
    switch self {
    case .unreadable(let path, let reason): "\(path): cannot be read: \(reason)"
    case .empty(let path): "\(path): there are no jobs in it"
    case .problems(let path, let problems, let isCutShort):
      (problems.map { "\(path):\($0.line): \($0.reason)" }
        + ["\(path): \(isCutShort ? "more than " : "")\(problems.count) problems; nothing was made"])
        .joined(separator: "\n")
    }
  }
}
