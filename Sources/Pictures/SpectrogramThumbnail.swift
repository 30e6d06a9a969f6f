/// A spectrogram without axes, for pages that show many.
public enum SpectrogramThumbnail {
  /// - Parameters:
  ///   - values: `[frame, band]`, −1 … 1, whole frames and at least one; below −0.8 is black, −90 dBFS where −1 is −100.
  ///   - levels: how many steps of colour there are, as few make small files; nil for all.
  public static func draw(
    values: [Float], melBandCount: Int, width: Int, height: Int, levels: Float? = nil
  ) -> Picture {
    precondition(!values.isEmpty && values.count % melBandCount == 0, "\(values.count) values of \(melBandCount) bands")
    let frameCount = values.count / melBandCount
    var picture = Picture(width: width, height: height)
    for x in 0..<width {
      let columns = range(x, of: width, over: frameCount)
      for y in 0..<height {
        let bands = range(height - 1 - y, of: height, over: melBandCount)
        var sum: Float = 0
        for frame in columns {
          for band in bands { sum += values[frame * melBandCount + band] }
        }
        // The lower half of the range is hardly heard: black begins at −90 dB.
        let level = max(0, (sum / Float(columns.count * bands.count) + 0.8) / 1.8)
        picture[x, y] = ColorMap.color(levels.map { (level * $0).rounded() / $0 } ?? level)
      }
    }
    return picture
  }

  /// The part of 0 ..< count that cell `index` of `cells` covers; never empty.
  private static func range(_ index: Int, of cells: Int, over count: Int) -> Range<Int> {
    let start = min(index * count / cells, count - 1)
    return start..<max(start + 1, (index + 1) * count / cells)
  }
}
