/// Something that should be known of a manifest or its jobs, and that keeps nothing from being made.
public struct ManifestNote: Equatable, Sendable {
  /// Where it is so (from 1), in order.
  public fileprivate(set) var lines: [Int]
  public let reason: String
}

extension ManifestNote {
  /// One line for people: "jobs.csv:3: …", with how many more lines it holds of.
  /// - Parameter path: the manifest's.
  public func text(path: String) -> String {
    let others = lines.count > 1 ? " (and \(lines.count - 1) more)" : ""
    return "\(path):\(lines.first ?? 1): \(reason)\(others)"
  }
}

/// Gathers notes, each reason once.
struct ManifestNotes {
  private(set) var all: [ManifestNote] = []
  private var places: [String: Int] = [:]

  mutating func add(_ reason: String, line: Int) {
    if let place = places[reason] {
      all[place].lines.append(line)
    } else if all.count < Self.most {
      places[reason] = all.count
      all.append(ManifestNote(lines: [line], reason: reason))
    }
  }

  /// More nobody reads.
  private static let most = 1000
}
