import Foundation
import Spectra
import Tensors

/// Strokes that begin at other times, in their order: each keeps its attack, and what follows is stretched to the next.
struct RhythmVariation {
  let amount: Double
  let seed: UInt64

  /// Frames of a stroke that keep their pace, from before its peak on.
  private static let (lead, attack) = (2, 6)
  /// Frames between two strokes at least.
  private static let leastDistance = 5

  /// - Parameter beat: a quarter note in frames, whose fourths strokes move by; nil where they may move by anything.
  func applied(to frames: SoundFrames, beat: Double?) -> SoundFrames {
    let starts = [0] + Self.onsets(of: frames.mel).map { max(1, $0 - Self.lead) }.filter { $0 > Self.leastDistance }
    let moved = self.moved(starts, end: frames.frameCount, step: beat.map { $0 / 4 })
    var values: [Float] = []
    values.reserveCapacity(frames.values.count)
    for (index, start) in moved.enumerated() {
      let end = index + 1 < moved.count ? moved[index + 1] : frames.frameCount
      let sourceEnd = index + 1 < starts.count ? starts[index + 1] : frames.frameCount
      let stroke = Stroke(start: starts[index], length: sourceEnd - starts[index], newLength: end - start)
      for frame in 0..<end - start { values += frames.value(at: stroke.place(of: frame, attack: Self.attack)) }
    }
    return SoundFrames(layout: frames.layout, values: values)
  }

  /// One stroke, in frames.
  private struct Stroke {
    let start, length, newLength: Int

    /// Where in the source a frame of it is.
    func place(of frame: Int, attack: Int) -> Double {
      let kept = min(attack, length / 2, newLength / 2)
      if frame < kept || newLength == kept { return Double(start + min(frame, length - 1)) }
      return Double(start + kept) + Double(frame - kept) * Double(length - kept) / Double(newLength - kept)
    }
  }

  /// Where strokes begin then.
  private func moved(_ starts: [Int], end: Int, step: Double?) -> [Int] {
    var random = RandomSource(seed: seed).split(12)
    var moved = starts
    for index in moved.indices.dropFirst() {
      let (before, behind) = (moved[index - 1], index + 1 < moved.count ? moved[index + 1] : end)
      let (chance, way, far) = (random.uniform(), random.uniform() < 0.5 ? -1.0 : 1.0, Double(random.uniform()))
      guard Double(chance) < 0.35 + amount else { continue }
      for way in [way, -way] {
        let room = way < 0 ? moved[index] - before : behind - moved[index]
        let reach = Double(room) * (0.3 + 0.5 * amount)
        var distance = max(Double(Self.leastDistance), reach * (0.5 + 0.5 * far))
        if let step { distance = max(1, (distance / step).rounded()) * step }
        let place = moved[index] + Int((way * distance).rounded())
        guard place - before >= Self.leastDistance, behind - place >= Self.leastDistance else { continue }
        moved[index] = place
        break
      }
    }
    return moved
  }

  /// Frames in which bands rise at once more than they do around.
  static func onsets(of frames: MelFrames) -> [Int] {
    let (bands, count) = (frames.bandCount, frames.frameCount)
    guard count > 2 else { return [] }
    var rise = [Float](repeating: 0, count: count)
    for frame in 1..<count {
      for band in 0..<bands {
        rise[frame] += max(0, frames.values[frame * bands + band] - frames.values[(frame - 1) * bands + band])
      }
    }
    let sorted = rise.sorted()
    let least = max(sorted[count / 2] * 2, (sorted.last ?? 0) * 0.2)
    var onsets: [Int] = []
    for frame in 1..<count - 1
    where rise[frame] > least && rise[frame] >= rise[frame - 1] && rise[frame] > rise[frame + 1] {
      if let last = onsets.last, frame - last < leastDistance {
        if rise[frame] > rise[last] { onsets[onsets.count - 1] = frame }
      } else {
        onsets.append(frame)
      }
    }
    return onsets
  }
}

extension SoundFrames {
  /// What lies between two frames, by proportion.
  fileprivate func value(at place: Double) -> [Float] {
    let first = min(max(0, Int(place)), frameCount - 1)
    let (second, part) = (min(first + 1, frameCount - 1), Float(place - Double(first)))
    let width = layout.valueCount
    let line = (0..<layout.attacks.lowerBound).map { index -> Float in
      let (a, b) = (values[first * width + index], values[second * width + index])
      return a + min(max(part, 0), 1) * (b - a)
    }
    return line + (layout.attacks.isEmpty ? [] : attackValues(at: place))
  }
}
