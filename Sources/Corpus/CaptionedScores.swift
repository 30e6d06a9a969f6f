public import Foundation

/// The captions of a corpus without its clips: composed and described, but not rendered. Needs neither FluidSynth nor a
/// soundfont.
public struct CaptionedScores: Sendable {
  public let seed: UInt64
  public let maximumSeconds: Double
  public let captionCount: Int
  public let kinds: Set<PhraseKind>
  public let parts: Set<CorpusPart>
  public let isHeldOut: Bool

  /// - Parameters: as of `CorpusGenerator`, whose captions these are.
  public init(
    seed: UInt64, maximumSeconds: Double = 12, captionCount: Int = 1,
    kinds: Set<PhraseKind> = Set(PhraseKind.allCases), parts: Set<CorpusPart> = [.phrases],
    isHeldOut: Bool = false
  ) {
    (self.seed, self.maximumSeconds, self.captionCount, self.kinds) = (seed, maximumSeconds, captionCount, kinds)
    (self.parts, self.isHeldOut) = (parts, isHeldOut)
  }

  /// Writes `metadata.jsonl` as the corpus would have it, of clips 0 ..< count.
  /// - Throws: `cannotWrite`.
  public func write(
    count: Int, to folder: URL, container: CorpusGenerator.Container = .flac,
    progress: ((Int, Int) -> Void)? = nil
  ) throws(CorpusError) {
    try CorpusGenerator.MetadataLine.write(count: count, to: folder, progress: progress) { index in
      ClipRecipe(
        seed: seed, index: index, maximumSeconds: maximumSeconds, captionCount: captionCount, kinds: kinds,
        parts: parts, isHeldOut: isHeldOut
      ).metadata(stem: CorpusGenerator.stem(index), container: container)
    }
  }
}
