import Foundation
import Pictures
import Testing

/// CIE lightness L*, 0…100, of an sRGB colour (IEC 61966-2-1, D65).
private func lightness(_ color: PictureColor) -> Double {
  let linear = [color.red, color.green, color.blue].map { byte -> Double in
    let value = Double(byte) / 255
    return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
  }
  let luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
  return luminance > 0.008856 ? 116 * cbrt(luminance) - 16 : 903.3 * luminance
}

@Suite("Colours")
struct ColorTests {
  @Test("Oklab's reference colours: white, black, and sRGB's primaries to one step")
  func oklab() {
    #expect(PictureColor(lightness: 1, chroma: 0, hue: 0) == PictureColor(gray: 255))
    #expect(PictureColor(lightness: 0, chroma: 0, hue: 0) == PictureColor(gray: 0))
    let primaries: [(PictureColor, PictureColor)] = [
      (PictureColor(lightness: 0.62796, chroma: 0.25768, hue: 29.234), PictureColor(red: 255, green: 0, blue: 0)),
      (PictureColor(lightness: 0.86644, chroma: 0.29483, hue: 142.495), PictureColor(red: 0, green: 255, blue: 0)),
      (PictureColor(lightness: 0.45201, chroma: 0.31321, hue: 264.052), PictureColor(red: 0, green: 0, blue: 255)),
    ]
    for (made, expected) in primaries {
      for (one, other) in [(made.red, expected.red), (made.green, expected.green), (made.blue, expected.blue)] {
        #expect(abs(Int(one) - Int(other)) <= 1, "\(made) is not \(expected)")
      }
    }
  }

  @Test("The colour map grows lighter in even steps, from near black to near white, also by CIE's measure")
  func uniformity() {
    let levels = (0...64).map { lightness(ColorMap.color(Float($0) / 64)) }
    #expect(levels[0] < 3)
    #expect(levels[64] > 93)
    let steps = zip(levels, levels.dropFirst()).map { $1 - $0 }
    let mean = (levels[64] - levels[0]) / 64
    #expect(steps.allSatisfy { $0 > 0.3 * mean && $0 < 1.7 * mean }, "\(steps)")
  }

  @Test("Quantities outside of 0…1 take the nearer end, NaN the lower")
  func outside() {
    #expect(ColorMap.color(-3) == ColorMap.color(0))
    #expect(ColorMap.color(7) == ColorMap.color(1))
    #expect(ColorMap.color(.infinity) == ColorMap.color(1))
    #expect(ColorMap.color(.nan) == ColorMap.color(0))
  }
}
