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
}
