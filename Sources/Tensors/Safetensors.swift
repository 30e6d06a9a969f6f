public import Foundation
import Storage

/// Reads and writes whole safetensors files; `SafetensorsFile` reads single tensors.
public enum Safetensors {
  /// The element types that can be written. Narrower ones round to the nearest value, ties to even; what is too large
  /// for them becomes infinite, but in bytes 255; there what is below 0 or not a number becomes 0.
  public enum Format: String, Sendable, CaseIterable {
    case float32 = "F32"
    case float16 = "F16"
    case bfloat16 = "BF16"
    case uint8 = "U8"

    var byteCount: Int {
      switch self {
      case .float32: 4
      case .float16, .bfloat16: 2
      case .uint8: 1
      }
    }
  }

  /// All tensors of a file, converted to `Float`, and its metadata.
  /// - Throws: when the file cannot be read, or breaks any rule of the format.
  public static func read(
    _ url: URL
  ) throws(SafetensorsError) -> (tensors: [String: Tensor], metadata: [String: String]) {
    let file = try SafetensorsFile(url)
    var tensors: [String: Tensor] = [:]
    for name in file.names { tensors[name] = try file.tensor(named: name) }
    return (tensors, file.metadata)
  }

  /// Writes tensors in the order given; the same tensors and metadata give the same bytes.
  ///
  /// The file appears whole or not at all: it is written under another name beside `url`, flushed to the disk, and
  /// renamed; then the folder is flushed.
  /// - Precondition: the names differ, and none is `__metadata__`.
  /// - Throws: `cannotWrite`.
  public static func write(
    _ tensors: [(name: String, tensor: Tensor)], metadata: [String: String] = [:], as format: Format = .float32,
    to url: URL
  ) throws(SafetensorsError) {
    try write(tensors.map { ($0.name, $0.tensor, format) }, metadata: metadata, to: url)
  }

  /// The same with tensors of different element types.
  public static func write(
    _ tensors: [(name: String, tensor: Tensor, format: Format)], metadata: [String: String] = [:], to url: URL
  ) throws(SafetensorsError) {
    let header = SafetensorsWriter.header(tensors.map { ($0.name, $0.tensor.shape, $0.format) }, metadata)
    let name = DurableFile.partialPrefix(of: url.lastPathComponent) + UUID().uuidString + DurableFile.partialSuffix
    let partial = url.deletingLastPathComponent().appendingPathComponent(name)
    do {
      let file = try FileDescriptor(partial.path, O_WRONLY | O_CREAT | O_EXCL)
      try header.withUnsafeBytes { try file.write($0) }
      for (_, tensor, format) in tensors {
        try SafetensorsWriter.forEachChunk(of: tensor, as: format) { try $0.withUnsafeBytes { try file.write($0) } }
      }
      try file.flush()
      try DurableFile.replace(url, by: partial)
    } catch {
      unlink(partial.path)
      throw .cannotWrite(path: url.path, reason: error.systemReason)
    }
  }
}
