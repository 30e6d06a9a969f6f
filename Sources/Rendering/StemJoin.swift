import Audio
import Corpus
import Foundation

/// Puts the parts of a stem together.
///
/// Two neighbours play the same notes around the bar line between them. The fade lies just before it: what is struck there is
/// all of the later part. It is as loud as both, however much they are alike.
package enum StemJoin {
  /// Seconds before a bar line between which one part fades into the other.
  static let fade = (begins: 0.05, ends: 0.006)
  /// Seconds of the ramp where a part begins after a rest, and how long before its first note that is.
  private static let ramp = 0.005
  /// Seconds behind its notes' ends in which a stem may ring before a rest, and of the fade then.
  static let ringing = 1.0
  private static let fadeOut = 0.4
  /// Notes farther apart have a rest between them.
  private static let leastRest = 0.5

  /// The stem of clips and the places, in samples, that they have in it and that are their own; nil for a rest.
  package static func joined(
    _ parts: [(own: Range<Int>, made: Range<Int>, samples: [Float])?], frameCount: Int, sampleRate: Int
  ) -> [Float] {
    var result = [Float](repeating: 0, count: frameCount)
    for (index, part) in parts.enumerated() {
      guard let part else { continue }
      let hasPrevious = index > 0 && parts[index - 1] != nil
      let hasNext = index + 1 < parts.count && parts[index + 1] != nil
      let begins = Int(fade.begins * Double(sampleRate))
      let start = max(0, part.own.lowerBound - begins)
      let end = min(frameCount, hasNext ? part.own.upperBound - begins : part.made.upperBound)
      guard start < end else { continue }
      let samples = Array(part.samples[(start - part.made.lowerBound)..<(end - part.made.lowerBound)])
      if hasPrevious, start > 0 {
        let old = parts[index - 1].map { previous in
          Array(previous.samples[(start - previous.made.lowerBound)...].prefix(begins))
        }
        mix(old ?? [], samples, into: &result, at: start, sampleRate: sampleRate)
      } else {
        let ramp = max(1, Int(ramp * Double(sampleRate)))
        for (offset, value) in samples.enumerated() {
          result[start + offset] = offset < ramp ? value * (0.5 - 0.5 * cos(.pi * Float(offset) / Float(ramp))) : value
        }
      }
    }
    return result
  }

  /// The later part from the fade on, its beginning mixed with the end of the earlier one.
  private static func mix(_ old: [Float], _ new: [Float], into result: inout [Float], at start: Int, sampleRate: Int) {
    let length = max(1, Int((fade.begins - fade.ends) * Double(sampleRate)))
    let (first, second) = (old.prefix(length), new.prefix(length))
    let product = zip(first, second).reduce(Float(0)) { $0 + $1.0 * $1.1 }
    let powers = (first.reduce(Float(0)) { $0 + $1 * $1 }, second.reduce(Float(0)) { $0 + $1 * $1 })
    let alike = powers.0 > 0 && powers.1 > 0 ? max(0, product / (powers.0 * powers.1).squareRoot()) : 0
    for (offset, value) in new.enumerated() {
      guard offset < length, offset < old.count else {
        result[start + offset] = value
        continue
      }
      let angle = Float.pi / 2 * (Float(offset) + 0.5) / Float(length)
      let (own, other) = (sin(angle), cos(angle))
      // Equal power for what differs, equal amplitude for what does not.
      let level = 1 / (1 + 2 * own * other * alike).squareRoot()
      result[start + offset] = level * (own * value + other * old[offset])
    }
  }

  /// The samples with silence where the notes rest for long: a network that is told of no notes may play some.
  package static func resting(
    _ samples: [Float], notes: [(start: Double, end: Double)], sampleRate: Int
  ) -> [Float] {
    var result = samples
    var last = -Double.infinity
    let ends = notes.sorted { $0.start < $1.start } + [(start: .infinity, end: .infinity)]
    for note in ends {
      let (first, second) = (last + ringing, note.start - 0.02)
      if second - first > leastRest {
        let end = min(second, Double(samples.count) / Double(sampleRate))
        silence(&result, from: max(0, first), to: end, fades: first.isFinite, sampleRate: sampleRate)
      }
      last = max(last, note.end)
    }
    return result
  }

  private static func silence(
    _ samples: inout [Float], from first: Double, to last: Double, fades: Bool, sampleRate: Int
  ) {
    let rate = Double(sampleRate)
    let (start, end) = (Int(first * rate), min(samples.count, Int(last * rate)))
    let (out, back) = (Int(fadeOut * rate), Int(ramp * rate))
    for place in stride(from: max(0, start), to: max(start, end), by: 1) {
      let gone = fades ? 0.5 + 0.5 * cos(.pi * min(1, Float(place - start) / Float(out))) : 0
      let come = 0.5 + 0.5 * cos(.pi * min(1, Float(end - place) / Float(back)))
      samples[place] *= max(gone, end < samples.count ? come : 0)
    }
  }
}
