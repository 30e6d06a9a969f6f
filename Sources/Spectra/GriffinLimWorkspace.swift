/// The memory of one run of Griffin-Lim, and one pass over it.
///
/// Signals carry half a window of room on either side, so that frame i begins at i · hopLength. Rows of bins are padded
/// to whole vectors with zero magnitude.
struct GriffinLimWorkspace: ~Copyable {
  private let transform: ShortTimeFourier
  private let sampleCount: Int
  private let frameCount: Int
  /// Bins per row, a multiple of sixteen.
  private let stride: Int
  /// A, `[frame, stride]`.
  private let magnitudes: AlignedBuffer
  /// The transform of the pass before, `[frame, stride, 2]`.
  private let previous: AlignedBuffer
  /// The signal being transformed; cleared behind the frame that reads it.
  private var signal: AlignedBuffer
  /// Where the next signal gathers.
  private var gathering: AlignedBuffer
  /// What turns gathered sums into samples.
  private let envelope: AlignedBuffer
  private let frame: AlignedBuffer
  private let spectrum: AlignedBuffer
  private let silent: [Bool]

  init(transform: ShortTimeFourier, magnitudes source: MagnitudeFrames, sampleCount: Int) {
    self.transform = transform
    self.sampleCount = sampleCount
    frameCount = source.frameCount
    stride = (transform.binCount + 15) / 16 * 16
    magnitudes = AlignedBuffer(count: frameCount * stride)
    previous = AlignedBuffer(count: frameCount * stride * 2)
    signal = AlignedBuffer(count: transform.paddedCount(sampleCount: sampleCount, frameCount: frameCount))
    gathering = AlignedBuffer(count: signal.count)
    envelope = AlignedBuffer(count: signal.count)
    frame = AlignedBuffer(count: transform.fftLength)
    spectrum = AlignedBuffer(count: stride * 2)
    silent = (0..<frameCount).map { index in
      let row = source.values[(index * source.binCount)..<((index + 1) * source.binCount)]
      return row.allSatisfy { $0 == 0 }
    }
    source.values.withUnsafeBufferPointer { values in
      guard let base = values.baseAddress else { return }
      for index in 0..<source.frameCount {
        (magnitudes.base + index * stride).update(from: base + index * source.binCount, count: source.binCount)
      }
    }
    transform.fillInverseEnvelope(
      envelope.base, count: envelope.count, sampleCount: sampleCount, frameCount: frameCount)
  }

  /// The signal as it stands.
  var samples: [Float] {
    Array(UnsafeBufferPointer(start: signal.base + transform.fftLength / 2, count: sampleCount))
  }

  /// Makes the first signal, from the magnitudes and an initial phase.
  mutating func start(_ phase: GriffinLim.InitialPhase) {
    switch phase {
    case .random(let seed):
      var phasors = RandomPhasors(seed: seed)
      for index in 0..<frameCount {
        phasors.fill(previous.base + index * stride * 2, count: transform.binCount)
      }
    case .frames(let frames):
      precondition(
        frames.binCount == transform.binCount && frames.frameCount == frameCount,
        "phase of \(frames.frameCount) frames of \(frames.binCount) bins, "
          + "wants \(frameCount) of \(transform.binCount)")
      let width = 2 * transform.binCount
      frames.values.withUnsafeBufferPointer { values in
        guard let base = values.baseAddress else { return }
        for index in 0..<frameCount {
          (previous.base + index * stride * 2).update(from: base + index * width, count: width)
        }
      }
    }
    pass { index, spectrum in spectrum.update(from: previous.base + index * stride * 2, count: stride * 2) }
    swap(&signal, &gathering)
  }

  /// One iteration: forward transform, momentum, projection, inverse transform.
  ///
  /// - Parameter recall: how much of the transform before is subtracted: α / (1 + α), or 0 for none.
  mutating func iterate(recall: Float) {
    pass { index, spectrum in
      let samples = signal.base + index * transform.hopLength
      transform.window.withUnsafeBufferPointer { window in
        for offset in 0..<transform.fftLength { frame.base[offset] = window[offset] * samples[offset] }
      }
      transform.plan.forward(frame.base, into: spectrum)
      let before = previous.base + index * stride * 2
      accelerate(spectrum, before, count: stride * 2, recall: recall)
    }
    swap(&signal, &gathering)
  }

  /// Gathers the next signal from spectra that `load` puts in place, given the right magnitudes.
  private func pass(_ load: (_ frame: Int, _ spectrum: UnsafeMutablePointer<Float>) -> Void) {
    let hop = transform.hopLength
    for index in 0..<frameCount {
      if !silent[index] {
        load(index, spectrum.base)
        project(spectrum.base, onto: magnitudes.base + index * stride, count: stride)
        transform.plan.inverse(spectrum.base, into: frame.base)
        transform.overlapAdd(frame.base, onto: gathering.base + index * hop)
      }
      finish(from: index * hop, count: hop)
    }
    finish(from: frameCount * hop, count: signal.count - frameCount * hop)
  }

  /// Scales gathered sums that no later frame adds to, and clears the signal that no later frame reads.
  private func finish(from start: Int, count: Int) {
    let gathered = gathering.base + start
    let scale = envelope.base + start
    for offset in 0..<count { gathered[offset] *= scale[offset] }
    (signal.base + start).update(repeating: 0, count: count)
  }
}

/// c ← t − recall · t_before, t_before ← t, over interleaved values.
private func accelerate(
  _ spectrum: UnsafeMutablePointer<Float>, _ before: UnsafeMutablePointer<Float>, count: Int, recall: Float
) {
  if recall == 0 {
    before.update(from: spectrum, count: count)
    return
  }
  for index in 0..<count {
    let value = spectrum[index]
    spectrum[index] = value - recall * before[index]
    before[index] = value
  }
}

/// c ← A · c / |c| over `count` interleaved bins. Zero stays zero.
///
/// One plain loop, as that is what vectorises well: `squareRoot()` and shuffles of SIMD values do not.
private func project(
  _ spectrum: UnsafeMutablePointer<Float>, onto magnitudes: UnsafePointer<Float>, count: Int
) {
  for bin in 0..<count {
    let re = spectrum[2 &* bin]
    let im = spectrum[2 &* bin &+ 1]
    let gain = magnitudes[bin] * reciprocalSquareRoot(re * re + im * im + .leastNormalMagnitude)
    spectrum[2 &* bin] = re * gain
    spectrum[2 &* bin &+ 1] = im * gain
  }
}

/// 1 / √x of positive, normal x to a few units in the last place: a guess by halving the exponent, then Newton's steps.
@inline(__always)
private func reciprocalSquareRoot(_ x: Float) -> Float {
  var root = Float(bitPattern: 0x5F37_59DF &- (x.bitPattern &>> 1))
  let half = x * 0.5
  root *= 1.5 - half * root * root
  root *= 1.5 - half * root * root
  root *= 1.5 - half * root * root
  return root
}
