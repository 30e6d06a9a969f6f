import Pictures
import Testing

@Suite("Bars about a middle line")
struct BarTests {
  private let full = PictureColor(lightness: 0.8, chroma: 0.14, hue: 235)

  private func columns(_ bars: [BarPicture.Bar]) -> [Int] {
    let picture = BarPicture.draw(title: "t", label: "l", bars: bars)
    return (0..<picture.width).filter { x in (0..<picture.height).contains { picture[x, $0] == full } }
  }

  private func bar(_ value: Double, isFaint: Bool = false) -> BarPicture.Bar {
    BarPicture.Bar(low: "darker", high: "brighter", value: value, deviation: 0.05, isFaint: isFaint)
  }

  @Test("A bar reaches from the middle as far as its value, to the left where that is below 0")
  func lengths() throws {
    let (right, left) = (columns([bar(0.5)]), columns([bar(-0.5)]))
    let (first, last) = (try #require(right.first), try #require(left.last))
    #expect(first == last, "both begin in the middle")
    #expect(abs(right.count - left.count) <= 1)
    let ends = columns([bar(1)])
    #expect(abs(ends.count - 2 * right.count) <= 2)
    #expect(columns([bar(7)]) == ends, "what is beyond counts as the end")
    #expect(columns([bar(0.5, isFaint: true)]).isEmpty)
  }

  @Test("Every row has its place, and words and the line of doubt are drawn")
  func rows() {
    let one = BarPicture.draw(title: "t", label: "l", bars: [bar(0.5)])
    let three = BarPicture.draw(title: "t", label: "l", bars: [bar(0.5), bar(-0.2), bar(0)])
    #expect(three.height == one.height + 2 * 28 && three.width == one.width)
    var unsure = bar(0.5)
    unsure.deviation = 0.4
    #expect(BarPicture.draw(title: "t", label: "l", bars: [unsure]) != one)
    var renamed = bar(0.5)
    renamed.low = "lower!"
    #expect(BarPicture.draw(title: "t", label: "l", bars: [renamed]) != one)
    #expect(BarPicture.draw(title: "t", label: "l", bars: []).height == one.height)
    let long = BarPicture.Bar(
      low: String(repeating: "long ", count: 90), high: "b", value: 0, deviation: 0)
    #expect(BarPicture.draw(title: "t", label: "l", bars: [long], width: 640).width == 640)
  }
}
