import Foundation
package import Music
import Parallelism

/// Puts the lowest partials of notes that were asked for where they belong.
///
/// Where bands are single bins, a partial's frequency is told by how the levels of the two around it differ, by 11.6 dB a bin
/// in the middle between them. A network that is wrong by a decibel is wrong by a hertz and a quarter there: a third of a
/// semitone at C2, and hardly anything where notes are high (docs/experiments/low-notes.md). The notes of the control track
/// say which frequencies are meant; so each of their lowest partials is shifted to its own (`TunedPartial`), each by
/// itself, as each is out of tune by itself.
package struct PartialTuning: Sendable {
  /// Overtones up to here are tuned, and fundamentals up to there: what lies higher is in tune, or stretched as strings are.
  private static let highestOvertone = 350.0
  private static let highestFundamental = 1100.0
  /// Hertz to the nearest other partial below which they cannot be told apart.
  private static let leastSpacing = 18.0
  /// Strength from which on a pitch class, or an octave, is asked for.
  private static let asked: Float = 0.25
  /// Frames of a note at least: of shorter ones there is no pitch to tell.
  private static let leastFrames = 6
  /// The share of a note's frames in which another one has to sound to be beside it, rather than before or after.
  private static let besideShare = 0.2
  /// Seconds that a note sounds on behind its end.
  private static let release = 0.3

  private let sampleRate: Double

  package init(sampleRate: Int) { self.sampleRate = Double(sampleRate) }

  /// The samples with the partials of a track's notes in tune. A track that knows no octaves says nothing of them.
  package func tuned(_ samples: [Float], to track: ControlTrack, threads: Int = 1) -> [Float] {
    tuned(samples, partials(of: track, sampleCount: samples.count), threads: threads)
  }

  /// The samples of one note alone, with so many of its lowest partials in tune, whatever their frequencies.
  package func tuned(_ samples: [Float], hertz: Double, partialCount: Int) -> [Float] {
    let partials = (1...partialCount).map { Double($0) * hertz }.filter { $0 < sampleRate / 4 }.map {
      TunedPartial(hertz: $0, spacing: hertz, span: samples.indices, sampleRate: sampleRate)
    }
    return tuned(samples, partials, threads: 1)
  }

  private func tuned(_ samples: [Float], _ partials: [TunedPartial], threads: Int) -> [Float] {
    var result = samples
    // In one order always, so that sums come out the same.
    for first in stride(from: 0, to: partials.count, by: Self.together) {
      let some = Array(partials[first..<min(partials.count, first + Self.together)])
      let corrections = Parallel.map(some.count, threads: threads) { some[$0].correction(of: samples) }
      for (partial, correction) in zip(some, corrections) {
        for (offset, value) in correction.enumerated() { result[partial.span.lowerBound + offset] += value }
      }
    }
    return result
  }

  /// Partials whose corrections are in memory at a time.
  private static let together = 16

  /// A note, and the frames in which it sounds.
  private struct Note {
    let key: Int
    var frames: Range<Int>
    var hertz: Double { 440 * exp2(Double(key - 69) / 12) }
  }

  private func partials(of track: ControlTrack, sampleCount: Int) -> [TunedPartial] {
    guard track.groups.isSuperset(of: [.pitch, .register]) else { return [] }
    let samplesPerFrame = sampleRate / track.framesPerSecond
    let keys = (0..<track.frameCount).map { track.keys(frame: $0, from: Self.asked) }
    return notes(keys).flatMap { note -> [TunedPartial] in
      let start = Int(Double(note.frames.lowerBound) * samplesPerFrame)
      let end = Int(Double(note.frames.upperBound) * samplesPerFrame + Self.release * sampleRate)
      guard start < sampleCount, note.frames.count >= Self.leastFrames else { return [] }
      let others = Self.beside(note, keys).map { 440 * exp2(Double($0 - 69) / 12) }
      return places(of: note).compactMap { place in
        let spacing = spacing(of: place, note, others)
        guard spacing >= Self.leastSpacing else { return nil }
        return TunedPartial(
          hertz: place, spacing: spacing, span: start..<min(end, sampleCount), sampleRate: sampleRate)
      }
    }
  }

  /// The keys of other notes that sound together with one.
  private static func beside(_ note: Note, _ keys: [[Int]]) -> [Int] {
    var counts: [Int: Int] = [:]
    for key in keys[note.frames].joined() where key != note.key { counts[key, default: 0] += 1 }
    let least = besideShare * Double(note.frames.count)
    return counts.filter { Double($0.value) > least }.keys.sorted()
  }

  /// The notes of frames' keys, in the order in which they begin.
  private func notes(_ keys: [[Int]]) -> [Note] {
    var (notes, sounding): ([Note], [Int: Int]) = ([], [:])
    for (frame, keys) in keys.enumerated() {
      for key in sounding.keys where !keys.contains(key) { sounding[key] = nil }
      for key in keys {
        if let index = sounding[key] {
          notes[index].frames = notes[index].frames.lowerBound..<frame + 1
        } else {
          sounding[key] = notes.count
          notes.append(Note(key: key, frames: frame..<frame + 1))
        }
      }
    }
    return notes
  }

  private func places(of note: Note) -> [Double] {
    let fundamental = note.hertz
    guard fundamental <= Self.highestFundamental else { return [] }
    return [fundamental] + stride(from: 2 * fundamental, through: Self.highestOvertone, by: fundamental)
  }

  /// Hertz from a partial to the nearest other one, of the note itself or of others that sound with it.
  private func spacing(of place: Double, _ note: Note, _ others: [Double]) -> Double {
    others.reduce(note.hertz) { nearest, other in
      let order = max(1, (place / other).rounded())
      return min(nearest, abs(place - order * other))
    }
  }
}
