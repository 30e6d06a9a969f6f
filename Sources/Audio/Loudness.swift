import CEbur128
import Foundation

/// How loud a clip is, after ITU-R BS.1770-4 and EBU R 128, by libebur128.
public struct Loudness: Sendable, Equatable {
  /// Integrated loudness in LUFS; −∞ where nothing is above the gate of −70 LUFS.
  public let integrated: Double
  /// The largest of all channels, four times oversampled, in dBTP; −∞ of silence.
  public let truePeak: Double
}

extension AudioClip {
  /// The loudness of the whole clip.
  ///
  /// The measure looks at blocks of 400 ms; a shorter clip is measured with silence behind it that fills one.
  public var loudness: Loudness {
    let modes = Int32(EBUR128_MODE_I.rawValue | EBUR128_MODE_TRUE_PEAK.rawValue)
    var meter = ebur128_init(UInt32(channelCount), UInt(sampleRate), modes)
    guard let state = meter else { return Loudness(integrated: -.infinity, truePeak: -.infinity) }
    defer { ebur128_destroy(&meter) }
    // A block more than 400 ms, for rates at which these are no whole number of samples.
    let count = max(frameCount, Int((0.4 * Double(sampleRate)).rounded(.up)) + 1)
    var interleaved = [Float](repeating: 0, count: count * channelCount)
    for (place, samples) in channels.enumerated() {
      for (frame, sample) in samples.enumerated() { interleaved[frame * channelCount + place] = sample }
    }
    _ = ebur128_add_frames_float(state, interleaved, count)
    var integrated = -Double.infinity
    _ = ebur128_loudness_global(state, &integrated)
    let peaks = (0..<channelCount).map { channel in
      var peak = 0.0
      _ = ebur128_true_peak(state, UInt32(channel), &peak)
      return peak
    }
    return Loudness(integrated: integrated, truePeak: 20 * log10(peaks.max() ?? 0))
  }

  /// The clip at an integrated loudness in LUFS, or as near to it as a true peak of −1 dBTP lets it come: it is scaled,
  /// and never limited. Silence stays as it is.
  ///
  ///     let drums = clip.normalized(toLUFS: -16)  // -16 LUFS, or less where a stroke would pass -1 dBTP
  public func normalized(toLUFS target: Double) -> AudioClip {
    let loudness = loudness
    guard loudness.integrated.isFinite, loudness.truePeak.isFinite else { return self }
    let decibels = min(target - loudness.integrated, Self.highestTruePeak - loudness.truePeak)
    let gain = Float(pow(10, decibels / 20))
    return AudioClip(channels: channels.map { $0.map { $0 * gain } }, sampleRate: sampleRate)
  }

  /// How far the clip stays below a loudness in LU because its true peak stands at the limit; nil where it does not.
  public func loudnessShortfall(below target: Double) -> Double? {
    let loudness = loudness
    let missing = target - loudness.integrated
    return loudness.truePeak > Self.highestTruePeak - 0.05 && missing > 0.1 && missing.isFinite ? missing : nil
  }

  /// In dBTP, as EBU R 128 asks of programmes.
  public static let highestTruePeak = -1.0
}
