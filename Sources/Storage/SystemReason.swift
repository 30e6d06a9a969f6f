import Foundation

extension Error {
  /// The operating system's words for a failure, free of what Foundation wraps around them: "No space left on device", not
  /// "NSCocoaErrorDomain error 512".
  package var systemReason: String {
    if let error = self as? StorageError { return error.reason }
    if let fault = self as? SmallFile.Fault { return fault.description }
    let wrapped = self as NSError
    if wrapped.domain == NSPOSIXErrorDomain { return String(cString: strerror(Int32(wrapped.code))) }
    if let cause = wrapped.userInfo[NSUnderlyingErrorKey] as? any Error { return cause.systemReason }
    if wrapped.domain == NSCocoaErrorDomain, let code = Self.systemCodes[wrapped.code] {
      return String(cString: strerror(code))
    }
    return wrapped.domain == NSCocoaErrorDomain ? "the system does not say why" : "\(self)"
  }

  /// What Foundation's codes mean: `CocoaError.Code`.
  private static var systemCodes: [Int: Int32] {
    [
      4: ENOENT, 257: EACCES, 260: ENOENT, 263: EFBIG, 513: EACCES, 514: EINVAL, 516: EEXIST, 640: ENOSPC, 642: EROFS,
    ]
  }
}
