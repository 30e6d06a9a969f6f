import Foundation
package import Spectra
package import Tensors

/// Mel frames as variations make them: all is done to decibels a band, which is what frames are.
package struct FrameVariation: Sendable {
  private let bandCount: Int
  private let floorDecibels: Double
  private let framesPerSecond: Double
  private let centerHertz: [Double]

  package init(_ mel: MelConfiguration) {
    bandCount = mel.bandCount
    floorDecibels = mel.floorDecibels
    framesPerSecond = mel.framesPerSecond
    centerHertz = MelFilterbank.warped(mel).centerHertz
  }

  /// `count` frames, `[frame, band]` in −1 … 1, of a clip of which `source` holds as many as they take.
  package func frames(
    _ source: [Float], varied variation: Variation, count: Int, noise: RandomSource
  ) -> [Float] {
    var frames = variation.speed == 1 ? source : stretched(source, by: variation.speed, count: count)
    if variation.semitones != 0 { frames = transposed(frames, by: variation.semitones) }
    if variation.gainDecibels != 0 {
      let step = Float(variation.gainDecibels / decibelsPerUnit)
      // What is at the floor is no sound, and gets no louder.
      frames = frames.map { $0 <= -1 ? -1 : max(-1, min(1, $0 + step)) }
    }
    if variation.tilt != 0 { frames = tilted(frames, by: variation.tilt) }
    if variation.delaySeconds > 0 { frames = delayed(frames, by: variation.delaySeconds) }
    if variation.reverbSeconds > 0 { frames = reverberant(frames, seconds: variation.reverbSeconds) }
    if let level = variation.noiseDecibels { frames = noisy(frames, level, noise) }
    return frames
  }

  /// The first `sounding` frames backwards; what comes after them, which is silence, stays.
  package func reversed(_ frames: [Float], sounding: Int) -> [Float] {
    (0..<sounding).reversed().flatMap { frames[$0 * bandCount..<($0 + 1) * bandCount] }
      + frames[(sounding * bandCount)...]
  }

  /// Brighter or darker around 1 kHz.
  private func tilted(_ frames: [Float], by decibelsPerOctave: Double) -> [Float] {
    let steps = centerHertz.map { Float(decibelsPerOctave * log2(max($0, 20) / 1000) / decibelsPerUnit) }
    return frames.indices.map { index in
      frames[index] <= -1 ? -1 : max(-1, min(1, frames[index] + steps[index % bandCount]))
    }
  }

  /// So much silence first; as many frames as before.
  private func delayed(_ frames: [Float], by seconds: Double) -> [Float] {
    let count = min(frames.count, Int((seconds * framesPerSecond).rounded()) * bandCount)
    return [Float](repeating: -1, count: count) + frames.dropLast(count)
  }

  /// Every frame leaves a tail, 12 dB beneath it, that falls by 60 dB in so many seconds.
  private func reverberant(_ frames: [Float], seconds: Double) -> [Float] {
    let decay = pow(10, -6 / (seconds * framesPerSecond))
    let gain = pow(10, -1.2) * (1 - decay)
    var tail = [Double](repeating: 0, count: bandCount)
    var made = frames
    for index in frames.indices {
      let (band, dry) = (index % bandCount, power(frames[index]))
      if tail[band] > 0 { made[index] = value(ofPower: dry + tail[band]) }
      tail[band] = decay * tail[band] + gain * dry
    }
    return made
  }

  /// Two sounds at once: their powers add up.
  package func mixed(_ first: [Float], _ second: [Float]) -> [Float] {
    zip(first, second).map { value(ofPower: power($0) + power($1)) }
  }

  private func stretched(_ source: [Float], by speed: Double, count: Int) -> [Float] {
    var frames = [Float](repeating: -1, count: count * bandCount)
    let available = source.count / bandCount
    for frame in 0..<count {
      let place = Double(frame) * speed
      let (first, part) = (Int(place), Float(place - place.rounded(.down)))
      guard first < available else { break }
      let second = min(first + 1, available - 1)
      for band in 0..<bandCount {
        frames[frame * bandCount + band] =
          (1 - part) * source[first * bandCount + band] + part * source[second * bandCount + band]
      }
    }
    return frames
  }

  /// What a band holds comes from the band around the pitch that is brought there.
  private func transposed(_ frames: [Float], by semitones: Double) -> [Float] {
    let ratio = pow(2, -semitones / 12)
    let places: [(band: Int, part: Float)] = centerHertz.map { center in
      let hertz = center * ratio
      let above = centerHertz.firstIndex { $0 >= hertz } ?? bandCount
      guard above > 0, above < bandCount else { return (min(above, bandCount - 1), above == 0 ? 0 : -1) }
      let (low, high) = (centerHertz[above - 1], centerHertz[above])
      return (above - 1, Float((hertz - low) / (high - low)))
    }
    var moved = frames
    for start in stride(from: 0, to: frames.count, by: bandCount) {
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
    return frames.map { value in
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
