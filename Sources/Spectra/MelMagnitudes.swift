import Foundation
import Parallelism

/// The magnitudes that mel frames stand for: what the vocoder gives Griffin-Lim.
struct MelMagnitudes: MagnitudeSource {
  /// Bands below this many decibels are silent: what is quieter is the floor's rounding and the network's error.
  private static let silenceDecibels: Float = -97
  private static let updates = 30

  let mel: MelFrames
  let inversion: NonnegativeInversion
  let joint: JointMagnitude?
  /// The level of the value −1.
  let floorDecibels: Float
  /// The magnitude of a full-scale sine.
  let fullScale: Double

  func fill(
    _ frames: Range<Int>, magnitudes: UnsafeMutablePointer<Float>, stride: Int,
    energies: UnsafeMutablePointer<Float>, threads: Int
  ) {
    let rows = Rows(magnitudes: magnitudes, energies: energies)
    let groups = FrameChunks(frameCount: frames.count, most: NonnegativeInversion.lanes)
    let scratch = (0..<max(1, threads)).map { _ in NonnegativeInversion.Scratch(inversion.bank) }
    Parallel.forEach(groups.count, threads: threads) { group, lane in
      let run = groups[group]
      let bands = rows.energies + run.lowerBound * mel.bandCount
      for row in run { fillEnergies(of: frames.lowerBound + row, into: rows.energies + row * mel.bandCount) }
      inversion.invert(
        bands, frameCount: run.count, updates: Self.updates, into: rows.magnitudes + run.lowerBound * stride,
        stride: stride, scratch[lane])
    }
  }

  /// The energies of one frame's bands; silence beyond the last frame.
  private func fillEnergies(of frame: Int, into energies: UnsafeMutablePointer<Float>) {
    let loudest = Float(20 * log10(fullScale))
    let values = frame * mel.bandCount
    for band in 0..<mel.bandCount {
      let value = values + band < mel.values.count ? mel.values[values + band] : MelFrames.silence
      let decibels = (1 - min(value, 1)) / 2 * floorDecibels
      // Written so that a value that is not a number is silent.
      let power = decibels >= Self.silenceDecibels ? exp2((decibels + loudest) * Self.octavesPerDecibel) : 0
      energies[band] = power / inversion.bank.heights[band]
    }
  }

  /// log₂ 10 / 10.
  private static let octavesPerDecibel: Float = 0.332_192_81

  /// What the threads write to, each in places of its own.
  private struct Rows: @unchecked Sendable {
    let magnitudes: UnsafeMutablePointer<Float>
    let energies: UnsafeMutablePointer<Float>
  }
}
