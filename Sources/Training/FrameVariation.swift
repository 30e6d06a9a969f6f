import Foundation
package import Spectra
package import Tensors

/// Frames as variations make them: all is done to decibels a band, which is what mel frames are. What frames have beside them
/// (`FrameParts`) stays with its frame, and where two sounds meet is what both come to.
package struct FrameVariation: Sendable {
  private let layout: FrameLayout
  private let mixture: FrameMixture
  private let floorDecibels: Double
  private let framesPerSecond: Double
  private let centerHertz: [Double]

  package init(_ mel: MelConfiguration, parts: FrameParts = .mel) {
    layout = FrameLayout(mel, parts: parts)
    mixture = FrameMixture(mel, parts: parts)
    floorDecibels = mel.floorDecibels
    framesPerSecond = mel.framesPerSecond
    centerHertz = MelFilterbank.warped(mel).centerHertz
  }

  /// `count` frames, `[frame, value]` in −1 … 1, of a clip of which `source` holds as many as they take.
  package func frames(
    _ source: [Float], varied variation: Variation, count: Int, noise: RandomSource
  ) -> [Float] {
    var frames = variation.speed == 1 ? source : stretched(source, by: variation.speed, count: count)
    if variation.semitones != 0 { frames = transposed(frames, by: variation.semitones) }
    if variation.gainDecibels != 0 {
      let step = Float(variation.gainDecibels / decibelsPerUnit)
      // What is at the floor is no sound, and gets no louder.
      frames = changed(frames) { _, value in value <= -1 ? -1 : max(-1, min(1, value + step)) }
    }
    if variation.tilt != 0 { frames = tilted(frames, by: variation.tilt) }
    if variation.delaySeconds > 0 { frames = delayed(frames, by: variation.delaySeconds) }
    if variation.reverbSeconds > 0 { frames = reverberant(frames, seconds: variation.reverbSeconds) }
    if let level = variation.noiseDecibels { frames = noisy(frames, level, noise) }
    return frames
  }

  /// The first `sounding` frames backwards; what comes after them, which is silence, stays.
  package func reversed(_ frames: [Float], sounding: Int) -> [Float] {
    (0..<sounding).reversed().flatMap { frame -> [Float] in
      let start = frame * layout.valueCount
      // The quarters of a frame come backwards too.
      return frames[start..<start + layout.attacks.lowerBound]
        + frames[start + layout.attacks.lowerBound..<start + layout.valueCount].reversed()
    } + frames[(sounding * layout.valueCount)...]
  }

  /// The frames with other mel values.
  private func changed(_ frames: [Float], _ body: (_ band: Int, _ value: Float) -> Float) -> [Float] {
    var made = frames
    for start in stride(from: 0, to: frames.count, by: layout.valueCount) {
      for band in layout.mel { made[start + band] = body(band, frames[start + band]) }
    }
    return made
  }

  /// Brighter or darker around 1 kHz.
  private func tilted(_ frames: [Float], by decibelsPerOctave: Double) -> [Float] {
    let steps = centerHertz.map { Float(decibelsPerOctave * log2(max($0, 20) / 1000) / decibelsPerUnit) }
    return changed(frames) { band, value in value <= -1 ? -1 : max(-1, min(1, value + steps[band])) }
  }

  /// So much silence first; as many frames as before.
  private func delayed(_ frames: [Float], by seconds: Double) -> [Float] {
    let count = min(frames.count, Int((seconds * framesPerSecond).rounded()) * layout.valueCount)
    return SoundFrames(frameCount: count / layout.valueCount, layout: layout).values + frames.dropLast(count)
  }

  /// Every frame leaves a tail, 12 dB beneath it, that falls by 60 dB in so many seconds.
  private func reverberant(_ frames: [Float], seconds: Double) -> [Float] {
    let decay = pow(10, -6 / (seconds * framesPerSecond))
    let gain = pow(10, -1.2) * (1 - decay)
    var tail = [Double](repeating: 0, count: layout.melBandCount)
    return changed(frames) { band, value in
      let (dry, before) = (power(value), tail[band])
      tail[band] = decay * before + gain * dry
      return before > 0 ? self.value(ofPower: dry + before) : value
    }
  }

  /// Two sounds at once: their powers add up.
  package func mixed(_ first: [Float], _ second: [Float]) -> [Float] {
    var mixed = first
    let width = layout.valueCount
    for start in stride(from: 0, to: min(first.count, second.count), by: width) {
      for place in start..<start + layout.melBandCount {
        mixed[place] = value(ofPower: power(first[place]) + power(second[place]))
      }
      guard !layout.isMelAlone else { continue }
      let both = [first, second].map { (share: Float(1), values: Array($0[start..<start + width])) }
      mixed.replaceSubrange(start + layout.melBandCount..<start + width, with: mixture.rest(of: both))
    }
    return mixed
  }

  private func stretched(_ source: [Float], by speed: Double, count: Int) -> [Float] {
    let width = layout.valueCount
    let sound = SoundFrames(layout: layout, values: source)
    var frames = SoundFrames(frameCount: count, layout: layout).values
    frames.withUnsafeMutableBufferPointer { frames in
      guard let base = frames.baseAddress else { return }
      for frame in 0..<count where Int(Double(frame) * speed) < sound.frameCount {
        sound.copyFrame(at: Double(frame) * speed, into: base + frame * width)
      }
    }
    return frames
  }

  /// What a band holds comes from the band around the pitch that is brought there.
  private func transposed(_ frames: [Float], by semitones: Double) -> [Float] {
    let ratio = pow(2, -semitones / 12)
    let places: [(band: Int, part: Float)] = centerHertz.map { center in
      let hertz = center * ratio
      let (above, count) = (centerHertz.firstIndex { $0 >= hertz } ?? layout.melBandCount, layout.melBandCount)
      guard above > 0, above < count else { return (min(above, count - 1), above == 0 ? 0 : -1) }
      let (low, high) = (centerHertz[above - 1], centerHertz[above])
      return (above - 1, Float((hertz - low) / (high - low)))
    }
    var moved = frames
    for start in stride(from: 0, to: frames.count, by: layout.valueCount) {
      for (band, place) in places.enumerated() {
        let from = start + place.band
        // Nothing is known of what lies above the highest band.
        moved[start + band] =
          place.part < 0 ? -1 : (1 - place.part) * frames[from] + (place.part > 0 ? place.part * frames[from + 1] : 0)
      }
    }
    return moved
  }

  /// Noise of the same level in every band (white: bands are densities), as uneven as the power of noise is.
  private func noisy(_ frames: [Float], _ level: Double, _ random: RandomSource) -> [Float] {
    var random = random
    return changed(frames) { _, value in
      // The power of a narrow band of noise is distributed exponentially.
      let noise = -log(max(Double(random.uniform()), 1e-9)) * pow(10, level / 10)
      return self.value(ofPower: power(value) + noise)
    }
  }

  private var decibelsPerUnit: Double { -floorDecibels / 2 }

  private func power(_ value: Float) -> Double { pow(10, (Double(value) - 1) * decibelsPerUnit / 10) }

  private func value(ofPower power: Double) -> Float {
    Float(max(-1, min(1, 1 + 10 * log10(max(power, 1e-30)) / decibelsPerUnit)))
  }
}
