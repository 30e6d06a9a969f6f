import Foundation
import Spectra

/// Hears a control track in sound: which pitch classes and octaves are sounding, how loud it is and how bright. Not its
/// metre.
///
/// Works on mono sound at 44.1 kHz, in the frames of the mel spectrogram; the same for the same samples always.
public final class ControlAnalysis: Sendable {
  /// The rate of the samples that `analyze` takes, in hertz.
  public static let sampleRate = 44_100
  /// The channels of the sound that `analyze` takes: all of them mixed.
  public static let channelCount = 1
  static let hopLength = 768
  /// Frames quieter than this are loudness 0.
  static let floorDecibels = -60.0
  /// Where brightness is 1, in hertz.
  static let maximumHertz = 20_000.0
  /// Bins this much softer than their frame's loudest are noise to the brightness.
  static let brightnessRangeDecibels = 60.0

  private let transform = ShortTimeFourier(fftLength: 3072, hopLength: hopLength)
  private let pitchAnalysis = PitchAnalysis()
  private let window: [Double]
  /// Where each bin lies on the brightness axis, 0 … 1.
  private let places: [Float]

  public init() {
    let length = transform.fftLength
    window = (0..<length).map { 0.5 - 0.5 * cos(2 * Double.pi * Double($0) / Double(length)) }
    let axis = MelScale.warped(cornerHertz: 200)
    let top = axis.mel(hertz: Self.maximumHertz)
    let binHertz = Double(Self.sampleRate) / Double(length)
    places = (0..<transform.binCount).map { bin in
      bin == 0 || Double(bin) * binHertz > Self.maximumHertz
        ? -1 : Float(axis.mel(hertz: Double(bin) * binHertz) / top)
    }
  }

  /// Pitch, register, loudness and brightness of mono samples at 44.1 kHz: 1 + samples.count / 768 frames.
  ///
  /// Frames more than 40 dB softer than the clip's loudest have no pitch; silence is zeros throughout. Samples that are
  /// not numbers are silent.
  /// - Parameter hearsPitch: without, the track has no pitch and no register, and is made many times as fast.
  public func analyze(_ samples: [Float], hearsPitch: Bool = true) -> ControlTrack {
    let samples = samples.contains { !$0.isFinite } ? samples.map { $0.isFinite ? $0 : 0 } : samples
    let levels = levels(of: samples)
    var track = ControlTrack(frameCount: levels.count, framesPerSecond: ControlTrack.framesPerSecond)
    for group in [ControlTrack.Groups.loudness, .brightness] { track.declare(group) }
    for (frame, level) in levels.enumerated() {
      let loudness = max(0, min(1, 1 - level / Self.floorDecibels))
      track.set(.loudness, frame: frame, to: [Float(loudness)])
    }
    transform.forEachFrame(of: samples) { frame, magnitudes in
      guard levels[frame] > Self.floorDecibels else { return }
      track.set(.brightness, frame: frame, to: [brightness(magnitudes)])
    }
    guard hearsPitch else { return track }
    let heard = pitchAnalysis.analyze(samples, levels: levels)
    track.set(.pitch, rows: heard.pitches)
    track.set(.register, rows: heard.octaves)
    return track
  }

  /// The level of each frame in decibels of a full-scale sine's power, under the window where it covers the clip.
  private func levels(of samples: [Float]) -> [Double] {
    let half = transform.fftLength / 2
    return (0..<transform.frameCount(sampleCount: samples.count)).map { frame in
      let start = frame * Self.hopLength - half
      var (power, weight) = (0.0, 0.0)
      for position in max(0, start)..<max(0, start, min(samples.count, start + 2 * half)) {
        let sample = Double(samples[position])
        power += window[position - start] * sample * sample
        weight += window[position - start]
      }
      return power > 0 ? 10 * log10(2 * power / weight) : -.infinity
    }
  }

  /// The centroid of a frame's magnitudes on the warped axis.
  private func brightness(_ magnitudes: UnsafeBufferPointer<Float>) -> Float {
    let floor = (magnitudes.max() ?? 0) * Float(pow(10, -Self.brightnessRangeDecibels / 20))
    var (sum, moment): (Float, Float) = (0, 0)
    for (magnitude, place) in zip(magnitudes, places) where place >= 0 && magnitude > floor {
      sum += magnitude
      moment += magnitude * place
    }
    return sum > 0 ? min(1, moment / sum) : 0
  }
}
