/// Why something could not be measured.
public enum BenchmarkError: Error, Equatable, Sendable, CustomStringConvertible {
  /// `hiss generate`, in a process of its own, ended with a status other than 0.
  case generateFailed(status: Int32)
  /// scripts/compare-peers asked for something that is not known here.
  case unknownWork(String)
  /// A file is no report of `hiss bench`.
  case notAReport(path: String)

  public var description: String {
    switch self {
    case .generateFailed(let status): "hiss generate failed with status \(status) while its start was measured"
    case .unknownWork(let line): "there is no work called \(line)"
    case .notAReport(let path): "\(path): this is no report of hiss bench --json"
    }
  }
}
