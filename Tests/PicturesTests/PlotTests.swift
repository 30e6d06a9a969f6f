import Foundation
import Pictures
import Testing

@Suite("Plots")
struct PlotTests {
  private let bandHertz = (0..<192).map { Float(200 * (exp(log(101.0) * (Double($0) + 1) / 193) - 1)) }

  private func spectrogram(_ values: [Float], frames: Int, title: String? = nil) -> Picture {
    SpectrogramPicture.draw(
      values: values, frameCount: frames, melBandCount: 192, secondsPerFrame: 768.0 / 44100, bandHertz: bandHertz,
      title: title)
  }

  private func count(_ color: PictureColor, in picture: Picture) -> Int {
    (0..<picture.height).reduce(0) { sum, y in sum + (0..<picture.width).count { picture[$0, y] == color } }
  }

  @Test("A loud frame and band lights its own rectangle of the plot: time to the right, frequency upwards")
  func placement() {
    var values = [Float](repeating: -1, count: 160 * 192)
    values[40 * 192 + 10] = 1
    let bright = ColorMap.color(1)
    let empty = spectrogram([Float](repeating: -1, count: 160 * 192), frames: 160)
    let picture = spectrogram(values, frames: 160)
    // 640 columns for 160 frames, 384 rows for 192 bands: the plot's left is at 64, its top at 40.
    var changed: [(x: Int, y: Int)] = []
    for y in 0..<picture.height {
      for x in 0..<picture.width where picture[x, y] != empty[x, y] { changed.append((x: x, y: y)) }
    }
    #expect(changed.count == 8)
    #expect(changed.allSatisfy { picture[$0.x, $0.y] == bright })
    #expect(changed.map(\.x).min() == 64 + 40 * 4 && changed.map(\.x).max() == 64 + 41 * 4 - 1)
    #expect(changed.map(\.y).max() == 40 + 384 - 10 * 2 - 1 && changed.map(\.y).min() == 40 + 384 - 11 * 2)
  }

  @Test("Clips of one frame and of minutes fit, and a long clip shows the mean of the frames in a column")
  func extent() {
    #expect(spectrogram([Float](repeating: 0, count: 192), frames: 1).width == 64 + 640 + 116)
    let values = (0..<3200).flatMap { [Float](repeating: $0 % 2 == 0 ? -1 : 1, count: 192) }
    let long = spectrogram(values, frames: 3200)
    #expect(long.width == 64 + 1600 + 116)
    #expect(long[64 + 800, 40 + 100] == ColorMap.color(0.5))
  }

  @Test("A title adds room above, and values that are no numbers are black")
  func titleAndNaN() {
    let silent = [Float](repeating: -1, count: 4 * 192)
    let plain = spectrogram(silent, frames: 4)
    let titled = spectrogram(silent, frames: 4, title: String(repeating: "a very long title ", count: 20))
    #expect(titled.height > plain.height)
    #expect(titled.width == plain.width)
    #expect(spectrogram([Float](repeating: .nan, count: 4 * 192), frames: 4) == plain)
  }

  @Test("Frequencies are placed between the bands' centres")
  func bandPosition() {
    let centers: [Float] = [100, 200, 400]
    #expect(SpectrogramPicture.position(of: 100, in: centers) == 0)
    #expect(SpectrogramPicture.position(of: 150, in: centers) == 0.5)
    #expect(SpectrogramPicture.position(of: 300, in: centers) == 1.5)
    #expect(SpectrogramPicture.position(of: 500, in: centers) == 2.5)
    #expect(SpectrogramPicture.position(of: 50, in: centers) == nil)
    #expect(SpectrogramPicture.position(of: 900, in: centers) == nil)
    #expect(SpectrogramPicture.position(of: 20_000, in: bandHertz) == 191.5)
  }

