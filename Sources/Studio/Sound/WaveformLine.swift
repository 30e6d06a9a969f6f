import Audio

/// A clip's outline, for a picture of so many columns.
struct WaveformLine: Encodable {
  var minimum: [Float] = []
  var maximum: [Float] = []
  var rms: [Float] = []

  /// - Parameter points: the columns, at most one for each sample.
  init(_ clip: AudioClip, points: Int) {
    let count = min(points, clip.frameCount)
    guard count > 0, let first = clip.channels.first else { return }
    let scale = 1 / Float(clip.channels.count)
    for column in 0..<count {
      let range =
        column * clip.frameCount
        / count..<max(column * clip.frameCount / count + 1, (column + 1) * clip.frameCount / count)
      var (low, high, squares) = (Float.infinity, -Float.infinity, Float(0))
      for frame in range {
        let sample = clip.channels.count == 1 ? first[frame] : clip.channels.reduce(0) { $0 + $1[frame] } * scale
        (low, high) = (min(low, sample), max(high, sample))
        squares += sample * sample
      }
      minimum.append(Self.rounded(low))
      maximum.append(Self.rounded(high))
      rms.append(Self.rounded((squares / Float(range.count)).squareRoot()))
    }
  }

  private static func rounded(_ value: Float) -> Float { (min(max(value, -1), 1) * 10_000).rounded() / 10_000 }
}
