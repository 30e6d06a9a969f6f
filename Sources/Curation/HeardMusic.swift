package import Audio
import Music
package import Spectra

/// Tempo, key and note as they are heard, to be held against what names and labels say.
public struct HeardMusic: Sendable, Codable, Equatable {
  /// Quarter notes a minute; nil where nothing repeats clearly.
  public var tempo: Double?
  /// The major or minor key that fits best.
  public var key: String?
  /// How much of what sounds belongs to the named key's scale, 0 … 1.
  public var share: Double?
  /// The strongest pitch class, "C#".
  public var note: String?
  /// Whether the named key and note are refuted, rather than merely not the best.
  public var refutesKey = false
  public var refutesNote = false

  /// How alike onsets a beat apart must be for a tempo to be believed.
  private static let leastClarity = 0.35

  /// - Parameters:
  ///   - frames: of the same sound.
  ///   - hearsTempo: whether there is a tempo to hear.
  package init(
    _ clip: AudioClip, frames: MelFrames, mel: MelConfiguration, hearsTempo: Bool, key named: String?, note: String?
  ) {
    if hearsTempo, let pulse = TempoEstimator(framesPerSecond: mel.framesPerSecond).pulse(of: frames),
      pulse.clarity >= Self.leastClarity
    {
      tempo = (pulse.tempo * 10).rounded() / 10
    }
    guard named != nil || note != nil else { return }
    let strengths = Self.strengths(clip)
    let total = strengths.reduce(0, +)
    guard total > 0, let loudest = strengths.indices.max(by: { strengths[$0] < strengths[$1] }) else { return }
    self.note = PitchClass(loudest).name()
    if let note, let key = PitchClass.key(ofNoteName: note) {
      refutesNote = strengths[PitchClass(key).value] < 0.3 * strengths[loudest]
    }
    // A tonic alone has no scale.
    guard let named, named.contains(" "), let key = Key(name: named) else { return }
    func share(_ key: Key) -> Double { key.pitchClasses.reduce(0) { $0 + strengths[$1.value] } / total }
    let keys = (0..<12).flatMap {
      [Key(tonic: PitchClass($0), mode: .major), Key(tonic: PitchClass($0), mode: .minor)]
    }
    func fit(_ key: Key) -> Double {
      let profile = key.mode == .major ? Self.major : Self.minor
      return (0..<12).reduce(0) { $0 + strengths[$1] * profile[PitchClass($1 - key.tonic.value).value] }
    }
    let best = keys.max { fit($0) < fit($1) } ?? key
    self.key = best.name
    self.share = share(key)
    // Few notes fit into many keys: only what contradicts counts.
    refutesKey = share(key) < 0.6 && share(best) > 0.8
  }

  /// Krumhansl and Kessler 1982, from the tonic up, less their mean.
  private static let major = centred([6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88])
  private static let minor = centred([6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17])

  private static func centred(_ profile: [Double]) -> [Double] {
    let mean = profile.reduce(0, +) / Double(profile.count)
    let deviation = (profile.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }).squareRoot()
    return profile.map { ($0 - mean) / deviation }
  }

  /// How strongly the twelve pitch classes sound on average.
  private static func strengths(_ clip: AudioClip) -> [Double] {
    var sound = AudioClip(mono: clip.samples, sampleRate: clip.sampleRate)
    if clip.sampleRate != ControlAnalysis.sampleRate {
      sound = Resampler.resample(sound, to: ControlAnalysis.sampleRate)
    }
    let track = ControlAnalysis().analyze(sound.samples)
    return (0..<12).map { pitch in
      (0..<track.frameCount).reduce(0.0) { $0 + Double(track.strength(of: PitchClass(pitch), frame: $1)) }
    }
  }
}
