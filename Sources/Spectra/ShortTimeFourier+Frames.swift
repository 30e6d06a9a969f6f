extension ShortTimeFourier {
  /// The transform of `samples`: frameCount(sampleCount:) frames, unnormalised, as `librosa.stft`.
  public func forward(_ samples: [Float]) -> ComplexFrames {
    let frameCount = frameCount(sampleCount: samples.count)
    let frame = AlignedBuffer(count: fftLength)
    let spectrum = AlignedBuffer(count: 2 * binCount)
    let width = 2 * binCount
    let values = [Float](unsafeUninitializedCapacity: frameCount * width) { values, initializedCount in
      samples.withUnsafeBufferPointer { samples in
        guard let out = values.baseAddress else { return }
        for index in 0..<frameCount {
          load(frame: index, of: samples.baseAddress, count: samples.count, into: frame.base)
          plan.forward(frame.base, into: spectrum.base)
          (out + index * width).initialize(from: spectrum.base, count: width)
        }
      }
      initializedCount = frameCount * width
    }
    return ComplexFrames(binCount: binCount, values: values)
  }

  /// The signal of `sampleCount` samples whose transform is nearest to `frames` (Griffin & Lim 1984, eq. 6), as
  /// `librosa.istft(length:)`: windowed inverse transforms, overlap-added, over the sum of squared windows.
  ///
  /// Samples that no frame reaches are silent; frames beyond the signal's end are ignored there.
  public func inverse(_ frames: ComplexFrames, sampleCount: Int) -> [Float] {
    precondition(frames.binCount == binCount, "frames of \(frames.binCount) bins, wants \(binCount)")
    precondition(sampleCount >= 0, "\(sampleCount) samples")
    let frameCount = min(frames.frameCount, frameCount(sampleCount: sampleCount + fftLength))
    let signal = AlignedBuffer(count: paddedCount(sampleCount: sampleCount, frameCount: frameCount))
    let envelope = AlignedBuffer(count: signal.count)
    fillInverseEnvelope(envelope.base, count: signal.count, sampleCount: sampleCount, frameCount: frameCount)
    let frame = AlignedBuffer(count: fftLength)
    let spectrum = AlignedBuffer(count: 2 * binCount)
    frames.values.withUnsafeBufferPointer { values in
      guard let base = values.baseAddress else { return }
      for index in 0..<frameCount {
        spectrum.base.update(from: base + index * 2 * binCount, count: 2 * binCount)
        plan.inverse(spectrum.base, into: frame.base)
        overlapAdd(frame.base, onto: signal.base + index * hopLength)
      }
    }
    for position in 0..<signal.count { signal.base[position] *= envelope.base[position] }
    return Array(UnsafeBufferPointer(start: signal.base + fftLength / 2, count: sampleCount))
  }

  /// Samples of a signal with room for half a window before it, and for every frame after it.
  func paddedCount(sampleCount: Int, frameCount: Int) -> Int {
    fftLength + max(sampleCount, (frameCount - 1) * hopLength)
  }

  /// Adds a frame, times the window, to the samples that it covers.
  func overlapAdd(_ frame: UnsafePointer<Float>, onto signal: UnsafeMutablePointer<Float>) {
    window.withUnsafeBufferPointer { window in
      guard let window = window.baseAddress else { return }
      for offset in 0..<fftLength { signal[offset] += window[offset] * frame[offset] }
    }
  }

  /// Fills the factors that turn overlap-added inverse transforms into samples: 1 / (fftLength · Σw²) where the signal
  /// is, 0 where there is only padding or no frame.
  func fillInverseEnvelope(
    _ envelope: UnsafeMutablePointer<Float>, count: Int, sampleCount: Int, frameCount: Int
  ) {
    envelope.update(repeating: 0, count: count)
    for index in 0..<frameCount {
      let start = envelope + index * hopLength
      for (offset, weight) in window.enumerated() { start[offset] += weight * weight }
    }
    let signal = (fftLength / 2)..<(fftLength / 2 + sampleCount)
    for position in 0..<count {
      let sum = envelope[position]
      let covered = signal.contains(position) && sum > .leastNormalMagnitude
      envelope[position] = covered ? 1 / (Float(fftLength) * sum) : 0
    }
  }
}
