public import Foundation
import Storage

/// A safetensors file opened for reading: its header is checked at once, its tensors are converted when asked for.
///
/// The file is mapped into memory, so that opening a large one costs nothing; it must not be cut short by others while
/// it is in use. Format: https://github.com/huggingface/safetensors (an 8-byte little-endian header length, a JSON
/// header, then the bytes of all tensors without holes).
public struct SafetensorsFile: Sendable {
  /// A longer header is refused, as in the reference implementation.
  public static let maximumHeaderLength = 100_000_000

  /// The file's path, which errors name.
  public let path: String
  private let data: Data
  private let dataStart: Int
  private let header: SafetensorsHeader
  private let indexOfName: [String: Int]

  /// Opens a file and checks its header.
  /// - Throws: when the file cannot be read, or breaks any rule of the format.
  public init(_ url: URL) throws(SafetensorsError) {
    let path = url.path
    let file = try Self.open(path)
    let byteCount = try Self.byteCount(of: file)
    // Mapped is only what is worth it.
    let (header, dataStart) = try Self.header(of: file, byteCount: byteCount)
    let data = try Self.reading(path) { () throws(StorageError) in try MappedFile.map(file, byteCount: byteCount) }
    self.init(path: path, data: data, dataStart: dataStart, header: header)
  }

  /// Reads a file that is in memory already.
  package init(data: Data, path: String) throws(SafetensorsError) {
    let (header, dataStart) = try Self.header(byteCount: data.count, start: Array(data.prefix(8)), path: path) {
      Array(data.dropFirst(8).prefix($0))
    }
    self.init(path: path, data: data, dataStart: dataStart, header: header)
  }

  private init(path: String, data: Data, dataStart: Int, header: SafetensorsHeader) {
    (self.path, self.data, self.dataStart, self.header) = (path, data, dataStart, header)
    indexOfName = Dictionary(uniqueKeysWithValues: header.entries.enumerated().map { ($1.name, $0) })
  }

  /// The names of the tensors, in the order of their bytes.
  public var names: [String] { header.entries.map(\.name) }

  /// The strings that came with the tensors.
  public var metadata: [String: String] { header.metadata }

  /// The shape of a tensor, or nil where there is none of that name.
  public func shape(of name: String) -> [Int]? {
    entry(name)?.shape
  }

  /// The type of a tensor's elements, or nil where there is none of that name.
  public func elementType(of name: String) -> SafetensorsElementType? {
    entry(name)?.type
  }

  /// The elements of all tensors.
  public var elementCount: Int { header.elementCount }

  /// One tensor, converted to `Float`.
  /// - Parameter shape: the shape that it must have; nil takes any.
  /// - Throws: `noSuchTensor` or `wrongShape`.
  public func tensor(named name: String, shape: [Int]? = nil) throws(SafetensorsError) -> Tensor {
    guard let entry = entry(name) else { throw .noSuchTensor(path: path, name: name) }
    if let shape, shape != entry.shape {
      throw .wrongShape(path: path, name: name, shape: entry.shape, expected: shape)
    }
    var tensor = Tensor(uninitialized: entry.shape)
    tensor.withUnsafeMutable { output in
      data.withUnsafeBytes { bytes in
        guard let base = bytes.baseAddress else { return }
        entry.type.convert(base + dataStart + entry.bytes.lowerBound, count: entry.elementCount, into: output)
      }
    }
    return tensor
  }

  /// One tensor of bytes, as it is.
  /// - Throws: `noSuchTensor` or `wrongType`.
  public func bytes(named name: String) throws(SafetensorsError) -> [UInt8] {
    try withBytes(named: name) { Array($0) }
  }

  /// Calls `body` with the bytes of such a tensor where they lie in the file, without a copy.
  /// - Throws: `noSuchTensor` or `wrongType`.
  public func withBytes<Result>(
    named name: String, _ body: (UnsafeRawBufferPointer) -> Result
  ) throws(SafetensorsError) -> Result {
    guard let entry = entry(name) else { throw .noSuchTensor(path: path, name: name) }
    guard entry.type == .uint8 else {
      throw .wrongType(
        path: path, name: name, type: entry.type.rawValue, expected: SafetensorsElementType.uint8.rawValue)
    }
    return data.withUnsafeBytes { bytes in
      body(
        UnsafeRawBufferPointer(
          rebasing: bytes[dataStart + entry.bytes.lowerBound..<dataStart + entry.bytes.upperBound]))
    }
  }

  private func entry(_ name: String) -> SafetensorsHeader.Entry? {
    indexOfName[name].map { header.entries[$0] }
  }
}
