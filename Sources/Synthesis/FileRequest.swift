/// How a clip's file is written, besides its sound: everything else that its bytes depend on.
public struct FileRequest: Codable, Sendable, Equatable {
  /// Where it has cue points.
  public enum Cues: String, Codable, CaseIterable, Sendable { case beats, bars }

  /// Points for sequencers and game engines, in WAV and AIFF; nil for none.
  public var cues: Cues?
  /// Whether it holds the sound alone: no prompt, no tempo, no mark of what made it. Nothing can be replayed from such a file.
  public var isPlain = false
  /// Which rules say what it says of its sound: `FileRevision`; nil for the first.
  public var revision: Int? = FileRevision.current

  public init(cues: Cues? = nil, isPlain: Bool = false) { (self.cues, self.isPlain) = (cues, isPlain) }

  /// A file of a version that said prompt and parameters alone.
  static let first: FileRequest = {
    var first = FileRequest()
    first.revision = nil
    return first
  }()

  /// What tells jobs apart that differ in nothing but their files; empty where nothing is said.
  package var mark: String { (cues.map { " cues \($0.rawValue)" } ?? "") + (isPlain ? " plain" : "") }
}

extension FileRequest.Cues {
  /// - Throws: `FieldProblem` for anything but their names.
  init(field: FieldValue) throws {
    guard let cues = Self(rawValue: try field.asText.lowercased()) else {
      throw FieldProblem(reason: "wants one of \(Self.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    self = cues
  }
}

/// Which rules say what a clip's file says of it, so that files of earlier versions are written again as they were.
///
/// A file keeps its revision in its tags, beside the request: what a clip sounds like does not depend on it, and a clip that is
/// done stays done.
///
/// | revision | since then |
/// |---|---|
/// | nil | texts alone: prompt, parameters, program |
/// | 2 | `SoundFacts`: note, loop, tempo, key, cues, origin, and the mark that a model made it |
/// | 3 | of a note that was asked for how many cents it is off, as it is measured |
/// | 4 | a note whose level wavers is measured from where it has risen on, not from where it is loudest (`NotePitch`) |
public enum FileRevision {
  /// The revision of files that are written today.
  public static let current = 4

  /// That of a file of today, where it makes no difference to a request which it is: the earlier one.
  static func settled(_ revision: Int?, for request: GenerationRequest) -> Int? {
    (revision ?? 1) >= 3 && request.controls?.note == nil ? 2 : revision
  }
}
