import Foundation
import Spectra
import Testing

@Suite struct FourierPlanTests {
  /// Lengths with and without a middle bin, with whole vectors of pairs, without, and with some left over.
  static let lengths = [2, 4, 6, 8, 10, 30, 32, 34, 48, 62, 64, 66, 98, 100, 512, 1022, 3072]

  private func transform(_ samples: [Float]) -> [SIMD2<Double>] {
    let count = samples.count
    return (0...(count / 2)).map { bin in
      samples.enumerated().reduce(into: SIMD2<Double>.zero) { sum, sample in
        let angle = -2 * Double.pi * Double(bin * sample.offset % count) / Double(count)
        sum += Double(sample.element) * SIMD2(cos(angle), sin(angle))
      }
    }
  }

  @Test(arguments: lengths) func transformsAsTheDefinition(length: Int) {
    let samples = Signals.noise(count: length, amplitude: 1, seed: UInt64(length))
    let frame = AlignedBuffer(count: length)
    let spectrum = AlignedBuffer(count: length + 2)
    for (index, sample) in samples.enumerated() { frame.base[index] = sample }
    FourierPlan(length: length).forward(frame.base, into: spectrum.base)
    for (bin, value) in transform(samples).enumerated() {
      let error = SIMD2(Double(spectrum.base[2 * bin]), Double(spectrum.base[2 * bin + 1])) - value
      #expect((error * error).sum().squareRoot() < 3e-6 * Double(length).squareRoot(), "bin \(bin) of \(length)")
    }
  }

  @Test(arguments: lengths) func theInverseIsTheSamplesTimesTheLength(length: Int) {
    let samples = Signals.noise(count: length, amplitude: 1, seed: 7)
    let frame = AlignedBuffer(count: length)
    let spectrum = AlignedBuffer(count: length + 2)
    for (bin, value) in transform(samples).enumerated() {
      (spectrum.base[2 * bin], spectrum.base[2 * bin + 1]) = (Float(value.x), Float(value.y))
    }
    FourierPlan(length: length).inverse(spectrum.base, into: frame.base)
    for (index, sample) in samples.enumerated() {
      #expect(abs(frame.base[index] / Float(length) - sample) < 2e-6, "sample \(index) of \(length)")
    }
  }

  @Test func theImaginaryPartsOfTheEndsAreIgnored() {
    func inverse(_ imaginary: Float) -> [Float] {
      let frame = AlignedBuffer(count: 64)
      let spectrum = AlignedBuffer(count: 66)
      for index in 0..<66 { spectrum.base[index] = Float(index % 7) }
      (spectrum.base[1], spectrum.base[65]) = (imaginary, -imaginary)
      FourierPlan(length: 64).inverse(spectrum.base, into: frame.base)
      return Array(UnsafeBufferPointer(start: frame.base, count: 64))
    }
    #expect(inverse(0) == inverse(9))
  }
}
