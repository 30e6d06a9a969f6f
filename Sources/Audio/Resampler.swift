import CSamplerate

/// Sample-rate conversion by band-limited interpolation (libsamplerate's best sinc: 145 dB, 96 % of the bandwidth).
public enum Resampler {
  /// The clip at another sample rate, `round(frameCount · ratio)` frames long, every channel by itself.
  ///
  /// The converter is linear phase and its delay is compensated: an event keeps its time.
  /// - Parameter isCircular: whether the clip is a loop, whose end goes over into its beginning; else there is silence
  ///   beyond its ends. A loop that would not be a whole number of samples long is stretched to the nearest one.
  /// - Precondition: `canResample(from: clip.sampleRate, to: sampleRate)`.
  public static func resample(_ clip: AudioClip, to sampleRate: Int, isCircular: Bool = false) -> AudioClip {
    precondition(
      canResample(from: clip.sampleRate, to: sampleRate), "cannot resample \(clip.sampleRate) Hz to \(sampleRate) Hz")
    guard clip.sampleRate != sampleRate else { return clip }
    let ratio = Double(sampleRate) / Double(clip.sampleRate)
    let channels = clip.channels.map { isCircular ? resample(ring: $0, ratio: ratio) : resample($0, ratio: ratio) }
    return AudioClip(channels: channels, sampleRate: sampleRate)
  }

  /// Whether both rates are positive and at most a factor of 256 apart, which is all that libsamplerate converts.
  public static func canResample(from source: Int, to target: Int) -> Bool {
    source > 0 && target > 0 && src_is_valid_ratio(Double(target) / Double(source)) != 0
  }

  /// A ring of samples, cut out of what it becomes with itself before and behind it.
  ///
  /// What is put before it has to become a whole number of samples too, or the ring would begin between two of them.
  private static func resample(ring: [Float], ratio: Double) -> [Float] {
    let count = Int((Double(ring.count) * ratio).rounded())
    guard count > 0 else { return [] }
    // Ring and result are made of as many equal parts, of whole samples each.
    let parts = greatestCommonDivisor(ring.count, count)
    let (part, madePart) = (ring.count / parts, count / parts)
    let reach = 64 + Int((ringReach * max(1, 1 / ratio)).rounded(.up))
    let lead = (reach + part - 1) / part
    let first = -lead * part
    let wanted = 2 * lead * part + ring.count
    let around = (first..<first + wanted).map { ring[(($0 % ring.count) + ring.count) % ring.count] }
    let made = resample(around, ratio: Double(count) / Double(ring.count))
    return Array(made[lead * madePart..<lead * madePart + count])
  }

  /// Samples that the filter sees to either side at the lower of the two rates: 144, as libsamplerate's table has it.
  private static let ringReach = 144.0

  private static func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int {
    b == 0 ? a : greatestCommonDivisor(b, a % b)
  }

  private static func resample(_ samples: [Float], ratio: Double) -> [Float] {
    let count = Int((Double(samples.count) * ratio).rounded())
    guard count > 0 else { return [] }
    // The converter may end a few frames early: silence behind the signal lets it run to the last frame wanted.
    let tail = 64 + Int((8 / ratio).rounded(.up))
    let input = samples + [Float](repeating: 0, count: tail)
    return [Float](unsafeUninitializedCapacity: count) { output, filled in
      input.withUnsafeBufferPointer { input in
        var data = SRC_DATA()
        data.data_in = input.baseAddress
        data.data_out = output.baseAddress
        data.input_frames = input.count
        data.output_frames = count
        data.src_ratio = ratio
        let status = src_simple(&data, Int32(SRC_SINC_BEST_QUALITY), 1)
        // Only arguments can be at fault, and those were checked.
        precondition(status == 0, "libsamplerate: \(String(cString: src_strerror(status)))")
        let made = data.output_frames_gen
        output[made...].initialize(repeating: 0)
        filled = count
      }
    }
  }
}
