import CPNG
public import Foundation
import Storage

extension Picture {
  /// Writes an 8-bit RGB PNG, whole: the file appears under its name only when complete.
  ///
  /// The bytes depend on the pixels, the comment and the versions of libpng and zlib only.
  /// - Parameter comment: what the file says of itself, in ASCII: see `comment(of:)`.
  /// - Throws: `PictureError.cannotWrite`.
  public func writePNG(to url: URL, comment: String? = nil) throws(PictureError) {
    let data = try encodedPNG(for: url, comment: comment)
    do { try DurableFile.writeShared(data, to: url) } catch {
      throw .cannotWrite(path: url.path, reason: error.reason)
    }
  }

  /// The bytes that `writePNG` writes.
  /// - Throws: `PictureError.cannotWrite`.
  public func pngData(comment: String? = nil) throws(PictureError) -> Data {
    try encodedPNG(for: URL(fileURLWithPath: "picture.png"), comment: comment)
  }

  /// Reads a PNG of any kind; transparency shows black.
  /// - Throws: `PictureError.unreadable`.
  public init(contentsOf url: URL) throws(PictureError) {
    var image = png_image()
    image.version = png_uint_32(PNG_IMAGE_VERSION)
    defer { png_image_free(&image) }
    guard png_image_begin_read_from_file(&image, url.path) != 0 else {
      throw .unreadable(path: url.path, reason: image.reason)
    }
    image.format = png_uint_32(PNG_FORMAT_FLAG_COLOR)
    var background = png_color()
    var pixels = [UInt8](repeating: 0, count: 3 * Int(image.width) * Int(image.height))
    guard png_image_finish_read(&image, &background, &pixels, 0, nil) != 0 else {
      throw .unreadable(path: url.path, reason: image.reason)
    }
    self.init(width: Int(image.width), height: Int(image.height), pixels: pixels)
  }

  private func encodedPNG(for url: URL, comment: String?) throws(PictureError) -> Data {
    var image = png_image()
    image.version = png_uint_32(PNG_IMAGE_VERSION)
    image.width = png_uint_32(width)
    image.height = png_uint_32(height)
    image.format = png_uint_32(PNG_FORMAT_FLAG_COLOR)
    defer { png_image_free(&image) }
    // What zlib cannot compress it stores, five bytes more for every 16 kB; chunks and headers come on top.
    var size = pixels.count + height + pixels.count / 1024 + 65536
    var data = Data(count: size)
    let written = data.withUnsafeMutableBytes {
      png_image_write_to_memory(&image, $0.baseAddress, &size, 0, pixels, 0, nil)
    }
    guard written != 0 else { throw .cannotWrite(path: url.path, reason: image.reason) }
    return comment.map { Self.png(data.prefix(size), with: $0) } ?? data.prefix(size)
  }
}

extension png_image {
  /// libpng's words for its last failure.
  fileprivate var reason: String {
    withUnsafeBytes(of: message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
}

/// What can go wrong between a picture and its file.
public enum PictureError: Error, Equatable, Sendable {
  /// The file could not be put in place: no such directory, no permission, a full disk.
  case cannotWrite(path: String, reason: String)
  /// There is no such file, or it is no PNG; the reason is libpng's.
  case unreadable(path: String, reason: String)
}

extension PictureError: CustomStringConvertible {
  /// One line that says what is wrong and with which file.
  public var description: String {
    switch self {
    case .cannotWrite(let path, let reason): "\(path): the picture cannot be written: \(reason)"
    case .unreadable(let path, let reason): "\(path): not readable as a PNG: \(reason)"
    }
  }
}
