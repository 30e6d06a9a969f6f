import Foundation
import Spectra

/// Takes away what is heard of a note before the note begins.
///
/// The vocoder's windows are longer than an attack, so what it makes of frames that are placed (`OnsetPlacement`) still rises some
/// milliseconds early, and notes differ in how much. In windows of 12 ms no band may be louder, in the 40 ms before a note,
/// than it was before those. What goes on stays as it is.
package struct OnsetGate: Sendable {
  private static let (fftLength, hopLength) = (512, 128)
  /// Hops before a beginning in which a band is held, and before those, in which is looked how loud it was.
  private static let (held, lookback) = (13, 16)
  /// Hops of samples around what is held: a window's length.
  private static let margin = 4
  /// By how many decibels a band may be louder.
  private static let slack: Float = 1.5
  /// Beginnings nearer than this, in seconds, are one.
  private static let together = 0.012
  /// Where the bands begin, in hertz.
  private static let edges = [0.0, 150, 300, 500, 800, 1200, 1800, 2700, 4000, 6000, 9000, 14_000]

  private let transform = ShortTimeFourier(fftLength: Self.fftLength, hopLength: Self.hopLength)
  private let sampleRate: Double
  /// Bins of each.
  private let bands: [Range<Int>]

  package init(sampleRate: Int) {
    self.sampleRate = Double(sampleRate)
    let bins = Self.edges.map { Int(($0 * Double(Self.fftLength) / Double(sampleRate)).rounded(.up)) }
    bands = zip(bins, bins.dropFirst() + [Self.fftLength / 2 + 1]).filter { $0 < $1 }.map { $0..<$1 }
  }

  /// The samples with nothing of what begins at these times, in seconds, before them.
  package func gated(_ samples: [Float], onsets: [Double]) -> [Float] {
    var result = samples
    var last = -Double.infinity
    for onset in onsets.sorted() where onset - last > Self.together {
      last = onset
      hold(Int((onset * sampleRate).rounded()), in: &result)
    }
    return result
  }

  private func hold(_ onset: Int, in samples: inout [Float]) {
    let hop = Self.hopLength
    // The frame whose middle is the beginning.
    let middle = min(Self.held + Self.lookback + Self.margin, onset / hop)
    let first = middle - Self.held
    guard first > 0, onset < samples.count else { return }
    let span = onset - middle * hop..<min(samples.count, onset + Self.margin * hop)
    var frames = transform.forward(Array(samples[span]))
    for band in bands {
      let before = (max(0, first - Self.lookback)..<first).reduce(Float(0)) { max($0, frames.power($1, band)) }
      let most = before * pow(10, Self.slack / 10) + 1e-12
      for frame in first...middle where frame < frames.frameCount {
        let power = frames.power(frame, band)
        if power > most { frames.scale(frame, band, by: (most / power).squareRoot()) }
      }
    }
    samples.replaceSubrange(span, with: transform.inverse(frames, sampleCount: span.count))
  }
}

extension ComplexFrames {
  /// The power of a frame's bins.
  fileprivate func power(_ frame: Int, _ bins: Range<Int>) -> Float {
    let start = 2 * frame * binCount
    return values[start + 2 * bins.lowerBound..<start + 2 * bins.upperBound].reduce(0) { $0 + $1 * $1 }
  }

  fileprivate mutating func scale(_ frame: Int, _ bins: Range<Int>, by gain: Float) {
    let start = 2 * frame * binCount
    for index in start + 2 * bins.lowerBound..<start + 2 * bins.upperBound { values[index] *= gain }
  }
}
