/// Something that should be known of a manifest or its jobs, and that keeps nothing from being made.
public struct ManifestNote: Equatable, Sendable {
  /// Where it is so (from 1), in order.
  public fileprivate(set) var lines: [Int]
  public let reason: String
  /// The first jobs of which it is so; none where it is of the table.
  public fileprivate(set) var jobs: [String] = []
}

extension ManifestNote {
  /// One line for people: "jobs.csv:3: …", with which jobs, or how many more lines, it holds of.
  /// - Parameter path: the manifest's.
  public func text(path: String) -> String {
    let named = jobs.prefix(Self.mostNamed).joined(separator: ", ")
    let more = lines.count > Self.mostNamed ? " and \(lines.count - Self.mostNamed) more" : ""
    let others = lines.count < 2 ? "" : jobs.isEmpty ? " (and \(lines.count - 1) more)" : " (\(named)\(more))"
    return "\(path):\(lines.first ?? 1): \(reason)\(others)"
  }
}

extension ManifestNote {
  /// As many jobs as a line names, and as are kept.
  fileprivate static let (mostNamed, mostKept) = (4, 100)
}

/// Gathers notes, each reason once.
struct ManifestNotes {
  private(set) var all: [ManifestNote] = []
  /// How often something was told that is not kept.
  private(set) var lostCount = 0
  private var places: [String: Int] = [:]

  mutating func add(_ reason: String, line: Int, job: String? = nil) {
    if let place = places[reason] {
      all[place].lines.append(line)
      if let job, all[place].jobs.count < ManifestNote.mostKept { all[place].jobs.append(job) }
    } else if all.count < Self.most {
      places[reason] = all.count
      all.append(ManifestNote(lines: [line], reason: reason, jobs: job.map { [$0] } ?? []))
    } else {
      lostCount += 1
    }
  }

  /// More nobody reads; that there are more is told.
  private static let most = 1000
}
