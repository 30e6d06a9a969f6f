import Audio
import Foundation

/// A loop that is cut out of a recording: as long as is asked for, to the sample, and its end goes over into its beginning.
///
/// Where something sounds before the loop's beginning, its end fades over into that; else what sounds behind its end fades out
/// over its beginning. The place is moved forward by some milliseconds where the waves then meet in phase. Weights of the
/// fade keep the level, whatever both have in common.
package struct RecordedLoop: Sendable {
  package let channels: [[Float]]

  /// Seconds by which the loop may begin earlier than is asked for: nothing that is struck there is cut.
  private static let reach = 0.005
  /// Seconds of the fade: of what is alike, and of what is not, where a longer one would be heard as two players.
  private static let fades = (alike: 0.08, unlike: 0.02)
  /// The correlation from which on two stretches are alike.
  private static let likeness = 0.7
  /// Seconds that are compared.
  private static let window = 0.02

  /// Seconds behind a loop's end that may be made use of.
  package static let margin = 0.1

  /// - Parameters:
  ///   - recording: channels from its beginning on; behind its end is silence. What their mean is like decides about all.
  ///   - start: where the loop begins, in samples.
  ///   - count: its samples.
  package init(channels recording: [[Float]], from start: Int, count: Int, sampleRate: Int) {
    let mean = AudioClip(channels: recording, sampleRate: sampleRate).samples
    let place = Self.place(near: start, mean, count: count, sampleRate: sampleRate)
    let correlation = Self.correlation(mean, place, place + count, window: Int(Self.window * Double(sampleRate)))
    channels = recording.map {
      Self.loop($0, at: place, count: count, correlation: correlation, sampleRate: sampleRate)
    }
  }

  private static func loop(
    _ recording: [Float], at place: Int, count: Int, correlation: Double, sampleRate: Int
  ) -> [Float] {
    func sample(_ index: Int) -> Float { recording.indices.contains(index) ? recording[index] : 0 }
    var made = (0..<count).map { sample(place + $0) }
    let seconds = correlation > likeness ? fades.alike : fades.unlike
    let wanted = max(1, min(Int(seconds * Double(sampleRate)), count / 2))
    let behind = recording.count - (place + count)
    if place >= min(wanted, least(sampleRate)) {
      let fade = min(wanted, place)
      for offset in 0..<fade {
        let weights = weights(offset, of: fade, correlation: correlation)
        let target = count - fade + offset
        made[target] = weights.out * made[target] + weights.in * sample(place - fade + offset)
      }
    } else if behind >= min(wanted, least(sampleRate)) {
      let fade = min(wanted, behind)
      for offset in 0..<fade {
        let weights = weights(offset, of: fade, correlation: correlation)
        made[offset] = weights.out * sample(place + count + offset) + weights.in * made[offset]
      }
    } else {
      meet(&made, sampleRate: sampleRate)
    }
    return made
  }

  /// Samples that make a fade worth its name.
  private static func least(_ sampleRate: Int) -> Int { sampleRate / 200 }

  /// What the one that goes out and the one that comes in count for at a step of a fade: their sum has the power that it
  /// should, for signals of this correlation.
  private static func weights(_ step: Int, of count: Int, correlation: Double) -> (out: Float, in: Float) {
    let share = 0.5 - 0.5 * cos(Double.pi * (Double(step) + 0.5) / Double(count))
    let (outgoing, incoming) = (1 - share, share)
    let power = outgoing * outgoing + incoming * incoming + 2 * max(0, correlation) * outgoing * incoming
    let scale = 1 / power.squareRoot()
    return (Float(outgoing * scale), Float(incoming * scale))
  }

  /// Where nothing lies on either side, both ends come to one value within two milliseconds.
  private static func meet(_ samples: inout [Float], sampleRate: Int) {
    guard let first = samples.first, let last = samples.last else { return }
    let fade = max(1, min(sampleRate / 500, samples.count / 4))
    let step = first - last
    for offset in 0..<fade {
      let share = Float(fade - offset) / Float(fade + 1) / 2
      samples[offset] -= step * share
      samples[samples.count - 1 - offset] += step * share
    }
  }

  /// The place at most `reach` before one at which what comes before it is most like what comes before the loop's end.
  private static func place(near start: Int, _ recording: [Float], count: Int, sampleRate: Int) -> Int {
    let (reach, window) = (Int(reach * Double(sampleRate)), Int(window * Double(sampleRate)))
    var best = (place: start, likeness: -Double.infinity)
    for shift in stride(from: 0, through: min(reach, start), by: 1) {
      let place = start - shift
      // A later beginning is nearer to what is asked for.
      let likeness =
        correlation(recording, place, place + count, window: window) - 0.1 * Double(shift) / Double(max(1, reach))
      if likeness > best.likeness { best = (place, likeness) }
    }
    return best.place
  }

  /// How alike the surroundings of two places are, −1 … 1: as waves, not as levels.
  private static func correlation(_ samples: [Float], _ first: Int, _ second: Int, window: Int) -> Double {
    var (product, one, other) = (0.0, 1e-9, 1e-9)
    for offset in -window..<window / 4 {
      let (a, b) = (first + offset, second + offset)
      guard a >= 0, b < samples.count else { continue }
      product += Double(samples[a]) * Double(samples[b])
      one += Double(samples[a]) * Double(samples[a])
      other += Double(samples[b]) * Double(samples[b])
    }
    return product / (one * other).squareRoot()
  }

  /// The length near one that is asked for at which a recording goes round best, where no tempo says another.
  /// - Parameters:
  ///   - seconds: how far it may be from that.
  package static func bestCount(
    near count: Int, _ recording: [Float], from start: Int, within seconds: Double = 0.02, sampleRate: Int
  ) -> Int {
    let reach = min(Int(seconds * Double(sampleRate)), count / 8)
    let window = Int(window * Double(sampleRate))
    let possible = (count - reach...count + reach).filter { start + $0 <= recording.count }
    func likeness(_ length: Int) -> Double {
      correlation(recording, start, start + length, window: window)
        - 0.05 * Double(abs(length - count)) / Double(max(1, reach))
    }
    // Of waves slower than that the places between are as alike.
    let coarse = possible.enumerated().filter { $0.offset % 4 == 0 || $0.element == count }.map(\.element)
    guard let rough = coarse.max(by: { likeness($0) < likeness($1) }) else { return count }
    return possible.filter { abs($0 - rough) < 4 }.max { likeness($0) < likeness($1) } ?? rough
  }
}
