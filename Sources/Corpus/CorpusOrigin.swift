public import Foundation

/// What `hiss corpus` was asked for when it rendered a training set: so that its clips can be named, and rendered again, though
/// nobody has kept them. It lies beside a model as `corpus.json`.
public struct CorpusOrigin: Codable, Sendable, Equatable {
  /// One run.
  public struct Part: Codable, Sendable, Equatable {
    /// Below the training set's folder; empty for that itself.
    public var folder: String
    public var clips: Int
    public var seed: UInt64
    /// `--kinds`; nil for all.
    public var kinds: [PhraseKind]?
    /// `--parts`; nil for phrases.
    public var parts: [CorpusPart]?
    /// `--captions`.
    public var captions: Int
  }

  public static let fileName = "corpus.json"
  /// More than any training set has.
  private static let mostClips = 1 << 22

  /// The training set's name.
  public var dataset: String
  public var parts: [Part]

  /// nil where there is none beside a model, or none that can be read.
  public init?(inModel folder: URL) {
    guard let data = try? Data(contentsOf: folder.appendingPathComponent(Self.fileName)), data.count < 1 << 16,
      let origin = try? JSONDecoder().decode(CorpusOrigin.self, from: data),
      origin.parts.allSatisfy({
        (0...Self.mostClips).contains($0.clips) && (1...100).contains($0.captions) && $0.parts != []
      }),
      origin.parts.reduce(0, { $0 + $1.clips }) <= Self.mostClips
    else { return nil }
    self = origin
  }

  /// A clip: the run that made it, and its number there.
  public struct Place: Sendable, Equatable {
    public var part: Int
    public var index: Int
  }

  /// The paths of all clips in the training set, by name, with what made each.
  package var clips: [(name: String, place: Place)] {
    parts.indices.flatMap { part in
      (0..<parts[part].clips).map { index in
        let stem = "\(CorpusGenerator.stem(index)).flac"
        let folder = parts[part].folder
        return (folder.isEmpty ? stem : "\(folder)/\(stem)", Place(part: part, index: index))
      }
    }.sorted { $0.0 < $1.0 }
  }

  /// What its clips are made of, all runs together.
  package var partsOfClips: Set<CorpusPart> { Set(parts.flatMap { $0.parts ?? [.phrases] }) }

  /// A clip before it is rendered: composing takes microseconds.
  package func recipe(_ place: Place) -> ClipRecipe {
    let part = parts[place.part]
    return ClipRecipe(
      seed: part.seed, index: place.index, captionCount: part.captions,
      kinds: part.kinds.map(Set.init) ?? Set(PhraseKind.allCases), parts: Set(part.parts ?? [.phrases]))
  }
}
