public import Audio
public import Foundation
public import Music

/// Composes, captions and renders short phrases: the training set of the bundled model.
///
/// A clip depends on the seed, its index and the kinds alone (and on the installed FluidSynth and soundfont), whatever was
/// made before it and on whichever thread.
public struct CorpusGenerator: Sendable {
  public struct Clip: Sendable {
    /// Mono, 44.1 kHz.
    public var audio: AudioClip
    public var caption: String
    public var labels: ClipLabels
    public var midi: MIDIFile
  }

  /// Where Debian's fluid-soundfont-gm puts its soundfont.
  public static let defaultSoundfont = URL(filePath: "/usr/share/sounds/sf2/FluidR3_GM.sf2")

  public let seed: UInt64
  /// No clip is longer; at least 3.
  public let maximumSeconds: Double
  /// How many captions the metadata has of each clip, at most.
  public let captionCount: Int
  /// What the clips are; at least one kind.
  public let kinds: Set<PhraseKind>
  private let renderers: RendererPool

  /// - Throws: `fluidSynthMissing`, `soundfontMissing` or `soundfontUnreadable`.
  public init(
    seed: UInt64, soundfont: URL = Self.defaultSoundfont, maximumSeconds: Double = 12, captionCount: Int = 1,
    kinds: Set<PhraseKind> = Set(PhraseKind.allCases)
  ) throws(CorpusError) {
    precondition(maximumSeconds >= 3, "Phrases of whole bars need at least 3 s, not \(maximumSeconds)")
    precondition(captionCount >= 1, "A clip has at least one caption, not \(captionCount)")
    precondition(!kinds.isEmpty, "A corpus of no kind has no clips")
    self.seed = seed
    self.maximumSeconds = maximumSeconds
    self.captionCount = captionCount
    self.kinds = kinds
    self.renderers = try RendererPool(soundfont: soundfont)
  }

  /// Whether this machine has FluidSynth and the soundfont.
  public static func isAvailable(soundfont: URL = Self.defaultSoundfont) -> Bool {
    (try? FluidSynthRenderer.functions()) != nil && FileManager.default.isReadableFile(atPath: soundfont.path)
  }

  /// The clip of an index, 0 and up.
  /// - Throws: `synthesizerFailed`.
  public func clip(_ index: Int) throws(CorpusError) -> Clip {
    try render(score(index))
  }

  func render(_ score: Score) throws(CorpusError) -> Clip {
    let frameCount = Int((score.composition.seconds * Double(FluidSynthRenderer.sampleRate)).rounded())
    let raw = try renderers.withRenderer { renderer throws(CorpusError) in
      try renderer.render(score.midi, frameCount: frameCount)
    }
    let samples = Mastering.master(
      raw, dynamics: score.composition.dynamics, sampleRate: FluidSynthRenderer.sampleRate)
    return Clip(
      audio: AudioClip(mono: samples, sampleRate: FluidSynthRenderer.sampleRate), caption: score.caption,
      labels: score.composition.labels, midi: score.midi)
  }

  func score(_ index: Int) -> Score {
    Score(seed: seed, index: index, maximumSeconds: maximumSeconds, captionCount: captionCount, kinds: kinds)
  }
}
