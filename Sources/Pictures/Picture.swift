/// A raster of sRGB pixels with the few means of drawing that plots need; x grows to the right, y downwards.
///
/// Whatever falls outside of the raster is not drawn.
public struct Picture: Sendable, Equatable {
  public let width: Int
  public let height: Int
  /// Red, green and blue of each pixel, row by row from the top left.
  public private(set) var pixels: [UInt8]

  /// A picture of one colour.
  /// - Precondition: width and height are positive.
  public init(width: Int, height: Int, color: PictureColor = PictureColor(gray: 0)) {
    precondition(width > 0 && height > 0, "a picture cannot measure \(width) × \(height)")
    self.width = width
    self.height = height
    pixels = [UInt8](unsafeUninitializedCapacity: width * height * 3) { buffer, count in
      for pixel in 0..<width * height {
        buffer.initializeElement(at: 3 * pixel, to: color.red)
        buffer.initializeElement(at: 3 * pixel + 1, to: color.green)
        buffer.initializeElement(at: 3 * pixel + 2, to: color.blue)
      }
      count = width * height * 3
    }
  }

  /// A picture over pixels laid out as in `pixels`.
  init(width: Int, height: Int, pixels: [UInt8]) {
    precondition(pixels.count == width * height * 3, "\(pixels.count) bytes do not fill \(width) × \(height) pixels")
    self.width = width
    self.height = height
    self.pixels = pixels
  }

  /// One pixel.
  /// - Precondition: it lies inside of the picture.
  public subscript(x: Int, y: Int) -> PictureColor {
    get {
      precondition(contains(x, y), "(\(x), \(y)) lies outside of \(width) × \(height)")
      let index = 3 * (y * width + x)
      return PictureColor(red: pixels[index], green: pixels[index + 1], blue: pixels[index + 2])
    }
    set {
      precondition(contains(x, y), "(\(x), \(y)) lies outside of \(width) × \(height)")
      let index = 3 * (y * width + x)
      pixels[index] = newValue.red
      pixels[index + 1] = newValue.green
      pixels[index + 2] = newValue.blue
    }
  }

  func contains(_ x: Int, _ y: Int) -> Bool {
    x >= 0 && x < width && y >= 0 && y < height
  }

  /// Fills a rectangle.
  public mutating func fill(x: Int, y: Int, width: Int, height: Int, color: PictureColor) {
    for row in max(0, y)..<max(0, y, min(self.height, y + height)) {
      for column in max(0, x)..<max(0, x, min(self.width, x + width)) { self[column, row] = color }
    }
  }

  /// Lays a colour over one pixel; `coverage` is 0…1.
  mutating func blend(_ color: PictureColor, coverage: Float, x: Int, y: Int) {
    guard coverage > 0, contains(x, y) else { return }
    self[x, y] = self[x, y].blended(with: color, coverage: coverage)
  }

  /// Copies another picture, its top left corner to (x, y).
  public mutating func draw(_ picture: Picture, x: Int, y: Int) {
    for row in 0..<picture.height {
      for column in 0..<picture.width where contains(x + column, y + row) {
        self[x + column, y + row] = picture[column, row]
      }
    }
  }
}