  @Test("Curves: each series shows in its own colour, in the legend and in the plot")
  func curves() {
    let falling: [(x: Double, y: Double)] = (0..<100).map { (x: Double($0), y: exp(-Double($0) / 20)) }
    let flat: [(x: Double, y: Double)] = [(x: 0, y: 0.5), (x: 99, y: 0.5)]
    let one = CurvePicture.draw(title: "t", xLabel: "x", yLabel: "y", series: [(name: "a", points: falling)])
    let two = CurvePicture.draw(
      title: "t", xLabel: "x", yLabel: "y", series: [(name: "a", points: falling), (name: "b", points: flat)])
    #expect(one.width == 960 && one.height == 540)
    let second = PictureColor(lightness: 0.8, chroma: 0.14, hue: 55)
    #expect(count(second, in: one) == 0)
    #expect(count(second, in: two) > 800)
  }

  @Test("On a logarithmic axis an exponential is a straight line")
  func logarithmicAxis() {
    let points: [(x: Double, y: Double)] = (0...100).map { (x: Double($0), y: pow(10, -Double($0) / 25)) }
    let series: [CurvePicture.Series] = [(name: "a", points: points)]
    let picture = CurvePicture.draw(title: "", xLabel: "", yLabel: "", series: series, logY: true)
    let color = PictureColor(lightness: 0.8, chroma: 0.14, hue: 235)
    var rows: [(x: Int, y: Double)] = []
    for x in 0..<picture.width {
      let hits = (0..<picture.height).filter { picture[x, $0] == color }
      if !hits.isEmpty { rows.append((x: x, y: Double(hits.reduce(0, +)) / Double(hits.count))) }
    }
    #expect(rows.count > 500)
    let (first, last) = (rows[10], rows[rows.count - 10])
    let slope = (last.y - first.y) / Double(last.x - first.x)
    #expect(rows.allSatisfy { abs(first.y + slope * Double($0.x - first.x) - $0.y) < 1.5 })
  }

  @Test(
    "Curves without points, with one, all equal, or not finite are drawn all the same", arguments: [false, true])
  func degenerate(logY: Bool) {
    let sets: [[(x: Double, y: Double)]] = [
      [], [(x: 1, y: 1)], [(x: 1, y: 2), (x: 2, y: 2)], [(x: .nan, y: 1), (x: 1, y: .infinity)],
      [(x: 0, y: -1), (x: 1, y: 0), (x: 2, y: 5)],
    ]
    for points in sets {
      let picture = CurvePicture.draw(
        title: "t", xLabel: "x", yLabel: "y", series: [(name: "a", points: points)], logY: logY, width: 320,
        height: 240)
      #expect(picture.width == 320)
      let color = PictureColor(lightness: 0.8, chroma: 0.14, hue: 235)
      let usable = points.contains { $0.x.isFinite && $0.y.isFinite && (!logY || $0.y > 0) }
      #expect((count(color, in: picture) > 0) == usable)
    }
    #expect(CurvePicture.draw(title: "", xLabel: "", yLabel: "", series: [], logY: logY).height == 540)
  }

  @Test("A sheet puts pictures into rows and columns, each below its caption")
  func sheet() {
    let colors = [
      PictureColor(red: 255, green: 0, blue: 0), PictureColor(red: 0, green: 255, blue: 0),
      PictureColor(red: 0, green: 0, blue: 255),
    ]
    let pictures = colors.map { Picture(width: 100, height: 50, color: $0) }
    let plain = PictureSheet.grid(of: pictures, columns: 2)
    #expect(plain.width == 2 * 116 + 16 && plain.height == 2 * 66 + 16)
    #expect(plain[16, 16] == colors[0] && plain[132, 16] == colors[1] && plain[16, 82] == colors[2])
    let captioned = PictureSheet.grid(of: pictures, columns: 2, captions: ["one", "two", "a caption too long for it"])
    #expect(captioned.height == plain.height + 2 * 32)
    for (color, place) in zip(colors, [(16, 48), (132, 48), (16, 146)]) {
      #expect(captioned[place.0, place.1] == color)
      #expect(count(color, in: captioned) == 5000)
    }
    #expect(PictureSheet.grid(of: [pictures[0]], columns: 5).width == 132)
  }
}
