package import Spectra

/// Lets what sounds at the end of a clip ring, and nothing new be struck: from there on each band may only become softer.
package enum Ringing {
  /// Frames over which a level may come back to where it was: decays are not smooth.
  private static let memory = 4

  /// The frames with a tail of what sounds before a frame.
  /// - Parameter first: the first frame of the tail.
  package static func ringing(_ frames: MelFrames, from first: Int) -> MelFrames {
    guard first > 0 else { return frames }
    var values = frames.values
    let bands = frames.bandCount
    for frame in stride(from: first, to: frames.frameCount, by: 1) {
      let before = max(0, frame - memory)..<frame
      for band in 0..<bands {
        let most = before.reduce(MelFrames.silence) { max($0, values[$1 * bands + band]) }
        values[frame * bands + band] = min(values[frame * bands + band], most)
      }
    }
    return MelFrames(bandCount: bands, values: values)
  }
}
