public import Audio
public import Foundation
public import Music

/// Composes, captions and renders short phrases and sounds: the training set of the bundled model.
///
/// A clip depends on the seed, its index, the kinds and the parts alone (and on the installed FluidSynth, soundfont and
/// Csound), whatever was made before it and on whichever thread.
public struct CorpusGenerator: Sendable {
  public struct Clip: Sendable {
    /// 44.1 kHz; phrases have one channel, synths and sounds two.
    public var audio: AudioClip
    public var caption: String
    public var labels: ClipLabels
    /// The notes; nil of sounds.
    public var midi: MIDIFile?
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
  /// What the clips are made of; not empty.
  public let parts: Set<CorpusPart>
  private let fluidSynth: RendererPool<FluidSynthRenderer>?
  private let csound: RendererPool<CsoundRenderer>?

  /// - Throws: `fluidSynthMissing`, `soundfontMissing` or `soundfontUnreadable` where there are phrases, `csoundMissing` or
  ///   `csoundFailed` where there are synths or sounds.
  public init(
    seed: UInt64, soundfont: URL = Self.defaultSoundfont, maximumSeconds: Double = 12, captionCount: Int = 1,
    kinds: Set<PhraseKind> = Set(PhraseKind.allCases), parts: Set<CorpusPart> = [.phrases]
  ) throws(CorpusError) {
    precondition(maximumSeconds >= 3, "Phrases of whole bars need at least 3 s, not \(maximumSeconds)")
    precondition(captionCount >= 1, "A clip has at least one caption, not \(captionCount)")
    precondition(!kinds.isEmpty && !parts.isEmpty, "A corpus of no kind or part has no clips")
    self.seed = seed
    self.maximumSeconds = maximumSeconds
    self.captionCount = captionCount
    self.kinds = kinds
    self.parts = parts
    fluidSynth =
      parts.contains(.phrases)
      ? try RendererPool { () throws(CorpusError) in try FluidSynthRenderer(soundfont: soundfont) } : nil
    csound =
      parts.contains(where: \.needsCsound) ? try RendererPool { () throws(CorpusError) in try CsoundRenderer() } : nil
  }

  /// Whether this machine has FluidSynth and the soundfont.
  public static func isAvailable(soundfont: URL = Self.defaultSoundfont) -> Bool {
    (try? FluidSynthRenderer.functions()) != nil && FileManager.default.isReadableFile(atPath: soundfont.path)
  }

  /// Whether this machine has Csound.
  public static var isCsoundAvailable: Bool { (try? CsoundRenderer.functions()) != nil }

  /// Whether a synthesizer plays one of the kinds.
  public static func synthsPlay(_ kinds: Set<PhraseKind>) -> Bool {
    Orchestra.synths.contains { $0.plays(kinds.intersection(SynthComposer.kinds)) }
  }

  /// The clip of an index, 0 and up.
  /// - Throws: `synthesizerFailed` or `csoundFailed`.
  public func clip(_ index: Int) throws(CorpusError) -> Clip {
    try render(recipe(index))
  }

  package func render(_ recipe: ClipRecipe) throws(CorpusError) -> Clip {
    Clip(audio: try audio(of: recipe), caption: recipe.caption, labels: recipe.labels, midi: recipe.midi)
  }

  private func audio(of recipe: ClipRecipe) throws(CorpusError) -> AudioClip {
    if let score = recipe.csound {
      guard let csound else { preconditionFailure("A corpus of \(parts) plays no Csound") }
      let channels = try csound.withRenderer { renderer throws(CorpusError) in try renderer.render(score) }
      return Mastering.master(
        AudioClip(channels: channels, sampleRate: CsoundRenderer.sampleRate), dynamics: recipe.dynamics)
    }
    guard let fluidSynth, let midi = recipe.midi else { preconditionFailure("A corpus of \(parts) plays no notes") }
    let frameCount = Int((recipe.seconds * Double(FluidSynthRenderer.sampleRate)).rounded())
    let raw = try fluidSynth.withRenderer { renderer throws(CorpusError) in
      try renderer.render(midi, frameCount: frameCount)
    }
    let clip = AudioClip(mono: raw, sampleRate: FluidSynthRenderer.sampleRate)
    return Mastering.master(clip, dynamics: recipe.dynamics)
  }

  func recipe(_ index: Int) -> ClipRecipe {
    ClipRecipe(
      seed: seed, index: index, maximumSeconds: maximumSeconds, captionCount: captionCount, kinds: kinds, parts: parts)
  }
}
