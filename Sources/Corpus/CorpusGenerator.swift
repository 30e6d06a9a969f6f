public import Audio
public import Foundation
public import Music

/// Composes, captions and renders short phrases and sounds: the training set of the bundled model.
///
/// A clip depends on the seed, its index, the kinds and the parts alone (and on the installed FluidSynth, soundfont and
/// Csound), whatever was made before it and on whichever thread.
public struct CorpusGenerator: Sendable {
  public struct Clip: Sendable {
    /// 44.1 kHz; phrases have one channel, all others two.
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
  /// Where Debian's musescore-general-soundfont-lossless puts its soundfont.
  public static let secondSoundfont = URL(filePath: "/usr/share/sounds/sf2/MuseScore_General_Full.sf2")

  /// What the clips are; at least one kind.
  public let kinds: Set<PhraseKind>
  /// What the clips are made of; not empty.
  public let parts: Set<CorpusPart>
  /// Whether they are the combinations that corpora leave out (`HeldOutCombination`), and nothing else.
  public let isHeldOut: Bool
  private let fluidSynth: RendererPool<FluidSynthRenderer>?
  private let csound: RendererPool<CsoundRenderer>?
  /// Without a room of their own: that is Csound's.
  private let soundfonts: [Staging.Soundfont: RendererPool<FluidSynthRenderer>]

  /// - Parameter second: the other soundfont, which music is played from too.
  /// - Throws: `fluidSynthMissing`, `soundfontMissing` or `soundfontUnreadable` where there are phrases or music,
  ///   `csoundMissing` or `csoundFailed` where there is anything but phrases.
  public init(
    seed: UInt64, soundfont: URL = Self.defaultSoundfont, second: URL = Self.secondSoundfont,
    maximumSeconds: Double = 12, captionCount: Int = 1,
    kinds: Set<PhraseKind> = Set(PhraseKind.allCases), parts: Set<CorpusPart> = [.phrases],
    isHeldOut: Bool = false
  ) throws(CorpusError) {
    precondition(maximumSeconds >= 3, "Phrases of whole bars need at least 3 s, not \(maximumSeconds)")
    precondition(captionCount >= 1, "A clip has at least one caption, not \(captionCount)")
    precondition(!kinds.isEmpty && !parts.isEmpty, "A corpus of no kind or part has no clips")
    self.seed = seed
    self.maximumSeconds = maximumSeconds
    self.captionCount = captionCount
    self.kinds = kinds
    self.parts = parts
    self.isHeldOut = isHeldOut
    fluidSynth =
      parts.contains(.phrases)
      ? try RendererPool { () throws(CorpusError) in try FluidSynthRenderer(soundfont: soundfont) } : nil
    csound =
      parts.contains(where: \.needsCsound) ? try RendererPool { () throws(CorpusError) in try CsoundRenderer() } : nil
    soundfonts = parts.contains(where: \.needsSoundfonts) ? try Self.pools(soundfont, second) : [:]
  }

  private static func pools(
    _ first: URL, _ second: URL
  ) throws(CorpusError) -> [Staging.Soundfont: RendererPool<FluidSynthRenderer>] {
    [
      .fluid: try RendererPool { () throws(CorpusError) in try FluidSynthRenderer(soundfont: first, hasReverb: false) },
      .museScore: try RendererPool { () throws(CorpusError) in
        try FluidSynthRenderer(soundfont: second, hasReverb: false)
      },
    ]
  }

  /// Whether this machine has FluidSynth and the soundfont.
  public static func isAvailable(soundfont: URL = Self.defaultSoundfont) -> Bool {
    (try? FluidSynthRenderer.functions()) != nil && FileManager.default.isReadableFile(atPath: soundfont.path)
  }

  /// Whether this machine has all that these parts are played by.
  public static func canRender(_ parts: Set<CorpusPart>) -> Bool {
    let soundfonts = [defaultSoundfont] + (parts.contains(where: \.needsSoundfonts) ? [secondSoundfont] : [])
    return (!parts.contains(where: \.needsFluidSynth) || soundfonts.allSatisfy { isAvailable(soundfont: $0) })
      && (!parts.contains(where: \.needsCsound) || isCsoundAvailable)
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
      let played = try played(by: recipe)
      let channels = try csound.withRenderer { renderer throws(CorpusError) in
        try renderer.render(score, played: played)
      }
      return Mastering.master(
        AudioClip(channels: channels, sampleRate: CsoundRenderer.sampleRate), dynamics: recipe.dynamics)
    }
    guard let fluidSynth, let midi = recipe.midi else { preconditionFailure("A corpus of \(parts) plays no notes") }
    let raw = try fluidSynth.withRenderer { renderer throws(CorpusError) in
      try renderer.renderMono(midi, frameCount: Self.frameCount(of: recipe))
    }
    let clip = AudioClip(mono: raw, sampleRate: FluidSynthRenderer.sampleRate)
    return Mastering.master(clip, dynamics: recipe.dynamics)
  }

  /// The peak that what FluidSynth plays comes into Csound with: that of a synthesizer's few notes.
  private static let playedPeak: Float = 0.45

  private func played(by recipe: ClipRecipe) throws(CorpusError) -> [[Float]]? {
    guard let played = recipe.played else { return nil }
    guard let pool = soundfonts[played.soundfont] else { preconditionFailure("A corpus of \(parts) has no soundfonts") }
    let channels = try pool.withRenderer { renderer throws(CorpusError) in
      try renderer.render(played.file, frameCount: Self.frameCount(of: recipe))
    }
    let peak = channels.lazy.joined().reduce(Float(0)) { max($0, abs($1)) }
    return peak > 0 ? channels.map { $0.map { $0 * Self.playedPeak / peak } } : channels
  }

  private static func frameCount(of recipe: ClipRecipe) -> Int {
    Int((recipe.seconds * Double(FluidSynthRenderer.sampleRate)).rounded())
  }

  func recipe(_ index: Int) -> ClipRecipe {
    ClipRecipe(
      seed: seed, index: index, maximumSeconds: maximumSeconds, captionCount: captionCount, kinds: kinds, parts: parts,
      isHeldOut: isHeldOut)
  }
}
