import Parallelism

extension PhaseIntegration {
  /// Makes the cells of all frames, with a phase where there is none to integrate; returns the open bins that no
  /// neighbour is louder than, from the loudest down: every island's loudest is among them.
  func prepare(_ cells: PhaseCells, for input: Input, threads: Int) -> [Int] {
    let lanes = (0..<max(1, threads)).map { _ in PhasePreparation(self, cells, input) }
    let chunks = FrameChunks(frameCount: input.frameCount, least: 1)
    Parallel.forEach(chunks.count, threads: threads) { chunk, lane in lanes[lane].prepare(chunks[chunk]) }
    // All keys differ, so that their order tells nothing of the threads.
    return lanes.flatMap(\.peaks).sorted(by: >).map { Int(UInt32.max - UInt32(truncatingIfNeeded: $0)) }
  }
}

/// What a thread makes cells with.
private final class PhasePreparation: @unchecked Sendable {
  /// Of each peak found its magnitude's bits, then its place, inverted.
  private(set) var peaks: [UInt64] = []
  private let integration: PhaseIntegration
  private let phases: PhaseCells
  private let input: PhaseIntegration.Input
  /// ln of the magnitudes of the frame before, of the frame itself and of the one after, in turn.
  private let logs: FrameRows

  init(_ integration: PhaseIntegration, _ phases: PhaseCells, _ input: PhaseIntegration.Input) {
    self.integration = integration
    self.phases = phases
    self.input = input
    logs = FrameRows(capacity: 3, binCount: integration.transform.binCount)
  }

  /// Makes the cells of `frames`.
  func prepare(_ frames: Range<Int>) {
    takeLogarithms(frames.lowerBound - 1)
    takeLogarithms(frames.lowerBound)
    for frame in frames {
      takeLogarithms(frame + 1)
      fillCells(frame)
      findPeaks(frame)
    }
  }

  /// The logarithms of a frame, or of what stands for one beyond the ends.
  private func row(_ frame: Int) -> UnsafeMutablePointer<Float> { logs.base + (frame + 3) % 3 * logs.stride }

  private func takeLogarithms(_ frame: Int) {
    let row = row(frame)
    let values = input.goal.base + input.seam.row(frame) * logs.stride
    let least = max(input.peak * PhaseIntegration.logFloor, .leastNormalMagnitude)
    for bin in 0..<logs.stride { row[bin] = naturalLogarithm(max(values[bin], least)) }
    // The spectrum of real samples is even about both ends.
    let binCount = integration.transform.binCount
    row[-1] = row[1]
    row[binCount] = row[binCount - 2]
  }

  private func fillCells(_ frame: Int) {
    let (before, levels, after) = (row(frame - 1), row(frame), row(frame + 1))
    let magnitudes = input.goal.base + frame * logs.stride
    let cells = phases.base + frame * logs.stride
    let floor = input.floor
    let timeScale = 0.5 * integration.timeScale
    let frequencyScale = 0.5 * integration.frequencyScale * input.seam.steepness(frame)
    for bin in 0..<integration.transform.binCount {
      let magnitude = magnitudes[bin]
      let isOpen = magnitude > floor
      cells[bin] = PhaseCell(
        link: isOpen ? PhaseCell.waiting(bucket: MagnitudeQueue.bucket(magnitude, above: floor)) : PhaseCell.closed,
        phase: isOpen ? 0 : PhaseCell.arbitraryPhase(magnitude, seed: input.seed),
        timeSlope: timeScale * (levels[bin + 1] - levels[bin - 1]),
        frequencySlope: frequencyScale * (before[bin] - after[bin]))
    }
    if frame == 0 {
      for (bin, phase) in input.known.enumerated() { cells[bin].phase = phase }
    }
  }

  private func findPeaks(_ frame: Int) {
    let (before, levels, after) = (row(frame - 1), row(frame), row(frame + 1))
    let magnitudes = input.goal.base + frame * logs.stride
    let floor = input.floor
    for bin in 0..<integration.transform.binCount where magnitudes[bin] > floor {
      let level = levels[bin]
      guard level >= levels[bin - 1], level >= levels[bin + 1], level >= before[bin], level >= after[bin] else {
        continue
      }
      let index = UInt32(truncatingIfNeeded: frame * logs.stride + bin)
      peaks.append(UInt64(magnitudes[bin].bitPattern) &<< 32 | UInt64(UInt32.max &- index))
    }
  }
}

/// ln x of positive, normal x to a few units in the last place, in operations that vectorise: 2 artanh of the mantissa,
/// which lies within √½ … √2.
@inline(__always)
private func naturalLogarithm(_ x: Float) -> Float {
  let shifted = x.bitPattern &- 0x3F35_04F3
  let exponent = Int32(bitPattern: shifted) &>> 23
  let mantissa = Float(bitPattern: (shifted & 0x007F_FFFF) &+ 0x3F35_04F3)
  let ratio = (mantissa - 1) / (mantissa + 1)
  let square = ratio * ratio
  let series = 2 + square * (0.666_666_67 + square * (0.4 + square * 0.285_714_3))
  return Float(exponent) * 0.693_147_18 + ratio * series
}
