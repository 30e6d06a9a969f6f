import Foundation
import Spectra
import Testing

/// Clips whose end goes over into their beginning.
@Suite struct CircularTests {
  let transform = ShortTimeFourier(fftLength: 3072, hopLength: 768, padding: .circular)
  let spectrogram = MelSpectrogram(isCircular: true)
  let vocoder = Vocoder()

  /// Notes that sound on over the seam, and strokes.
  private func loop(count: Int) -> [Float] {
    var samples = [Float](repeating: 0, count: count)
    let noise = Signals.noise(count: 4000, amplitude: 0.4, seed: 2)
    for (note, hertz) in [110.0, 164.8, 220, 277.2, 329.6].enumerated() {
      let start = (note * count) / 5 + count / 7
      for offset in 0..<(count / 2) {
        let time = Double(offset) / 44100
        var value = 0.0
        for harmonic in 1...6 {
          let order = Double(harmonic)
          value += sin(2 * Double.pi * hertz * order * time) / (order * order)
        }
        let fade = 1 - Double(offset) / Double(count / 2)
        let level = 0.15 * exp(-time * 3) * min(1, time * 200) * fade
        samples[(start + offset) % count] += Float(level * value)
      }
      for offset in 0..<4000 {
        samples[(start + offset) % count] += noise[offset] * Float(exp(-Double(offset) / 600))
      }
    }
    return samples
  }

  private func rotated<Value>(_ values: [Value], by count: Int) -> [Value] {
    Array(values[count...] + values[..<count])
  }

  @Test(arguments: [1, 700, 768, 3000, 3072, 20000, 768 * 20])
  func framesGoRoundAndComeBackExactly(count: Int) {
    let samples = Signals.noise(count: count, amplitude: 0.5, seed: UInt64(count))
    let frames = transform.forward(samples)
    #expect(frames.frameCount == max(1, (count + 767) / 768))
    #expect(frames.frameCount == MelConfiguration.standard.circularFrameCount(sampleCount: count))
    #expect(relativeError(transform.inverse(frames, sampleCount: count), samples) < 2e-6)
    // Frame 0 sees the end in its first half.
    let repeated = [[Float]](repeating: samples, count: 2 + 3072 / count).flatMap { $0 }
    let middle = repeated.count / count / 2 * count
    let plain = ShortTimeFourier(fftLength: 3072, hopLength: 768).forward(
      Array(repeated[(middle - min(middle, 1536))...]))
    if middle >= 1536 {
      #expect(relativeError(plain.values[(2 * 2 * 1537)..<(3 * 2 * 1537)], frames.values[..<(2 * 1537)]) < 1e-5)
    }
  }

  @Test func aRotationByHopsRotatesTheSamples() {
    let count = 768 * 100
    let samples = loop(count: count)
    for iterations in [0, 8, 32] {
      let made = vocoder.synthesize(spectrogram.analyze(samples), iterations: iterations, isCircular: true)
      #expect(made.count == count)
      for hops in [1, 37, 99] {
        let other = vocoder.synthesize(
          spectrogram.analyze(rotated(samples, by: hops * 768)), iterations: iterations, isCircular: true)
        let error = relativeError(other, rotated(made, by: hops * 768))
        #expect(error < 1e-3, "\(iterations) iterations, \(hops) hops: \(error)")
      }
    }
  }

  @Test(arguments: [768 * 100, 70001])
  func anyRotationRotatesTheSound(count: Int) {
    // Between hops the frames fall elsewhere, so that samples differ, but not the sound: as near to the one before
    // rotation as both are to the original.
    let samples = loop(count: count)
    let made = vocoder.synthesize(spectrogram.analyze(samples), sampleCount: count, isCircular: true)
    let figure = transform.convergence(of: made, to: samples)
    for shift in [1, 100, 384, 12345, count - 1] {
      let turned = rotated(samples, by: shift)
      let other = vocoder.synthesize(spectrogram.analyze(turned), sampleCount: count, isCircular: true)
      let (away, apart) = (
        transform.convergence(of: other, to: turned), transform.convergence(of: other, to: rotated(made, by: shift))
      )
      #expect(abs(away - figure) < 1, "\(shift) of \(count): \(away) dB, unrotated \(figure) dB")
      #expect(apart < figure + 1, "\(shift) of \(count): \(apart) dB apart, \(figure) dB from the original")
    }
  }

  /// Rises in magnitude from frame to frame of a clip played twice, every 256 samples.
  private func flux(_ samples: [Float]) -> (all: [Double], seam: Double) {
    let fine = ShortTimeFourier(fftLength: 1024, hopLength: 256).forward(samples + samples).magnitudes
    var rises: [Double] = []
    for index in 513..<fine.values.count {
      if index % 513 == 0 { rises.append(0) }
      let rise = fine.values[index] - fine.values[index - 513]
      rises[rises.count - 1] += Double(max(0, rise))
    }
    let seam = samples.count / 256
    return (Array(rises[4..<(seam - 4)]).sorted(), rises[(seam - 3)...(seam + 2)].max() ?? 0)
  }

  @Test(arguments: [768 * 100, 70001])
  func theSeamIsNotHeard(count: Int) {
    let samples = loop(count: count)
    let loop = flux(vocoder.synthesize(spectrogram.analyze(samples), sampleCount: count, isCircular: true))
    #expect(loop.seam <= loop.all[loop.all.count * 95 / 100], "\(loop.seam)")
    // Without the circle there is a seam.
    let line = flux(vocoder.synthesize(MelSpectrogram().analyze(samples), sampleCount: count))
    #expect(line.seam > 2 * loop.seam, "\(line.seam), circular \(loop.seam)")
  }
}
