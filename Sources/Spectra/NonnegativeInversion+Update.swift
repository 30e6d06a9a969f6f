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
