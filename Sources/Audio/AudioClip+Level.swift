import Foundation

extension AudioClip {
  /// The greatest absolute sample of any channel; 0 for an empty clip.
  public var peak: Float {
    channels.reduce(0) { peak, channel in channel.reduce(peak) { max($0, abs($1)) } }
  }

  /// The root of the mean square over all samples of all channels; 0 for an empty clip.
  public var rms: Float {
    guard frameCount > 0 else { return 0 }
    var sum = 0.0
    for channel in channels {
      for sample in channel { sum += Double(sample) * Double(sample) }
    }
    return Float((sum / Double(frameCount * channelCount)).squareRoot())
  }

  /// `rms` in decibels relative to full scale, where a constant 1 is 0 dBFS and a full-scale sine −3.01 dBFS;
  /// −∞ for silence.
  public var loudnessDecibels: Float { 20 * log10(rms) }

  /// The level in dBFS over the tenths of a second within 25 dB of the loudest, so that silence between and after notes does
  /// not count; of the clip mixed to one channel, −∞ for silence.
  public var soundingDecibels: Float {
    let samples = samples
    let window = max(sampleRate / 10, 1)
    let powers = stride(from: 0, to: samples.count, by: window).map { start in
      let end = min(start + window, samples.count)
      return samples[start..<end].reduce(Float(0)) { $0 + $1 * $1 } / Float(end - start)
    }
    guard let loudest = powers.max(), loudest > 0 else { return -.infinity }
    let sounding = powers.filter { $0 > loudest * 0.00316 }
    return 10 * log10(sounding.reduce(0, +) / Float(sounding.count))
  }

  /// Whether there is nothing to hear: 60 dB below full scale on average.
  public var isAllButSilent: Bool { loudnessDecibels < -60 }

  /// `peak` in decibels relative to full scale; −∞ for silence.
  public var peakDecibels: Float { 20 * log10(peak) }

  /// How many samples there are up to the end of what is heard: of the last hundredth of a second whose level, that of its
  /// loudest channel, is `decibels` or more relative to full scale; 0 of silence.
  public func soundingFrameCount(above decibels: Float) -> Int {
    let block = max(1, sampleRate / 100)
    let least = pow(10, decibels / 10)
    var end = frameCount
    while end > 0 {
      let start = (end - 1) / block * block
      let powers = channels.map { $0[start..<end].reduce(0) { $0 + $1 * $1 } / Float(end - start) }
      if (powers.max() ?? 0) >= least { return end }
      end = start
    }
    return 0
  }

  /// The first `frameCount` samples of every channel.
  public func prefix(_ frameCount: Int) -> AudioClip {
    AudioClip(channels: channels.map { Array($0.prefix(frameCount)) }, sampleRate: sampleRate)
  }

  /// The clip with silence behind it, up to so many frames; a longer one as it is.
  public func padded(to frameCount: Int) -> AudioClip {
    let silence = [Float](repeating: 0, count: max(0, frameCount - self.frameCount))
    return AudioClip(channels: channels.map { $0 + silence }, sampleRate: sampleRate)
  }

  /// Every sample multiplied by `gain`.
  public func scaled(by gain: Float) -> AudioClip {
    AudioClip(channels: channels.map { channel in channel.map { $0 * gain } }, sampleRate: sampleRate)
  }

  /// The clip scaled so that its peak is `peak`; silence stays silence.
  public func normalized(peak target: Float = 1) -> AudioClip {
    let current = peak
    return current > 0 ? scaled(by: target / current) : self
  }

  /// The clip with raised-cosine ramps at its ends, so that it neither starts nor stops with a click.
  ///
  /// Where the ramps would overlap each is cut to half of the clip.
  /// - Parameters:
  ///   - fadeIn: length of the ramp at the start, in seconds.
  ///   - fadeOut: length of the ramp at the end, in seconds.
  public func faded(in fadeIn: Double, out fadeOut: Double) -> AudioClip {
    precondition(fadeIn >= 0 && fadeOut >= 0, "fades of \(fadeIn) s and \(fadeOut) s must not be negative")
    let count = frameCount
    var inFrames = rampFrames(fadeIn)
    var outFrames = rampFrames(fadeOut)
    if inFrames + outFrames > count {
      inFrames = min(inFrames, count / 2)
      outFrames = min(outFrames, count / 2)
    }
    var result = self
    for channel in channels.indices {
      for frame in 0..<inFrames { result.channels[channel][frame] *= Self.ramp(frame, of: inFrames) }
      for frame in 0..<outFrames { result.channels[channel][count - 1 - frame] *= Self.ramp(frame, of: outFrames) }
    }
    return result
  }

  private func rampFrames(_ seconds: Double) -> Int {
    Int(min(seconds * Double(sampleRate), Double(frameCount)).rounded())
  }

  private static func ramp(_ frame: Int, of frames: Int) -> Float {
    0.5 - 0.5 * cos(.pi * (Float(frame) + 0.5) / Float(frames))
  }
}
