/// What a thread needs to work through frames, one thread at a time.
final class GriffinLimLane: @unchecked Sendable {
  let frame: AlignedBuffer
  let spectrum: AlignedBuffer
  /// |c|², and what the joint step makes of it.
  let power: AlignedBuffer
  let ratios: AlignedBuffer
  /// Overlapping frames summed so far, from the next frame's start on.
  private(set) var sums: AlignedBuffer
  private var nextSums: AlignedBuffer
  private let window: AlignedBuffer
  private let hopLength: Int
  private let plan: FourierPlan

  init(_ transform: ShortTimeFourier, melBandCount: Int) {
    let stride = FrameRows.stride(binCount: transform.binCount)
    frame = AlignedBuffer(count: transform.fftLength)
    spectrum = AlignedBuffer(count: 2 * stride)
    power = AlignedBuffer(count: stride)
    ratios = AlignedBuffer(count: melBandCount + 1)
    sums = AlignedBuffer(count: transform.fftLength - transform.hopLength)
    nextSums = AlignedBuffer(count: sums.count)
    window = AlignedBuffer(count: transform.fftLength)
    for (index, weight) in transform.window.enumerated() { window.base[index] = weight }
    hopLength = transform.hopLength
    plan = transform.plan
  }

  /// spectrum ← the transform of a frame of samples.
  func transform(_ samples: UnsafePointer<Float>) {
    SpectrumArithmetic.multiply(window.base, samples, into: frame.base, count: frame.count)
    plan.forward(frame.base, into: spectrum.base)
  }

  /// Hands each of the next `hopLength` positions its sum, now that the windowed frame is added, to `body`.
  @inline(__always)
  func overlapAdd(_ body: (_ offset: Int, _ sum: Float) -> Void) {
    let (sums, next, window, frame) = (self.sums.base, nextSums.base, self.window.base, self.frame.base)
    let (hop, length) = (hopLength, self.frame.count)
    for offset in 0..<hop { body(offset, sums[offset] + window[offset] * frame[offset]) }
    for offset in hop..<(length - hop) { next[offset &- hop] = sums[offset] + window[offset] * frame[offset] }
    for offset in (length - hop)..<length { next[offset &- hop] = window[offset] * frame[offset] }
    swap(&self.sums, &nextSums)
  }
}
