public import Foundation

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
  /// renamed.
  /// - Precondition: the names differ, and none is `__metadata__`.
  /// - Throws: `cannotWrite`.
  public static func write(
    _ tensors: [(name: String, tensor: Tensor)], metadata: [String: String] = [:], as format: Format = .float32,
    to url: URL
  ) throws(SafetensorsError) {
    let header = SafetensorsWriter.header(tensors.map { ($0.name, $0.tensor.shape) }, metadata, format)
    let partial = url.deletingLastPathComponent()
      .appendingPathComponent(partialPrefix(url) + UUID().uuidString + partialSuffix)
    do {
      try Data().write(to: partial, options: .withoutOverwriting)
      let handle = try FileHandle(forWritingTo: partial)
      defer { try? handle.close() }
      try handle.write(contentsOf: header)
      for (_, tensor) in tensors {
        try SafetensorsWriter.forEachChunk(of: tensor, as: format) { try handle.write(contentsOf: $0) }
      }
      try handle.synchronize()
      guard rename(partial.path, url.path) == 0 else {
        throw SafetensorsError.cannotWrite(path: url.path, reason: String(cString: strerror(errno)))
      }
    } catch let error {
      try? FileManager.default.removeItem(at: partial)
      throw (error as? SafetensorsError) ?? .cannotWrite(path: url.path, reason: error.localizedDescription)
    }
  }

  /// Removes what writers of a file that were killed have left beside it.
  /// - Precondition: nobody is writing the file.
  public static func removeLeftovers(of url: URL) {
    let folder = url.deletingLastPathComponent()
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    where name.hasPrefix(partialPrefix(url)) && name.hasSuffix(partialSuffix) {
      try? FileManager.default.removeItem(at: folder.appendingPathComponent(name))
    }
  }

  private static func partialPrefix(_ url: URL) -> String { ".\(url.lastPathComponent)." }
  private static let partialSuffix = ".partial"
}
