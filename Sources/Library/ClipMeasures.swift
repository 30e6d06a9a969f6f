public import Audio
import Foundation
import Novelty
import Spectra

/// What is measured of a sound when it comes into the library.
public struct ClipMeasures: Sendable, Equatable {
  public var seconds: Double
  public var frames: Int
  /// In hertz.
  public var sampleRate: Int
  public var channels: Int
  /// The greatest absolute sample.
  public var peak: Double
  /// In LUFS; nil of silence.
  public var loudness: Double?
  /// The mean of its mel bands' frequencies, weighted by their power, in hertz; nil of silence.
  public var brightness: Double?
  /// The fingerprint's numbers.
  public var features: [UInt8]

  /// - Throws: `AudioFileError` for a sample rate that cannot be brought to the mel frames'.
  public init(_ clip: AudioClip) throws(AudioFileError) {
    let mel = MelConfiguration.standard
    (seconds, frames, sampleRate, channels) = (clip.duration, clip.frameCount, clip.sampleRate, clip.channelCount)
    peak = Double(clip.peak)
    let loudness = clip.loudness.integrated
    self.loudness = loudness.isFinite ? (loudness * 100).rounded() / 100 : nil
    let mono = try clip.converted(sampleRate: mel.sampleRate, channelCount: mel.channelCount, path: "")
    let frames = MelSpectrogram(mel).analyze(mono.samples)
    features = SoundFingerprint(frames, mel: mel).values
    brightness = clip.isAllButSilent ? nil : Self.centre(frames, mel)
  }

  private static let centreHertz = MelFilterbank.warped(.standard).centerHertz

  private static func centre(_ frames: MelFrames, _ mel: MelConfiguration) -> Double? {
    let bands = frames.bandCount
    var powers = [Double](repeating: 0, count: bands)
    let decibels = Float(-mel.floorDecibels / 2)
    for (place, value) in frames.values.enumerated() {
      powers[place % bands] += Double(pow(10, (value - 1) * decibels / 10))
    }
    let total = powers.reduce(0, +)
    guard total > 0 else { return nil }
    return (zip(powers, centreHertz).reduce(0) { $0 + $1.0 * $1.1 } / total).rounded()
  }
}
