import Foundation
package import Spectra

/// Puts the parts of a stem together, as frames: they have no phase that could jump or cancel.
///
/// Two neighbours play the same notes around the bar line between them. One fades into the other just before it, in power, so
/// that what is struck there is of the later part.
package struct StemJoin {
  /// What a part has of the stem, and where it was made, in samples; the first may be negative.
  package struct Part {
    let own, made: Range<Int>
    let frames: SoundFrames

    package init(own: Range<Int>, made: Range<Int>, frames: SoundFrames) {
      (self.own, self.made, self.frames) = (own, made, frames)
    }
  }

  /// Frames before a bar line between which one part fades into the next: a window that begins there sees two.
  private static let fade = (begins: 5.0, ends: 2.0)
  /// Frames before its own in which a part begins after a rest.
  private static let lead = 2.0

  private let parts: [Part?]
  private let mel: MelConfiguration
  private let mixture: FrameMixture

  /// - Parameters:
  ///   - parts: in order, each beginning where the one before it ends; nil for a rest.
  ///   - frame: what their frames have beside mel bands.
  package init(_ parts: [Part?], mel: MelConfiguration, frame: FrameParts = .mel) {
    (self.parts, self.mel, mixture) = (parts, mel, FrameMixture(mel, parts: frame))
  }

  /// The frames of a stem of so many samples.
  package func frames(sampleCount: Int) -> SoundFrames {
    var result = SoundFrames(frameCount: mel.frameCount(sampleCount: sampleCount), layout: mixture.layout)
    let width = mixture.layout.valueCount
    for frame in 0..<result.frameCount {
      let sounding = parts.indices.compactMap { index -> (share: Float, levels: [Float])? in
        guard let part = parts[index] else { return nil }
        let share = share(of: index, part, at: frame * mel.hopLength)
        return share > 0 ? (share, levels(of: part, at: frame * mel.hopLength)) : nil
      }
      guard !sounding.isEmpty else { continue }
      let mixed = sounding.count == 1 && sounding[0].share == 1 ? sounding[0].levels : mixed(sounding)
      result.values.replaceSubrange(frame * width..<(frame + 1) * width, with: mixed)
    }
    return result
  }

  /// Of the power at a sample, what is a part's.
  private func share(of index: Int, _ part: Part, at sample: Int) -> Float {
    func place(_ boundary: Int) -> Double { Double(sample - boundary) / Double(mel.hopLength) }
    func ramp(_ boundary: Int) -> Float {
      Float(min(1, max(0, (place(boundary) + Self.fade.begins) / (Self.fade.begins - Self.fade.ends))))
    }
    let hasPrevious = index > 0 && parts[index - 1] != nil
    let hasNext = index + 1 < parts.count && parts[index + 1] != nil
    let before: Float = hasPrevious ? ramp(part.own.lowerBound) : place(part.own.lowerBound) >= -Self.lead ? 1 : 0
    let behind: Float = hasNext ? 1 - ramp(part.own.upperBound) : sample < part.made.upperBound ? 1 : 0
    return min(before, behind)
  }

  /// A part's values at a sample, between two of its frames.
  private func levels(of part: Part, at sample: Int) -> [Float] {
    let place = min(
      max(0, Double(sample - part.made.lowerBound) / Double(mel.hopLength)), Double(part.frames.frameCount - 1))
    return part.frames.frame(at: place)
  }

  private func mixed(_ sounding: [(share: Float, levels: [Float])]) -> [Float] {
    let decibelsPerUnit = Float(-mel.floorDecibels) / 2
    let levels = (0..<mel.bandCount).map { band in
      let power = sounding.reduce(Float(0)) { $0 + $1.share * pow(10, $1.levels[band] * decibelsPerUnit / 10) }
      return max(MelFrames.silence, 10 * log10(power) / decibelsPerUnit)
    }
    return levels + mixture.rest(of: sounding.map { ($0.share, $0.levels) })
  }
}
