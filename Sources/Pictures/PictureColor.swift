import Foundation

/// A colour in sRGB, 8 bits a component.
public struct PictureColor: Sendable, Equatable {
  public var red: UInt8
  public var green: UInt8
  public var blue: UInt8

  public init(red: UInt8, green: UInt8, blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  public init(gray: UInt8) {
    self.init(red: gray, green: gray, blue: gray)
  }

  /// A colour of Oklab (Ottosson 2020) in polar form, brought into sRGB by clipping.
  /// - Parameters:
  ///   - lightness: 0 (black) to 1 (white), uniform to the eye.
  ///   - chroma: 0 (grey) to about 0.3.
  ///   - hue: in degrees; 0 is pink, 90 yellow, 180 teal, 270 blue.
  public init(lightness: Double, chroma: Double, hue: Double) {
    let a = chroma * cos(hue * .pi / 180)
    let b = chroma * sin(hue * .pi / 180)
    let long = pow(lightness + 0.3963377774 * a + 0.2158037573 * b, 3)
    let medium = pow(lightness - 0.1055613458 * a - 0.0638541728 * b, 3)
    let short = pow(lightness - 0.0894841775 * a - 1.2914855480 * b, 3)
    self.init(
      red: Self.encode(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
      green: Self.encode(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
      blue: Self.encode(-0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short))
  }

  /// This colour with `coverage` (0…1) of another laid over it.
  public func blended(with other: PictureColor, coverage: Float) -> PictureColor {
    func mix(_ below: UInt8, _ above: UInt8) -> UInt8 {
      UInt8((Float(below) + (Float(above) - Float(below)) * min(max(coverage, 0), 1)).rounded())
    }
    return PictureColor(
      red: mix(red, other.red), green: mix(green, other.green), blue: mix(blue, other.blue))
  }

  /// Linear light to an sRGB byte (IEC 61966-2-1).
  private static func encode(_ linear: Double) -> UInt8 {
    let light = min(max(linear, 0), 1)
    let value = light <= 0.0031308 ? 12.92 * light : 1.055 * pow(light, 1 / 2.4) - 0.055
    return UInt8((255 * value).rounded())
  }
}
