/// The memory of Griffin-Lim over a run of frames.
///
/// A pass reads the signal, and gathers the next one beside it. Momentum costs no frames: as the transform is linear,
/// t_n − r t_{n−1} is the transform of s_n − r s_{n−1}, so that only the signal before is kept, and the signal that a
/// pass reads is that difference.
///
/// Frames are worked through in chunks, any chunk on any thread. A chunk finishes the samples that it alone adds to;
/// those near its ends wait until all chunks are done.
final class GriffinLimWorkspace: @unchecked Sendable {
  // Sendable: during a pass each chunk writes only to samples and rows of its own, and each thread to its own lane.

  let transform: ShortTimeFourier
  let joint: JointMagnitude?
  let threads: Int
  /// A₀, the magnitudes to reach.
  let goal: FrameRows
  /// A, once the joint step has changed it.
  let current: FrameRows
  /// Band energies for the joint step, `[frame, band]`.
  let energies: AlignedBuffer
  /// s_n − r s_{n−1}, which is transformed next.
  var signal: AlignedBuffer
  /// Where the next signal gathers.
  var gathering: AlignedBuffer
  /// s_n.
  let latest: AlignedBuffer
  let envelope: AlignedBuffer
  /// What each chunk adds to the samples after its own.
  let tails: AlignedBuffer
  let lanes: [GriffinLimLane]
  var grid: FrameGrid
  var chunks: FrameChunks
  /// Ranges of positions that no chunk finishes alone.
  var seams: [Range<Int>] = []
  /// Samples that an earlier run made, from the first position on: they stay as they are.
  var known: [Float] = []
  /// The greatest magnitude of each frame that `goal` holds; 0 of silent ones.
  var loudest: [Float] = []
  /// Whether `current` holds the magnitudes, rather than `goal`.
  var hasCurrent = false

  /// Memory for any of `grids`.
  init(
    _ transform: ShortTimeFourier, grids: [FrameGrid], joint: JointMagnitude?, threads: Int
  ) {
    self.transform = transform
    self.joint = joint
    self.threads = threads
    let capacity = grids.reduce(1) { max($0, $1.frameCount) }
    let count = grids.reduce(1) { max($0, $1.count) }
    let bandCount = joint?.bandCount ?? 0
    goal = FrameRows(capacity: capacity, binCount: transform.binCount)
    current = FrameRows(capacity: joint == nil ? 0 : capacity, binCount: transform.binCount)
    energies = AlignedBuffer(count: capacity * bandCount)
    signal = AlignedBuffer(count: count)
    gathering = AlignedBuffer(count: count)
    latest = AlignedBuffer(count: count)
    envelope = AlignedBuffer(count: count)
    grid = grids[0]
    chunks = FrameChunks(frameCount: capacity, least: 1)
    tails = AlignedBuffer(count: chunks.count * (transform.fftLength - transform.hopLength))
    let laneCount = max(1, min(threads, chunks.count))
    lanes = (0..<laneCount).map { _ in GriffinLimLane(transform, bandCount: bandCount) }
  }

  /// Frames that see one sample.
  var overlap: Int { (transform.fftLength + transform.hopLength - 1) / transform.hopLength }

  /// Turns to another run of frames, which goes on from `known` samples, one frame of them, or from none.
  func begin(_ grid: FrameGrid, known: [Float]) {
    self.grid = grid
    self.known = known
    hasCurrent = false
    chunks = FrameChunks(frameCount: grid.frameCount, least: 2 * overlap)
    grid.fillEnvelope(envelope.base, window: transform.window)
    latest.clear()
    var place = 0
    seams = []
    for chunk in 0..<chunks.count {
      let alone = finishedAlone(chunk)
      if alone.isEmpty { continue }
      seams.append(place..<(alone.lowerBound * transform.hopLength))
      place = alone.upperBound * transform.hopLength
    }
    seams.append(place..<grid.count)
  }

  /// The blocks of a hop that a chunk finishes alone: no other chunk's frames reach them, and time does not go round
  /// there.
  func finishedAlone(_ chunk: Int) -> Range<Int> {
    let frames = chunks[chunk]
    let end = grid.isCircular ? min(frames.upperBound, grid.signal.count / transform.hopLength) : frames.upperBound
    return min(frames.lowerBound + overlap, end)..<end
  }

  /// Looks over the magnitudes that `goal` now holds: what is not a finite positive number is silent.
  func acceptGoal() {
    let (goal, stride) = (self.goal.base, self.goal.stride)
    let vectorCount = stride / SIMD16<Float>.scalarCount
    loudest = (0..<grid.frameCount).map { frame in
      (goal + frame * stride).withMemoryRebound(to: SIMD16<Float>.self, capacity: vectorCount) { row in
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

extension GriffinLimWorkspace {
  /// Copies the samples that a section has made to their places in the clip.
  func finish(_ section: FrameSections.Section, into samples: inout [Float]) {
    // Where the run begins within the clip.
    let offset = section.frames.lowerBound * transform.hopLength - transform.fftLength / 2
    let end = nextStart(after: section).map { min($0 + transform.fftLength, grid.signal.upperBound) }
    for position in grid.signal.lowerBound..<(end ?? grid.signal.upperBound) {
      samples[grid.isCircular ? position - grid.signal.lowerBound : offset + position] = latest.base[position]
    }
  }

  /// The samples of the next section's first frame, which it keeps; none after the last.
  func nextFrame(after section: FrameSections.Section) -> [Float] {
    guard let start = nextStart(after: section) else { return [] }
    return Array(UnsafeBufferPointer(start: latest.base + start, count: transform.fftLength))
  }

  private func nextStart(after section: FrameSections.Section) -> Int? {
    section.next.map { ($0 - section.frames.lowerBound) * transform.hopLength }
  }
}
