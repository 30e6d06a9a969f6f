/// Where Griffin-Lim has its magnitudes from, some frames at a time.
protocol MagnitudeSource: Sendable {
  /// What the joint step knows of the bands; nil where magnitudes are all there is.
  var joint: JointMagnitude? { get }

  /// Writes the magnitudes of `frames`, `[frame, stride]`, and where there is a joint step their band energies,
  /// `[frame, band]`.
  func fill(
    _ frames: Range<Int>, magnitudes: UnsafeMutablePointer<Float>, stride: Int,
    energies: UnsafeMutablePointer<Float>, threads: Int)
}

/// A₀, the magnitudes that a section's frames are to have, and what else its source knows of them.
final class MagnitudeGoal: Sendable {
  let layout: SectionLayout
  /// What the joint step knows of the bands, where there is one.
  let joint: JointMagnitude?
  /// The greatest magnitude of each frame; 0 of silent ones.
  let loudest: [Float]
  private let memory: Memory

  /// Asks `source` for the magnitudes of the layout's frames; those that are not finite and positive become 0.
  init(_ layout: SectionLayout, from source: some MagnitudeSource, threads: Int) {
    let frameCount = layout.grid.frameCount
    self.layout = layout
    joint = source.joint
    memory = Memory(
      rows: FrameRows(capacity: frameCount, binCount: layout.transform.binCount),
      energies: AlignedBuffer(count: frameCount * (source.joint?.melBandCount ?? 0)))
    source.fill(
      layout.section.frames, magnitudes: memory.rows.base, stride: memory.rows.stride,
      energies: memory.energies.base, threads: threads)
    loudest = memory.acceptRows(frameCount)
  }

  /// Bin 0 of the first frame, `[frame, stride]`.
  var base: UnsafePointer<Float> { UnsafePointer(memory.rows.base) }
  var stride: Int { memory.rows.stride }
  /// Band energies for the joint step, `[frame, band]`.
  var energies: UnsafePointer<Float> { UnsafePointer(memory.energies.base) }

  /// Written to by `init` alone.
  private struct Memory: ~Copyable, @unchecked Sendable {
    let rows: FrameRows
    let energies: AlignedBuffer

    /// Silences what is not a finite positive number; returns the greatest of each row.
    func acceptRows(_ count: Int) -> [Float] {
      let (base, stride) = (rows.base, rows.stride)
      let vectorCount = stride / SIMD16<Float>.scalarCount
      return (0..<count).map { frame in
        (base + frame * stride).withMemoryRebound(to: SIMD16<Float>.self, capacity: vectorCount) { row in
          var loudest = SIMD16<Float>.zero
          for index in 0..<vectorCount {
            // Written so that a value that is not a number fails.
            let isSound = (row[index] .> 0) .& (row[index] .< .infinity)
            row[index].replace(with: 0, where: .!isSound)
            loudest.replace(with: row[index], where: row[index] .> loudest)
          }
          return loudest.max()
        }
      }
    }
  }
}
