import Benchmarks
import Foundation

/// A report of `hiss bench` for people: a line for each thing, one thread beside all.
struct BenchmarkTable {
  private let report: BenchmarkReport
  private let old: BenchmarkReport?
  private let counts: [Int]

  init(_ report: BenchmarkReport, comparedWith old: BenchmarkReport?) {
    self.report = report
    self.old = old
    counts = Set(report.measurements.map(\.threads)).sorted()
  }

  var text: String {
    var lines = [
      "\(report.processor), \(report.cores) cores; products in \(report.precision); model \(report.model)", "",
      Self.column("") + counts.map { Self.column("\($0) thread\($0 == 1 ? "" : "s")") }.joined(),
    ]
    for name in names {
      let cells = counts.map { Self.column(report.measurement(name, threads: $0).map(cell) ?? "") }.joined()
      lines.append((Self.column(name) + cells).trimmingCharacters(in: .whitespaces))
    }
    return (lines + ratios).joined(separator: "\n")
  }

  /// In the order of the first mention.
  private var names: [String] {
    var seen = Set<String>()
    return report.measurements.map(\.name).filter { seen.insert($0).inserted }
  }

  private func cell(_ measurement: BenchmarkResult) -> String {
    var parts: [String] = []
    if let rate = measurement.rate { parts.append(Self.number(rate / 1e9, "GFLOP/s")) }
    if let seconds = measurement.seconds {
      parts.append(seconds < 1 ? Self.number(seconds * 1e3, "ms") : Self.number(seconds, "s"))
    }
    if let share = measurement.share { parts.append(String(format: "%.0f %% of products", share * 100)) }
    if let factor = measurement.realTimeFactor { parts.append(Self.number(factor, "× real time")) }
    if let clips = measurement.clipsPerSecond { parts.append(Self.number(clips, "clips/s")) }
    if let bytes = measurement.peakBytes { parts.append(Self.number(Double(bytes) / 1e6, "MB")) }
    if let was = old?.measurement(measurement.name, threads: measurement.threads),
      let times = measurement.improvement(over: was)
    {
      parts.append(String(format: "[%.2f× before]", times))
    }
    return parts.joined(separator: ", ")
  }

  /// What follows from two lines together.
  private var ratios: [String] {
    var lines: [String] = []
    let most = counts.last ?? 1
    func seconds(_ name: String, _ threads: Int) -> Double? { report.measurement(name, threads: threads)?.seconds }
    if most > 1, let one = seconds("prompt to 8 clips, 4 s", 1), let all = seconds("prompt to 8 clips, 4 s", most) {
      lines.append(String(format: "8 clips on %d threads: %.2f times as fast as on one", most, one / all))
    }
    if let six = seconds("prompt to 6 clips, 10 s", most), let long = seconds("prompt to clip, 60 s", most) {
      lines.append(String(format: "a clip of 60 s: %.2f times the time of six of 10 s", long / six))
    }
    return lines.isEmpty ? [] : [""] + lines
  }

  private static func number(_ value: Double, _ unit: String) -> String {
    String(format: value < 10 ? "%.2f %@" : value < 100 ? "%.1f %@" : "%.0f %@", value, unit as NSString)
  }

  private static func column(_ text: String) -> String {
    text.count < 44 ? text + String(repeating: " ", count: 44 - text.count) : text + "  "
  }
}
