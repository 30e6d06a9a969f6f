/// What can be wrong with a safetensors file.
public enum SafetensorsError: Error, Equatable, Sendable {
  /// There is no such file.
  case missing(path: String)
  /// The file cannot be read.
  case unreadable(path: String, reason: String)
  /// The file ends before its header does.
  case truncated(path: String, byteCount: Int)
  /// The header claims to be longer than `SafetensorsFile.maximumHeaderLength`.
  case headerTooLong(path: String, byteCount: UInt64)
  /// The header is not the JSON that it should be; the offset counts from the header's first byte.
  case malformedHeader(path: String, offset: Int, reason: String)
  /// Two tensors, or two fields, have the same name.
  case duplicateName(path: String, name: String)
  /// The element type is none that can be read.
  case unknownType(path: String, name: String, type: String)
  /// The shape does not make the number of bytes that the tensor has, or the number of bytes is beyond counting.
  case sizeMismatch(path: String, name: String, shape: [Int], type: String, byteCount: Int)
  /// The bytes do not begin where those of the tensor before end: an overlap or a hole.
  case misplaced(path: String, name: String, begin: Int, expected: Int)
  /// The tensors do not cover the rest of the file: it is cut off, or goes on.
  case wrongLength(path: String, byteCount: Int, expected: Int)
  /// The file holds no tensor of that name.
  case noSuchTensor(path: String, name: String)
  /// The tensor is of another shape than asked for.
  case wrongShape(path: String, name: String, shape: [Int], expected: [Int])
  /// The tensor's elements are of another type than asked for.
  case wrongType(path: String, name: String, type: String, expected: String)
  /// The file cannot be written.
  case cannotWrite(path: String, reason: String)
}

extension SafetensorsError: CustomStringConvertible {
  /// One line that says what is wrong, and where.
  public var description: String {
    // `debugDescription` keeps line ends and the like in a damaged file's names from breaking the line.
    switch self {
    case .missing(let path): "\(path): no such file"
    case .unreadable(let path, let reason): "\(path): cannot be read: \(reason)"
    case .truncated(let path, let byteCount): "\(path): not a whole safetensors file: it ends after \(byteCount) bytes"
    case .headerTooLong(let path, let byteCount):
      "\(path): not a safetensors file: its header claims to be \(byteCount) bytes long"
    case .malformedHeader(let path, let offset, let reason):
      "\(path): malformed safetensors header: \(reason) at its byte \(offset)"
    case .duplicateName(let path, let name): "\(path): the name \(name.debugDescription) stands twice in the header"
    case .unknownType(let path, let name, let type):
      "\(path): tensor \(name.debugDescription) has the unknown element type \(type.debugDescription)"
    case .sizeMismatch(let path, let name, let shape, let type, let byteCount):
      "\(path): tensor \(name.debugDescription) of shape \(shape) and type \(type) cannot fill \(byteCount) bytes"
    case .misplaced(let path, let name, let begin, let expected):
      "\(path): tensor \(name.debugDescription) begins at byte \(begin) instead of \(expected)"
    case .wrongLength(let path, let byteCount, let expected):
      "\(path): holds \(byteCount) bytes of tensors where the header promises \(expected)"
    case .noSuchTensor(let path, let name): "\(path): holds no tensor \(name.debugDescription)"
    case .wrongShape(let path, let name, let shape, let expected):
      "\(path): tensor \(name.debugDescription) has the shape \(shape) instead of \(expected)"
    case .wrongType(let path, let name, let type, let expected):
      "\(path): tensor \(name.debugDescription) has elements of type \(type) instead of \(expected)"
    case .cannotWrite(let path, let reason): "\(path): cannot be written: \(reason)"
    }
  }
}
