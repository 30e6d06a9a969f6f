import Foundation
import Library
import Storage

/// Whether a library has all that its logs say was kept, and nothing twice.
struct Verdict {
  private let library: ClipLibrary
  private let lines: [[String]]

  init(_ folder: URL, logs: [String]) throws {
    library = try ClipLibrary(at: folder)
    let texts = try logs.map { try AppendLog(URL(fileURLWithPath: $0)).newLines() }
    lines = texts.joined().map { $0.split(separator: " ").map(String.init) }
  }

  /// In words; empty where all is well. The queue has been worked off.
  func faults() throws -> [String] {
    let report = try library.check(readsFiles: true)
    var faults = report.missing.map { "gone: \($0)" } + report.misplaced.map { "elsewhere: \($0)" }
    faults += report.changed.map { "not as it came: \($0)" } + report.unknown.map { "a stray file: \($0)" }
    if report.database != "ok" { faults.append("database: \(report.database)") }
    return try faults + jobFaults() + clipFaults()
  }

  private func jobFaults() throws -> [String] {
    var faults: [String] = []
    for line in lines where line.first == "asked" && line.count == 3 {
      let job = try library.job(line[1])
      if job.state != .done { faults.append("job \(job.id) is \(job.state)") }
      if job.clips.count != Int(line[2]) || job.done != Int(line[2]) {
        faults.append("job \(job.id) has \(job.clips.count) clips, \(job.done) whole, and not \(line[2])")
      }
    }
    // What came of each slot is one clip, whoever says so.
    var slots: [String: String] = [:]
    for line in lines where line.first == "made" && line.count == 4 {
      let slot = line[1] + " " + line[2]
      if let other = slots[slot], other != line[3] { faults.append("\(slot) was made twice: \(other), \(line[3])") }
      slots[slot] = line[3]
    }
    return faults
  }

  private func clipFaults() throws -> [String] {
    var faults: [String] = []
    for line in lines where line.count == 2 {
      switch line[0] {
      case "picked":
        let clip = try library.clip(line[1])
        if clip.state != .picked || clip.rating != 4 || clip.tags != ["kept"] || !clip.file.hasPrefix("Picks/") {
          faults.append("clip \(clip.id) was picked, and is \(clip.state) with rating \(clip.rating) at \(clip.file)")
        }
      case "binned":
        let clip = try library.clip(line[1])
        if !clip.isBinned || !clip.file.hasPrefix("Bin/") { faults.append("clip \(clip.id) was binned, and is not") }
      case "rejected":
        let clip = try library.clip(line[1])
        if clip.state != .rejected || clip.note != "no" { faults.append("clip \(clip.id) was rejected, and is not") }
      default: break
      }
    }
    return faults
  }
}
