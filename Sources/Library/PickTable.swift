import Foundation
import Storage

/// The picks as a table of comma-separated values, for spreadsheets and scripts.
public struct PickTable: Sendable {
  private let clips: [LibraryClip]

  public init(_ clips: [LibraryClip]) { self.clips = clips }

  static let head = [
    "file", "prompt", "bpm", "key", "chords", "seconds", "bars", "loop", "rating", "tags", "note", "model", "seed",
    "loudness", "novelty", "made",
  ]

  public var text: String {
    ([Self.head] + clips.map(Self.row)).map { $0.map(Self.field).joined(separator: ",") + "\n" }.joined()
  }

  private static func row(_ clip: LibraryClip) -> [String] {
    func text(_ value: Double?) -> String { value.map { $0 == $0.rounded() ? "\(Int($0))" : "\($0)" } ?? "" }
    return [
      clip.file, clip.prompt, text(clip.bpm), clip.key ?? "", clip.chords ?? "", text(clip.seconds), text(clip.bars),
      clip.isLoop ? "yes" : "no", "\(clip.rating)", clip.tags.joined(separator: " "), clip.note, clip.model,
      "\(clip.seed)", text(clip.loudness), text(clip.novelty), clip.createdAt.formatted(.iso8601),
    ]
  }

  /// A text that a spreadsheet would take for a formula gets an apostrophe before it, as such programs write it themselves.
  private static func field(_ text: String) -> String {
    let isFormula = text.first.map { "=+@\t\r".contains($0) } ?? false || text.hasPrefix("-") && Double(text) == nil
    return CommaSeparatedValues.field((isFormula ? "'" : "") + text)
  }
}
