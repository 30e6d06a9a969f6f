/// The joint step: estimates magnitudes from the bands and the current transform together.
///
/// A transform C that comes near to the right signal says how each band's energy is spread over its bins, which the
/// bands do not. One multiplicative update of |C|² towards the band energies (`NonnegativeInversion`) has that spread
/// and those energies; the magnitudes become A₀^0.2 times its root to the 0.8, A₀ being the first estimate. The level of
/// C does not matter.
struct JointMagnitude: Sendable {
  let melBandCount: Int
  private let bank: MelFilterbank
  private let rowWeights: [Float]
  /// The first of the two bands that cover a bin, and the shares of both, padded as `FrameRows`.
  private let firstBands: [Int32]
  private let firstShares: [Float]
  private let secondShares: [Float]

  init(_ inversion: NonnegativeInversion) {
    bank = inversion.bank
    melBandCount = bank.bandCount
    rowWeights = inversion.rowWeights
    let stride = FrameRows.stride(binCount: bank.binCount)
    var first = [Int32](repeating: 0, count: stride)
    var shares = [[Float]](repeating: [Float](repeating: 0, count: stride), count: 2)
    for bin in 0..<bank.binCount {
      let run = inversion.binOffsets[bin]..<inversion.binOffsets[bin + 1]
      precondition(run.count <= 2, "\(run.count) bands cover bin \(bin): wants triangles that share edges")
      first[bin] = Int32(inversion.firstBands[bin])
      for (step, index) in run.enumerated() { shares[step][bin] = inversion.columnShares[index] }
    }
    (firstBands, firstShares, secondShares) = (first, shares[0], shares[1])
  }

  /// One multiplicative update of `power`, `[bin]`, towards the energies of all bands; `ratios` is room for one band
  /// more.
  func update(
    _ power: UnsafeMutablePointer<Float>, towards energies: UnsafePointer<Float>,
    ratios: UnsafeMutablePointer<Float>
  ) {
    rowWeights.withUnsafeBufferPointer { weights in
      guard let weights = weights.baseAddress else { return }
      for band in 0..<melBandCount {
        let start = bank.offsets[band]
        let model = weightedSum(weights + start, power + bank.firstBins[band], bank.offsets[band + 1] - start)
        ratios[band] = energies[band] / (model + .leastNormalMagnitude)
      }
    }
    ratios[melBandCount] = 0
    firstBands.withUnsafeBufferPointer { bands in
      firstShares.withUnsafeBufferPointer { first in
        secondShares.withUnsafeBufferPointer { second in
          for bin in 0..<bands.count {
            let ratio = ratios + Int(bands[bin])
            power[bin] *= first[bin] * ratio[0] + second[bin] * ratio[1]
          }
        }
      }
    }
  }
}
