import Foundation

/// Silence where notes rest for long: a network that is told of no notes may play some.
package enum StemRests {
  /// Seconds behind its notes' ends in which a stem may ring before a rest, and of the fade then.
  private static let ringing = 1.0
  private static let fadeOut = 0.4
  /// Seconds in which it comes back, just before a note.
  private static let ramp = 0.005
  private static let lead = 0.02
  /// Notes farther apart have a rest between them.
  private static let leastRest = 0.5

  /// The samples with silence in the rests between notes, in seconds.
  package static func silenced(
    _ samples: [Float], notes: [(start: Double, end: Double)], sampleRate: Int
  ) -> [Float] {
    var result = samples
    var last = -Double.infinity
    let ends = notes.sorted { $0.start < $1.start } + [(start: .infinity, end: .infinity)]
    for note in ends {
      let (first, second) = (last + ringing, note.start - lead)
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
