import Spectra

/// Makes left and right of the mid, when all that is done to notes is done: their mean stays what it was.
struct Widening: Sendable {
  /// For sounds, and for loops; nil of a model of one channel.
  private let line: StereoSynthesis?
  private let circle: StereoSynthesis?
  private let mel: MelConfiguration

  /// How loud the side of a clip of one channel is beside its mid, for a width of 1: as in the median band of renders with
  /// their parts placed, with reverberation and chorus (docs/experiments/frame.md).
  static let usualShare: Float = 0.45
  /// What lies below stays in the middle: records keep their bass there.
  private static let lowestHertz = 100.0

  init(_ configuration: ModelConfiguration) {
    let count = configuration.layout.parts.stereoBandCount
    mel = configuration.mel
    line = count == 0 ? nil : StereoSynthesis(mel, bandCount: count)
    circle = count == 0 ? nil : StereoSynthesis(mel, bandCount: count, isCircular: true)
  }

  /// Left and right as frames say, and as is asked for, softer as a whole where they would clip; of frames of one channel
  /// the mid alone where nothing is asked for, else what is made of it.
  func channels(
    of mid: [Float], _ frames: SoundFrames, _ image: StereoImage?, isCircular: Bool, threads: Int
  ) -> [[Float]] {
    var sides: [[Float]]
    if let synthesis = isCircular ? circle : line, let stereo = frames.stereo {
      let (left, right) = synthesis.synthesize(mid, stereo, threads: threads)
      sides = [left, right]
      if let image { sides = image.applied(to: sides) }
    } else if let image {
      sides = spread(mid, image, isCircular: isCircular, threads: threads)
    } else {
      return [mid]
    }
    return Vocoder.softened(sides)
  }

  /// Left and right of one channel: in one place, or with a side of its own as wide as is asked for.
  private func spread(_ mid: [Float], _ image: StereoImage, isCircular: Bool, threads: Int) -> [[Float]] {
    let place = StereoImage(pan: image.pan)
    guard let width = image.width, width > 0, let bandCount else { return place.applied(to: [mid, mid]) }
    let frameCount =
      isCircular ? mel.circularFrameCount(sampleCount: mid.count) : mel.frameCount(sampleCount: mid.count)
    let frames = StereoFrames(
      spreadBy: Self.usualShare * Float(width), above: Self.lowestHertz, frameCount: frameCount, mel,
      bandCount: bandCount)
    let (left, right) = StereoSynthesis(mel, bandCount: bandCount, isCircular: isCircular)
      .synthesize(mid, frames, threads: threads)
    return place.applied(to: [left, right])
  }

  /// As many bands as there are bins for, and no more than are usual.
  private var bandCount: Int? {
    (1...StereoFrames.standardBandCount).reversed().first { FrameParts(stereoBandCount: $0).problem(in: mel) == nil }
  }
}
