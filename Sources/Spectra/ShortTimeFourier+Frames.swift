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
  /// - Precondition: on a circle, exactly the frames that `sampleCount` samples have.
  public func inverse(_ frames: ComplexFrames, sampleCount: Int) -> [Float] {
    precondition(frames.binCount == binCount, "frames of \(frames.binCount) bins, wants \(binCount)")
    precondition(sampleCount >= 0, "\(sampleCount) samples")
    precondition(
      padding != .circular || frames.frameCount == frameCount(sampleCount: sampleCount),
      "\(frames.frameCount) frames around \(sampleCount) samples, wants \(frameCount(sampleCount: sampleCount))")
    let frameCount = min(frames.frameCount, frameCount(sampleCount: sampleCount + fftLength))
    let grid = FrameGrid(self, frames: 0..<frameCount, sampleCount: sampleCount)
    let signal = AlignedBuffer(count: grid.count)
    let envelope = AlignedBuffer(count: grid.count)
    grid.fillEnvelope(envelope.base, window: window)
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
    grid.fold(signal.base)
    for position in 0..<grid.count { signal.base[position] *= envelope.base[position] }
    return Array(UnsafeBufferPointer(start: signal.base + grid.signal.lowerBound, count: sampleCount))
  }

  /// Adds a frame, times the window, to the samples that it covers.
  private func overlapAdd(_ frame: UnsafePointer<Float>, onto signal: UnsafeMutablePointer<Float>) {
    window.withUnsafeBufferPointer { window in
      guard let window = window.baseAddress else { return }
      for offset in 0..<fftLength { signal[offset] += window[offset] * frame[offset] }
    }
  }
}
