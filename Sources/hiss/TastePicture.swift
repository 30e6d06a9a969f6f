import Pictures
import Taste

/// What a taste believes, and how it came to be trusted, to be seen.
enum TastePicture {
  static func draw(_ taste: Taste, of contents: TasteContents, name: String) -> Picture {
    let points = TasteCourse(of: contents).points
    let course = CurvePicture.draw(
      title: "How many pairs it told rightly that it was not fitted on", xLabel: "picks", yLabel: "share of pairs",
      series: [
        ("told rightly", points.map { (x: Double($0.picks), y: $0.accuracy) }),
        ("the least that is believed", points.map { (x: Double($0.picks), y: $0.leastAccuracy) }),
      ], height: 360)
    let summary = TasteWords.summary(taste, name: name)
    guard taste.isLearned else { return PictureSheet.grid(of: [course], columns: 1, captions: [summary]) }
    let bars = taste.qualities.map { belief in
      BarPicture.Bar(
        low: belief.quality.poles.less, high: belief.quality.poles.more, value: belief.correlation,
        deviation: belief.deviation, isFaint: !belief.isSure)
    }
    let beliefs = BarPicture.draw(
      title: "What is liked; pale where it is not sure", label: "how liking goes with it (correlation)", bars: bars)
    return PictureSheet.grid(of: [beliefs, course], columns: 1, captions: [summary, ""])
  }
}
