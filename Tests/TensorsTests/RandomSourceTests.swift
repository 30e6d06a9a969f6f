import Foundation
import Tensors
import Testing

@Suite("Random numbers")
struct RandomSourceTests {
  // The file kat_vectors of Random123, lines "philox4x32 10".
  @Test(
    "Philox gives the known answers of Random123",
    arguments: [
      (
        SIMD4<UInt32>(repeating: 0), SIMD2<UInt32>(repeating: 0),
        SIMD4<UInt32>(0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8)
      ),
      (
        SIMD4<UInt32>(repeating: .max), SIMD2<UInt32>(repeating: .max),
        SIMD4<UInt32>(0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd)
      ),
      (
        SIMD4<UInt32>(0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344), SIMD2<UInt32>(0xa409_3822, 0x299f_31d0),
        SIMD4<UInt32>(0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1)
      ),
    ])
  func knownAnswers(counter: SIMD4<UInt32>, key: SIMD2<UInt32>, expected: SIMD4<UInt32>) {
    let words = RandomSource.philox(counter: (counter.x, counter.y, counter.z, counter.w), key: (key.x, key.y))
    #expect(SIMD4(words.0, words.1, words.2, words.3) == expected)
    let source = RandomSource(
      seed: UInt64(key.y) << 32 | UInt64(key.x), stream: UInt64(counter.w) << 32 | UInt64(counter.z))
    #expect(source.bits(at: UInt64(counter.y) << 32 | UInt64(counter.x)) == expected)
  }

  @Test("Numbers drawn one after another are those drawn by index, and splitting ignores what was drawn")
  func order() {
    var source = RandomSource(seed: 42, stream: 7)
    let fresh = source
    let drawn = (0..<10).map { _ in source.next() }
    let indexed = (0..<5).reversed().flatMap { index -> [UInt64] in
      let bits = fresh.bits(at: UInt64(index))
      return [UInt64(bits.w) << 32 | UInt64(bits.z), UInt64(bits.y) << 32 | UInt64(bits.x)]
    }
    #expect(drawn == indexed.reversed())
    #expect(source.position == 10)
    #expect(source.split(3) == fresh.split(3))
  }

