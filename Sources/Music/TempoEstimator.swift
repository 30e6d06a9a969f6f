import Foundation
public import Spectra

/// Hears the tempo of a clip: which regular pulse its onsets follow best.
///
/// Onsets are what rises from one mel frame to the next, summed over the bands (spectral flux), less its mean over half a
/// second around. Their autocorrelation, normalised, is averaged over the multiples of each beat length that fit into
/// the clip, and weighted by a log-normal curve around 120 bpm, one octave wide (Ellis 2007, "Beat Tracking by Dynamic
/// Programming", whose flux, curve and limits these are; there the best single lag is taken). The best of 40 … 240 bpm
/// in steps of 0.25 % wins. Multiples make a beat more exact than a frame, 17 ms, is: 0.5 % for clips of 4 s.
public struct TempoEstimator: Sendable {
  private let framesPerSecond: Double
  static let slowest = 40.0
  static let fastest = 240.0
  private static let step = 1.0025
  private static let preferred = 120.0
  /// Beats that a clip must hold for a tempo to be told.
  private static let leastBeats = 3.0

  public init(framesPerSecond: Double) {
    precondition(framesPerSecond > 0, "\(framesPerSecond) frames a second")
    self.framesPerSecond = framesPerSecond
  }

  /// Quarter notes a minute; nil where nothing repeats.
  public func tempo(of frames: MelFrames) -> Double? { best(onsets(of: frames), frameCount: frames.frameCount)?.tempo }

  /// A pulse that is heard: how fast, and where a beat lies.
  public struct Pulse: Sendable, Equatable {
    /// Quarter notes a minute.
    public let tempo: Double
    /// Seconds from the first frame to the beat next to it, before it where it is negative.
    public let firstBeat: Double
    /// How far onsets a beat apart are like each other, up to about 1.
    public let clarity: Double
  }

  /// The pulse of a clip; nil where nothing repeats.
  public func pulse(of frames: MelFrames) -> Pulse? {
    let onsets = onsets(of: frames)
    guard let best = best(onsets, frameCount: frames.frameCount) else { return nil }
    let beat = 60 * framesPerSecond / best.tempo
    let phases = stride(from: 0, to: beat, by: 0.25)
    func strength(_ phase: Double) -> Double {
      stride(from: phase, to: Double(onsets.count - 1), by: beat).reduce(0) { sum, place in
        let part = place - place.rounded(.down)
        return sum + (1 - part) * onsets[Int(place)] + part * onsets[Int(place) + 1]
      }
    }
    guard let phase = phases.max(by: { strength($0) < strength($1) }) else { return nil }
    let first = phase + Self.onsetDelay
    return Pulse(
      tempo: best.tempo, firstBeat: (first > beat / 2 ? first - beat : first) / framesPerSecond, clarity: best.score)
  }

  /// Frames from where levels rise most to where a stroke is: frames see half a window ahead.
  private static let onsetDelay = 1.0

  private func best(_ onsets: [Double], frameCount: Int) -> (tempo: Double, score: Double)? {
    let correlation = autocorrelation(onsets)
    guard correlation.count > 2 else { return nil }
    var best: (tempo: Double, score: Double)?
    var tempo = Self.slowest
    while tempo <= Self.fastest {
      let beat = 60 * framesPerSecond / tempo
      if Double(frameCount) >= Self.leastBeats * beat {
        let octaves = log2(tempo / Self.preferred)
        let score = pulse(correlation, beat: beat) * exp(-0.5 * octaves * octaves)
        if score > (best?.score ?? 0.02) { best = (tempo, score) }
      }
      tempo *= Self.step
    }
    return best
  }

  /// Onset strengths, a frame each, smoothed over three frames, so that beats between frames are not missed.
  private func onsets(of frames: MelFrames) -> [Double] {
    let bands = frames.bandCount
    guard frames.frameCount > 2, let loudest = frames.values.max() else { return [] }
    // 60 dB below the loudest nothing is heard.
    let floor = max(MelFrames.silence, loudest - 1.2)
    var flux = [0.0]
    for frame in 1..<frames.frameCount {
      var sum: Float = 0
      for band in 0..<bands {
        let now = max(frames.values[frame * bands + band], floor)
        sum += max(0, now - max(frames.values[(frame - 1) * bands + band], floor))
      }
      flux.append(Double(sum) / Double(bands))
    }
    let reach = max(1, Int((0.25 * framesPerSecond).rounded()))
    let sharp = flux.indices.map { frame in
      let around = flux[max(0, frame - reach)..<min(flux.count, frame + reach + 1)]
      return max(0, flux[frame] - around.reduce(0, +) / Double(around.count))
    }
    return sharp.indices.map { frame in
      let before = frame > 0 ? sharp[frame - 1] : 0
      let after = frame + 1 < sharp.count ? sharp[frame + 1] : 0
      return 0.25 * before + 0.5 * sharp[frame] + 0.25 * after
    }
  }

  /// The autocorrelation at lags from 0 to the clip's length, 1 at lag 0; empty where there are no onsets.
  private func autocorrelation(_ onsets: [Double]) -> [Double] {
    let mean = onsets.reduce(0, +) / Double(max(1, onsets.count))
    let centred = onsets.map { $0 - mean }
    let power = centred.reduce(0) { $0 + $1 * $1 }
    guard power > 1e-9 else { return [] }
    return centred.indices.map { lag in
      var sum = 0.0
      for frame in 0..<centred.count - lag { sum += centred[frame] * centred[frame + lag] }
      // As if the clip went on in the same way, but for lags so long that few frames are left to say so.
      let left = max(Double(centred.count - lag), 0.25 * Double(centred.count))
      return sum / power * Double(centred.count) / left
    }
  }

  /// The mean autocorrelation at the multiples of a beat, up to eight that fit into three quarters of the clip.
  private func pulse(_ correlation: [Double], beat: Double) -> Double {
    let most = max(1, min(8, Int(0.75 * Double(correlation.count - 2) / beat)))
    var sum = 0.0
    for multiple in 1...most {
      let lag = beat * Double(multiple)
      let below = Int(lag)
      guard below + 1 < correlation.count else { return 0 }
      let part = lag - Double(below)
      sum += (1 - part) * correlation[below] + part * correlation[below + 1]
    }
    return sum / Double(most)
  }

  /// Whether a tempo is the wanted one to a share of it, twice or three times as slow or fast being the same (Gouyon et
  /// al. 2006, "accuracy 2").
  package static func agrees(_ tempo: Double, with wanted: Double, tolerance: Double) -> Bool {
    [1.0 / 3, 0.5, 1, 2, 3].contains { abs(tempo / (wanted * $0) - 1) <= tolerance }
  }
}
