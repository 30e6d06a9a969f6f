import Pictures
import Testing

@Suite("Ticks")
struct AxisTicksTests {
  @Test("Linear ticks are round, inside of the range, and labelled with the decimals they need")
  func linear() {
    #expect(AxisTicks.linear(0...4, count: 8).labels == ["0", "0.5", "1.0", "1.5", "2.0", "2.5", "3.0", "3.5", "4.0"])
    #expect(AxisTicks.linear(-100...0, count: 6).labels == ["-100", "-80", "-60", "-40", "-20", "0"])
    #expect(AxisTicks.linear(0...20_000, count: 4).labels == ["0", "5000", "10k", "15k", "20k"])
    #expect(AxisTicks.linear(0.011...0.029, count: 4).labels == ["0.015", "0.020", "0.025"])
    #expect(AxisTicks.linear(3...3, count: 4).labels == ["3"])
  }

  @Test("Logarithmic ticks are powers of ten, or 1, 2 and 5 times them where there are few")
  func logarithmic() {
    #expect(AxisTicks.logarithmic(0.05...2, count: 6).labels == ["0.05", "0.1", "0.2", "0.5", "1", "2"])
    #expect(AxisTicks.logarithmic(1e-5...1, count: 6).labels == ["1e-5", "1e-4", "0.001", "0.01", "0.1", "1"])
    #expect(AxisTicks.logarithmic(1e-12...1, count: 4).values.count <= 5)
    // Too narrow for any of those: ticks as on a linear axis.
    #expect(AxisTicks.logarithmic(0.71...0.74, count: 3).labels == ["0.71", "0.72", "0.73", "0.74"])
  }

  @Test("Ticks stay within any range and rise", arguments: [-7.3...1234.5, 1e-7...3e-7, 1e8...1.1e8, 0...1e-9])
  func anyRange(range: ClosedRange<Double>) {
    let ticks = AxisTicks.linear(range, count: 6)
    #expect((2...8).contains(ticks.values.count))
    let slack = (range.upperBound - range.lowerBound) * 1e-6
    #expect(ticks.values.allSatisfy { $0 >= range.lowerBound - slack && $0 <= range.upperBound + slack })
    #expect(ticks.values == ticks.values.sorted())
    #expect(Set(ticks.labels).count == ticks.labels.count, "\(ticks.labels)")
  }
}