  @Test("A part of a bulk draw equals the same indices drawn alone")
  func bulkIsIndexed() {
    let source = RandomSource(seed: 1)
    let all = source.normals(at: 5, count: 1003)
    for start in [0, 1, 17, 100, 249] {
      #expect(source.normals(at: 5 + UInt64(start), count: 7)[...] == all[(4 * start)..<(4 * start + 7)].prefix(7))
    }
    #expect(source.normals([17, 59], at: 5).values == all)
    #expect(source.normals(count: 0).isEmpty)
    for count in 0..<9 { #expect(source.normals(at: 5, count: count) == Array(all.prefix(count))) }
  }

  @Test("Normal numbers are Box–Muller's to 1e-6, against Double arithmetic of the C library")
  func boxMuller() {
    let source = RandomSource(seed: 99)
    let normals = source.normals(count: 400_000)
    var worst = 0.0
    for index in 0..<100_000 {
      let bits = source.bits(at: UInt64(index))
      for pair in 0..<2 {
        let radius = (-2 * log((Double(bits[2 * pair]) + 0.5) * 0x1p-32)).squareRoot()
        let quarter = bits[2 * pair + 1] >> 30
        let angle = (Double(quarter) + Double(bits[2 * pair + 1] & 0x3FFF_FFFF) * 0x1p-30 - 0.5) * Double.pi / 2
        // Near u = 1 the radius is the root of a rounded difference: relative to it, not absolutely, it is coarse.
        guard radius > 0.05 else { continue }
        worst = max(worst, abs(Double(normals[4 * index + 2 * pair]) - radius * cos(angle)))
        worst = max(worst, abs(Double(normals[4 * index + 2 * pair + 1]) - radius * sin(angle)))
      }
    }
    #expect(worst < 1e-6, "the largest deviation is \(worst)")
  }

  // Clips carry their seed, and must sound the same from it ever after. The bits are equal with and without AVX-512,
  // and within 3e-7 of the same formulas in Python's double precision.
  @Test("The normal numbers of a seed never change")
  func pinned() {
    let source = RandomSource(seed: 2026, stream: 3)
    let expected: [UInt32] = [
      0x3f0e_2019, 0xbe66_7279, 0xbf65_9c50, 0x3f8e_6450, 0xc011_147e, 0x3fc7_c590, 0xbabe_94e1, 0xbfda_efd7,
    ]
    #expect(source.normals(count: 8).map(\.bitPattern) == expected)
    let hash = source.normals(count: 100_003).reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1.bitPattern)) &* 0x100_0000_01b3
    }
    #expect(hash == 0xca55_6dcc_d6ba_d4db)
    #expect(source.split(1) == RandomSource(seed: 405_767_197_822_847_570, stream: 11_457_368_908_457_112_114))
  }

  @Test("Moments of a million normal numbers lie within five standard errors")
  func moments() {
    let count = 1_000_000
    let values = RandomSource(seed: 2024).normals(count: count).map(Double.init)
    let n = Double(count)
    func moment(_ power: Int) -> Double { values.reduce(0) { $0 + pow($1, Double(power)) } / n }
    // E z^k and the variance of z^k of the standard normal.
    #expect(abs(moment(1)) < 5 * (1 / n).squareRoot())
    #expect(abs(moment(2) - 1) < 5 * (2 / n).squareRoot())
    #expect(abs(moment(3)) < 5 * (15 / n).squareRoot())
    #expect(abs(moment(4) - 3) < 5 * (96 / n).squareRoot())
    #expect(abs(moment(6) - 15) < 5 * (10_170 / n).squareRoot())
    for lag in 1...4 {
      let correlation = zip(values, values.dropFirst(lag)).reduce(0) { $0 + $1.0 * $1.1 } / n
      #expect(abs(correlation) < 5 * (1 / n).squareRoot())
    }
    #expect(values.allSatisfy { abs($0) < 6.77 })
  }

  @Test("Kolmogorov–Smirnov: normal and uniform numbers follow their distributions (p > 1e-4)")
  func distributions() {
    let normals = RandomSource(seed: 5).normals(count: 200_000).map { 0.5 * erfc(-Double($0) / 2.0.squareRoot()) }
    #expect(kolmogorovSmirnov(normals) < 2.23)
    var source = RandomSource(seed: 6)
    #expect(kolmogorovSmirnov((0..<200_000).map { _ in Double(source.uniform()) }) < 2.23)
    let single = (0..<100_000).map { _ in 0.5 * erfc(-Double(source.normal()) / 2.0.squareRoot()) }
    #expect(kolmogorovSmirnov(single) < 2.23)
  }

  @Test("Whole numbers are even over their range, and uniform numbers stay in theirs")
  func ranges() {
    var source = RandomSource(seed: 8)
    var counts = [Int](repeating: 0, count: 7)
    for _ in 0..<70_000 { counts[source.integer(below: 7)] += 1 }
    let chiSquare = counts.reduce(0.0) { $0 + pow(Double($1) - 10_000, 2) / 10_000 }
    #expect(chiSquare < 27.9)  // p = 1e-4 at 6 degrees of freedom
    #expect((0..<1000).allSatisfy { _ in (-2..<3).contains(source.uniform(in: -2..<3)) })
    #expect(source.integer(below: 1) == 0)
  }

  @Test("Children, grandchildren and streams never coincide, and are not correlated with their parents")
  func splitting() {
    let root = RandomSource(seed: 0)
    var seen: Set<SIMD2<UInt64>> = [SIMD2(root.seed, root.stream)]
    var expected = 1
    for key in 0..<200 as Range<UInt64> {
      let child = root.split(key)
      for grandchildKey in 0..<200 as Range<UInt64> {
        let grandchild = child.split(grandchildKey)
        seen.insert(SIMD2(grandchild.seed, grandchild.stream))
        expected += 1
      }
      seen.insert(SIMD2(child.seed, child.stream))
      expected += 1
    }
    #expect(seen.count == expected)
    let sources = [root, root.split(0), root.split(1), RandomSource(seed: 0, stream: 1), RandomSource(seed: 1)]
    let draws = sources.map { $0.normals(count: 100_000) }
    for first in 0..<draws.count {
      for second in 0..<first {
        let correlation = zip(draws[first], draws[second]).reduce(0.0) { $0 + Double($1.0 * $1.1) } / 100_000
        #expect(abs(correlation) < 5 / 100_000.0.squareRoot())
      }
    }
  }

  @Test("A source drives the standard library's shuffles, the same ones for the same seed")
  func generator() {
    var first = RandomSource(seed: 3)
    var second = RandomSource(seed: 3)
    let shuffled = Array(0..<100).shuffled(using: &first)
    #expect(shuffled == Array(0..<100).shuffled(using: &second))
    #expect(shuffled.sorted() == Array(0..<100))
    #expect(shuffled != Array(0..<100))
  }

  /// √n times the largest distance between the empirical distribution of `values` and the uniform one on [0, 1].
  private func kolmogorovSmirnov(_ values: [Double]) -> Double {
    let n = Double(values.count)
    let distance = values.sorted().enumerated().reduce(0.0) { largest, item in
      max(largest, Double(item.offset + 1) / n - item.element, item.element - Double(item.offset) / n)
    }
    return distance * n.squareRoot()
  }
}
