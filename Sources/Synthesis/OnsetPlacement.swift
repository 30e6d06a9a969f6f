import Foundation
package import Spectra

/// Puts the beginnings of notes where they were asked for, within a frame.
///
/// A network that is told of notes frame by frame knows their beginnings to half a frame, and hedges: levels rise before the
/// note does (docs/stems.md). What a window of a frame can hold of a note is known exactly: the share of the window that
/// lies behind the note's beginning. So up to each beginning a band that rises has what it had before, and that share of
/// what it has behind. What is struck needs some milliseconds to be at its loudest, so that all of it comes a little later.
package struct OnsetPlacement: Sendable {
  /// Frames from a beginning to where a window no longer sees what is on its other side.
  private let reach: Double
  private let framesPerSecond: Double
  private let decibelsPerUnit: Float
  /// A band rises if it does by so many decibels.
  private static let leastRise: Float = 3
  /// Frames before, over which the level is looked for that a band had.
  private static let lookback = 2.0
  /// How much later all of it comes, in seconds: what is struck needs that much to be heard.
  private static let lateness = 0.003
  /// Beginnings nearer than this, in seconds, are one.
  private static let together = 0.012

  package init(_ mel: MelConfiguration) {
    reach = Double(mel.fftLength) / 2 / Double(mel.hopLength)
    framesPerSecond = mel.framesPerSecond
    decibelsPerUnit = Float(-mel.floorDecibels) / 2
  }

  /// The frames with what begins at these times, in seconds, beginning there.
  package func placed(_ frames: MelFrames, onsets: [Double]) -> MelFrames {
    var result = frames
    var last = -Double.infinity
    for onset in onsets.sorted() where onset - last > Self.together {
      last = onset
      place(onset * framesPerSecond, in: frames, to: &result)
    }
    return result
  }

  /// - Parameter onset: in frames.
  private func place(_ onset: Double, in frames: MelFrames, to result: inout MelFrames) {
    let first = Int((onset - reach).rounded(.up))
    let before = max(0, Int((onset - reach - Self.lookback).rounded()))...max(0, first - 1)
    let behind = Int(onset.rounded(.up))...Int((onset + reach + 0.5).rounded(.down))
    guard behind.lowerBound < frames.frameCount else { return }
    let bands = frames.bandCount
    for band in 0..<bands {
      var high = Float(-1)
      // Levels flutter: the least of them is less than what goes on.
      let had = before.filter { $0 < frames.frameCount }.map { frames.values[$0 * bands + band] }
      var low = had.isEmpty ? 1 : had.reduce(0, +) / Float(had.count)
      for frame in behind where frame < frames.frameCount { high = max(high, frames.values[frame * bands + band]) }
      if onset < reach { low = -1 }
      guard (high - low) * decibelsPerUnit > Self.leastRise else { continue }
      let last = max(0, first, Int((onset + 0.5).rounded(.up)) - 1)
      for frame in max(0, first)...last where frame < frames.frameCount {
        let power =
          pow(10, low * decibelsPerUnit / 10) + share(Double(frame) - onset) * pow(10, high * decibelsPerUnit / 10)
        result.values[frame * bands + band] = 10 * log10(power) / decibelsPerUnit
      }
    }
  }

  /// Samples of placed frames as they are heard: a little later, as long as before.
  package func delayed(_ samples: [Float], sampleRate: Int) -> [Float] {
    let count = min(samples.count, Int((Self.lateness * Double(sampleRate)).rounded()))
    return [Float](repeating: 0, count: count) + samples.dropLast(count)
  }

  /// Of the power of a tone that begins so many frames behind a window's middle, or before it, what the window holds.
  private func share(_ place: Double) -> Float {
    let position = min(max(place / reach, -1), 1)
    let amplitude = 0.5 * (1 + position + sin(.pi * position) / .pi)
    return Float(amplitude * amplitude)
  }
}
