import Spectra

/// Makes left and right of the mid, when all that is done to notes is done: their mean stays what it was.
struct Widening: Sendable {
  /// For sounds, and for loops; nil of a model of one channel.
  private let line: StereoSynthesis?
  private let circle: StereoSynthesis?

  init(_ configuration: ModelConfiguration) {
    let (mel, count) = (configuration.mel, configuration.layout.parts.stereoBandCount)
    line = count == 0 ? nil : StereoSynthesis(mel, bandCount: count)
    circle = count == 0 ? nil : StereoSynthesis(mel, bandCount: count, isCircular: true)
  }

  /// Left and right as frames say, softer as a whole where they would clip; of frames of one channel the mid alone.
  func channels(of mid: [Float], _ frames: SoundFrames, isCircular: Bool, threads: Int) -> [[Float]] {
    guard let synthesis = isCircular ? circle : line, let stereo = frames.stereo else { return [mid] }
    let (left, right) = synthesis.synthesize(mid, stereo, threads: threads)
    return Vocoder.softened([left, right])
  }
}
