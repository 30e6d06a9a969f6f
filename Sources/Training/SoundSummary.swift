package import Spectra

/// A clip's sound in a few hundred numbers, for captions to be aligned with: of each value of a frame the mean, the
/// deviation and the greatest one over the frames that sound, and how much it changes from frame to frame.
package struct SoundSummary {
  /// Frames none of whose bands is above this mel value (95 dB below full scale) are silence.
  private static let audible: Float = -0.9

  /// The summary, four numbers a value of a frame: `[4 · valueCount]`.
  package let values: [Float]

  package init(_ sound: SoundFrames) {
    let (frames, bandCount, mel) = (sound.values, sound.layout.valueCount, sound.layout.melBandCount)
    var sum = [Float](repeating: 0, count: bandCount)
    var (squares, motion) = (sum, sum)
    var greatest = [Float](repeating: MelFrames.silence, count: bandCount)
    var heard: Float = 0
    for start in stride(from: 0, to: frames.count, by: bandCount) {
      let frame = frames[start..<start + bandCount]
      if start > 0 {
        for band in 0..<bandCount { motion[band] += abs(frame[start + band] - frames[start + band - bandCount]) }
      }
      guard frame.prefix(mel).contains(where: { $0 > Self.audible }) else { continue }
      heard += 1
      for band in 0..<bandCount {
        let value = frame[start + band]
        sum[band] += value
        squares[band] += value * value
        greatest[band] = max(greatest[band], value)
      }
    }
    let (count, changes) = (max(1, heard), max(1, Float(frames.count / bandCount - 1)))
    let means = sum.map { $0 / count }
    let deviations = zip(squares, means).map { max(0, $0 / count - $1 * $1).squareRoot() }
    values = means + deviations + greatest + motion.map { $0 / changes }
  }
}
