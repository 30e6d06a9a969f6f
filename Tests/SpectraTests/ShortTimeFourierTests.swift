import Foundation
import Spectra
import Testing

@Suite struct ShortTimeFourierTests {
  @Test func framesMatchLibrosa() throws {
    for reference in try Reference.load().transforms {
      let transform = ShortTimeFourier(
        fftLength: reference.fftLength, hopLength: reference.hopLength, padding: reference.reflect ? .reflect : .zero)
      let frames = transform.forward(try Reference.samples(reference.signal))
      let expected = try Reference.floats(reference.name)
      #expect(frames.frameCount == reference.frameCount)
      let width = 2 * transform.binCount
      #expect(expected.count == reference.frames.count * width)
      for (row, frame) in reference.frames.enumerated() {
        let error = relativeError(
          frames.values[(frame * width)..<((frame + 1) * width)], expected[(row * width)..<((row + 1) * width)])
        #expect(error < 1e-5, "\(reference.name), frame \(frame): \(error)")
      }
    }
  }

  @Test(arguments: [(3072, 768), (1024, 256), (1024, 300), (512, 256)])
  func theInverseReconstructsExactlyAtEveryLength(fftLength: Int, hopLength: Int) {
    for padding in [ShortTimeFourier.Padding.zero, .reflect] {
      let transform = ShortTimeFourier(fftLength: fftLength, hopLength: hopLength, padding: padding)
      for count in [1, 2, 255, 768, 769, 5000, 20011] {
        let samples = Signals.noise(count: count, amplitude: 0.5, seed: UInt64(count))
        let frames = transform.forward(samples)
        #expect(frames.frameCount == 1 + count / hopLength)
        let back = transform.inverse(frames, sampleCount: count)
        #expect(back.count == count)
        // With a hop of half a window the last sample may lie on a window's foot alone, where the division blows
        // rounding up.
        let tolerance = hopLength * 2 == fftLength ? 1e-3 : 2e-6
        #expect(relativeError(back, samples) < tolerance, "\(count) samples, \(fftLength)/\(hopLength), \(padding)")
      }
    }
  }

  @Test func theInverseCutsAndFillsToTheLengthAsked() {
    let transform = ShortTimeFourier(fftLength: 1024, hopLength: 256)
    let samples = Signals.noise(count: 6000, amplitude: 0.5, seed: 9)
    let frames = transform.forward(samples)
    let short = transform.inverse(frames, sampleCount: 3000)
    #expect(relativeError(short, samples[..<3000]) < 2e-6)
    let long = transform.inverse(frames, sampleCount: 9000)
    #expect(long.count == 9000)
    #expect(long[7000...].allSatisfy { $0 == 0 })
    #expect(transform.inverse(frames, sampleCount: 0).isEmpty)
  }

  @Test func anEmptySignalHasOneSilentFrame() {
    for padding in [ShortTimeFourier.Padding.zero, .reflect] {
      let frames = ShortTimeFourier(fftLength: 1024, hopLength: 256, padding: padding).forward([])
      #expect(frames.frameCount == 1)
      #expect(frames.values.allSatisfy { $0 == 0 })
    }
  }

  @Test func reflectionRepeatsForClipsShorterThanTheWindow() {
    // The signal 0, 1, 2 mirrored for ever is a triangle wave of period 4: in the one frame of an 8-sample window,
    // centred on sample 0, samples −4…3 read 0 1 2 1 0 1 2 1.
    let transform = ShortTimeFourier(fftLength: 8, hopLength: 4, padding: .reflect)
    let mirrored: [Float] = [0, 1, 2, 1, 0, 1, 2, 1]
    let windowed = mirrored.enumerated().map { Double($1) * (0.5 - 0.5 * cos(Double($0) * Double.pi / 4)) }
    let frames = transform.forward([0, 1, 2])
    #expect(frames.frameCount == 1)
    for bin in 0...4 {
      let angles = (0..<8).map { 2 * Double.pi * Double(bin * $0) / 8 }
      let re = zip(windowed, angles).reduce(0) { $0 + $1.0 * cos($1.1) }
      let im = zip(windowed, angles).reduce(0) { $0 - $1.0 * sin($1.1) }
      #expect(abs(Double(frames.values[2 * bin]) - re) < 1e-5)
      #expect(abs(Double(frames.values[2 * bin + 1]) - im) < 1e-5)
    }
  }

  @Test func manyThreadsShareOneTransform() async {
    let transform = ShortTimeFourier(fftLength: 3072, hopLength: 768)
    let samples = Signals.noise(count: 20000, amplitude: 0.5, seed: 4)
    let alone = transform.forward(samples)
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<8 {
        group.addTask {
          // Planning and running at once.
          let other = ShortTimeFourier(fftLength: 3072, hopLength: 768)
          return transform.forward(samples) == alone && other.forward(samples) == alone
        }
      }
      for await same in group { #expect(same) }
    }
  }
}
