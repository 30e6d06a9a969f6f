/// Estimates the power of every bin from the power of bands, by multiplicative updates that minimise the generalised
/// Kullback–Leibler divergence (Lee & Seung 2001, theorem 2).
///
/// What is matched is each band's energy under its triangle U of height 1, not its mean: with T = diag(h) · U the
/// filterbank and P = T s the band powers given, B_b = P_b / h_b and
///
///     s_k ← Σ_b U_bk B_b                                              linear interpolation, to start from
///     s_k ← s_k · (Σ_b U_bk · B_b / (U s)_b) / Σ_b U_bk               at each update
///
/// Dividing by U s rather than T s weighs wide bands by their energy and converges faster; where triangles overlap to
/// 1, as ours do, the last sum is 1. Powers stay nonnegative, bins that no band covers are silent, and where bands are
/// bins the answer is exact. Thirty updates come nearer to the true magnitudes than librosa's non-negative least
/// squares.
public struct NonnegativeInversion: Sendable {
  /// Frames that are updated side by side, one to a lane.
  static let lanes = 16
  typealias Lanes = SIMD16<Float>

  let bank: MelFilterbank
  /// Where each bin's run of (band, share) starts; one more at the end.
  let binOffsets: [Int]
  /// The first band that covers each bin; the bands that do are consecutive.
  let firstBands: [Int]
  /// U_bk of each covering band, bin by bin.
  let columnWeights: [Float]
  /// U_bk / Σ_b U_bk of each covering band, bin by bin.
  let columnShares: [Float]
  /// U_bk, band by band, laid out as the bank's weights.
  let rowWeights: [Float]

  /// Prepares to invert `filterbank`.
  public init(_ filterbank: MelFilterbank) {
    bank = filterbank
    var columns = [[(band: Int, weight: Float)]](repeating: [], count: filterbank.binCount)
    var rows: [Float] = []
    for band in 0..<filterbank.bandCount {
      for index in filterbank.offsets[band]..<filterbank.offsets[band + 1] {
        let weight = filterbank.weights[index] / filterbank.heights[band]
        rows.append(weight)
        columns[filterbank.firstBins[band] + index - filterbank.offsets[band]].append((band, weight))
      }
    }
    rowWeights = rows
    firstBands = columns.map { $0.first?.band ?? 0 }
    binOffsets = columns.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
    columnWeights = columns.flatMap { $0.map(\.weight) }
    columnShares = columns.flatMap { column in
      let sum = column.reduce(0) { $0 + $1.weight }
      return column.map { sum > 0 ? $0.weight / sum : 0 }
    }
  }

  /// The magnitudes of all bins, from `[frame, band]` band powers (the bank applied to power).
  /// - Precondition: `bandPower` holds whole frames, and no negative power.
  public func magnitudes(bandPower: [Float], updates: Int = 30) -> MagnitudeFrames {
    precondition(
      bandPower.count % bank.bandCount == 0,
      "\(bandPower.count) powers are not whole frames of \(bank.bandCount) bands")
    let frameCount = bandPower.count / bank.bandCount
    let count = frameCount * bank.binCount
    let energies = bandPower.indices.map { bandPower[$0] / bank.heights[$0 % bank.bandCount] }
    let values = [Float](unsafeUninitializedCapacity: count) { values, initializedCount in
      energies.withUnsafeBufferPointer { energies in
        if let from = energies.baseAddress, let to = values.baseAddress {
          let scratch = Scratch(bank)
          for start in stride(from: 0, to: frameCount, by: Self.lanes) {
            let frames = min(Self.lanes, frameCount - start)
            invert(
              from + start * bank.bandCount, frameCount: frames, updates: updates,
              into: to + start * bank.binCount, stride: bank.binCount, scratch)
          }
        }
      }
      initializedCount = count
    }
    return MagnitudeFrames(binCount: bank.binCount, values: values)
  }

  /// Room for one group of frames, on one thread at a time.
  final class Scratch: @unchecked Sendable {
    let energy: AlignedBuffer
    let ratio: AlignedBuffer
    let power: AlignedBuffer

    init(_ bank: MelFilterbank) {
      energy = AlignedBuffer(count: bank.bandCount * NonnegativeInversion.lanes)
      ratio = AlignedBuffer(count: bank.bandCount * NonnegativeInversion.lanes)
      power = AlignedBuffer(count: bank.binCount * NonnegativeInversion.lanes)
    }
  }

  /// The magnitudes of a group of at most sixteen frames, from `[frame, band]` band energies B to rows of bins.
  func invert(
    _ energies: UnsafePointer<Float>, frameCount: Int, updates: Int, into magnitudes: UnsafeMutablePointer<Float>,
    stride: Int, _ scratch: Scratch
  ) {
    let (energy, power) = (scratch.energy.base, scratch.power.base)
    scratch.energy.clear()
    for lane in 0..<frameCount {
      let bands = energies + lane * bank.bandCount
      for band in 0..<bank.bandCount { energy[band * Self.lanes + lane] = bands[band] }
    }
    scratch.energy.withLanes { energy in
      scratch.power.withLanes { power in
        scratch.ratio.withLanes { ratio in
          interpolate(energy, into: power)
          for _ in 0..<updates { update(power, towards: energy, ratio: ratio) }
        }
      }
    }
    for lane in 0..<frameCount {
      let bins = magnitudes + lane * stride
      for bin in 0..<bank.binCount { bins[bin] = power[bin * Self.lanes + lane].squareRoot() }
    }
  }
}

extension NonnegativeInversion {
  /// Spreads bands over their bins: s = Uᵀ B, `[band, lane]` to `[bin, lane]`.
  func interpolate(_ energy: UnsafePointer<Lanes>, into power: UnsafeMutablePointer<Lanes>) {
    spread(energy, columnWeights) { power[$0] = $1 }
  }

  /// One multiplicative update of `power`, `[bin, lane]`, towards band energies B, `[band, lane]`; `ratio` is room for
  /// as many bands.
  func update(
    _ power: UnsafeMutablePointer<Lanes>, towards energy: UnsafePointer<Lanes>, ratio: UnsafeMutablePointer<Lanes>
  ) {
    rowWeights.withUnsafeBufferPointer { weights in
      for band in 0..<bank.bandCount {
        let start = bank.offsets[band]
        let bins = power + bank.firstBins[band]
        // Not quite from zero, so that silence divided by silence is silence.
        var model = Lanes(repeating: .leastNormalMagnitude)
        for step in 0..<(bank.offsets[band + 1] - start) { model += bins[step] * weights[start + step] }
        ratio[band] = energy[band] / model
      }
    }
    spread(ratio, columnShares) { power[$0] *= $1 }
  }

  /// Hands each bin and the sum of the bands that cover it, weighted, to `body`.
  @inline(__always)
  private func spread(
    _ bands: UnsafePointer<Lanes>, _ weights: [Float], _ body: (_ bin: Int, _ sum: Lanes) -> Void
  ) {
    weights.withUnsafeBufferPointer { weights in
      for bin in 0..<bank.binCount {
        let start = binOffsets[bin]
        let covering = bands + firstBands[bin]
        var sum = Lanes.zero
        for step in 0..<(binOffsets[bin + 1] - start) { sum += covering[step] * weights[start + step] }
        body(bin, sum)
      }
    }
  }
}

extension AlignedBuffer {
  /// Runs `body` on the buffer as vectors of sixteen lanes.
  func withLanes<Result>(_ body: (UnsafeMutablePointer<SIMD16<Float>>) -> Result) -> Result {
    base.withMemoryRebound(to: SIMD16<Float>.self, capacity: count / 16, body)
  }
}
