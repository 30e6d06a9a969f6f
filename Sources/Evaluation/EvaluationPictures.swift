import Pictures
import Spectra

/// The pictures of a report.
enum EvaluationPictures {
  /// Errors by noise level.
  static func fit(_ report: FitReport) -> Picture {
    func curve(_ name: String, _ value: (FitReport.Level) -> Double) -> CurvePicture.Series {
      (name: name, points: report.levels.map { (x: $0.time, y: value($0)) })
    }
    return CurvePicture.draw(
      title: "Squared error by noise level", xLabel: "t (0 is noise, 1 the clip)", yLabel: "squared error",
      series: [
        curve("held out", \.heldOut), curve("trained on", \.training), curve("mean frame", \.meanFrame),
        curve("linear guess", \.linear), curve("nearest training clip", \.nearestClip),
      ], logY: true, height: 640)
  }

  /// How many clips have which novelty ratio, as shares.
  static func novelty(_ report: NoveltyReport) -> Picture {
    let most = min(5, max(2, (report.ratios + report.heldOutRatios).max() ?? 2))
    return CurvePicture.draw(
      title: "Novelty: 1 is as far as real clips usually are, 0 is a copy",
      xLabel: "novelty ratio", yLabel: "share of clips",
      series: [
        (name: "generated", points: histogram(report.ratios, upTo: most)),
        (name: "held out, real", points: histogram(report.heldOutRatios, upTo: most)),
      ])
  }

  /// The outline of a histogram of 24 bins; what is beyond the last goes into it.
  static func histogram(_ values: [Double], upTo most: Double, binCount: Int = 24) -> [(x: Double, y: Double)] {
    var bins = [Int](repeating: 0, count: binCount)
    for value in values { bins[min(binCount - 1, max(0, Int(value / most * Double(binCount))))] += 1 }
    let width = most / Double(binCount)
    let shares = bins.map { Double($0) / Double(max(1, values.count)) }
    var outline: [(x: Double, y: Double)] = [(x: 0, y: 0)]
    for (bin, share) in shares.enumerated() {
      outline.append((x: Double(bin) * width, y: share))
      outline.append((x: Double(bin + 1) * width, y: share))
    }
    outline.append((x: most, y: 0))
    return outline
  }

  /// A clip's frames, small: time to the right over up to 12 s, bands upwards.
  static func spectrogram(_ frames: MelFrames, width: Int = 420, height: Int = 144) -> Picture {
    var picture = Picture(width: width, height: height)
    for x in 0..<width {
      let columns = range(x, of: width, over: frames.frameCount)
      for y in 0..<height {
        let bands = range(height - 1 - y, of: height, over: frames.bandCount)
        var sum: Float = 0
        for frame in columns { for band in bands { sum += frames.values[frame * frames.bandCount + band] } }
        // Black begins at −90 dB.
        picture[x, y] = ColorMap.color((sum / Float(columns.count * bands.count) + 0.8) / 1.8)
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
