public import Foundation
import Pictures
import Storage

/// The course of a training: one JSON line for every few steps, and the picture of it.
public struct TrainingLog: Sendable {
  /// One line: the mean training loss since the last one, and the held-out loss where it was measured.
  public struct Entry: Codable, Sendable, Equatable {
    public var step: Int
    public var seconds: Double
    public var loss: Double
    public var learningRate: Float
    public var clipsPerSecond: Double
    public var heldOutLoss: Double?
    /// The loss on clips that were learned from, measured as the held-out loss is.
    public var learnedLoss: Double?
    /// What came out where it was listened to: see `TrainingRun.Preview`.
    public var obedience: Double?
    public var novelty: Double?
  }

  public private(set) var entries: [Entry] = []
  private let url: URL

  /// Opens the log in a folder, keeping the lines up to `step`: a resumed training writes the later ones anew.
  public init(in directory: URL, upTo step: Int) {
    url = directory.appendingPathComponent("training.jsonl")
    let lines = (try? String(contentsOf: url, encoding: .utf8))?.split(separator: "\n") ?? []
    entries = lines.compactMap { try? JSONDecoder().decode(Entry.self, from: Data($0.utf8)) }
      .filter { $0.step <= step }
  }

  /// Whether a file is such a log: every line is one of its, but for the last, which a full disk may have cut.
  static func isLog(_ file: URL) -> Bool {
    guard let data = try? MappedFile.read(file) else { return false }
    let lines = data.split(separator: UInt8(ascii: "\n"))
    return lines.dropLast().allSatisfy { (try? JSONDecoder().decode(Entry.self, from: Data($0))) != nil }
      && (lines.last.map { $0.first == UInt8(ascii: "{") } ?? true)
  }

  /// The same log without the lines after a step.
  init(_ log: TrainingLog, upTo step: Int) {
    url = log.url
    entries = log.entries.filter { $0.step <= step }
  }

  public mutating func append(_ entry: Entry) { entries.append(entry) }

  /// Writes `training.jsonl` and `loss.png`, each whole.
  public func write() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let lines = try entries.map { String(decoding: try encoder.encode($0), as: UTF8.self) + "\n" }
    try DurableFile.write(lines.joined().utf8, to: url)
    guard entries.count > 1 else { return }
    let training = entries.map { (x: Double($0.step), y: $0.loss) }
    let heldOut = entries.compactMap { entry in entry.heldOutLoss.map { (x: Double(entry.step), y: $0) } }
    let learned = entries.compactMap { entry in entry.learnedLoss.map { (x: Double(entry.step), y: $0) } }
    let picture = CurvePicture.draw(
      title: "Loss", xLabel: "step", yLabel: "velocity error",
      series: [("training", training), ("held out", heldOut), ("learned from", learned)].filter { !$0.1.isEmpty },
      logY: true)
    try DurableFile.write(picture.pngData(), to: url.deletingLastPathComponent().appendingPathComponent("loss.png"))
  }
}
