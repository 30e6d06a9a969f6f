import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Storage

/// A file as an answer, or the part of it that is asked for (RFC 9110, 14.2), read as the client takes it.
package enum FileAnswer {
  private static let chunk = 128 << 10

  static func answer(_ file: URL, type: String, name: String? = nil, to request: Request) throws -> Response {
    let opened: OpenFile
    do { opened = try OpenFile(file) } catch { throw Problem(.gone, "The file is not there any more.") }
    let tag = "\"\(opened.byteCount)-\(opened.time)\""
    var headers: HTTPFields = [
      .contentType: type, .acceptRanges: "bytes", .eTag: tag, .cacheControl: "private, no-cache",
    ]
    if let name { headers[.contentDisposition] = Self.disposition(name) }
    if request.headers[.ifNoneMatch] == tag { return Response(status: .notModified, headers: headers) }
    var range = 0..<opened.byteCount
    var status = HTTPResponse.Status.ok
    let isSame = request.headers[.ifRange].map { $0 == tag } ?? true
    if isSame, let asked = request.headers[.range] {
      switch ByteRange.parse(asked, byteCount: opened.byteCount) {
      case .part(let part):
        (range, status) = (part, .partialContent)
        headers[.contentRange] = "bytes \(part.lowerBound)-\(part.upperBound - 1)/\(opened.byteCount)"
      case .whole: break
      case .none:
        headers[.contentRange] = "bytes */\(opened.byteCount)"
        headers[.contentType] = "application/octet-stream"
        return Response(status: .rangeNotSatisfiable, headers: headers)
      }
    }
    let wanted = range
    return Response(
      status: status, headers: headers,
      body: ResponseBody(contentLength: wanted.count) { writer in
        var offset = wanted.lowerBound
        while offset < wanted.upperBound {
          let bytes = try await opened.read(from: offset, count: min(chunk, wanted.upperBound - offset))
          // Somebody cut the file meanwhile: the client sees that the answer is too short.
          guard !bytes.isEmpty else { throw Problem(.gone, "The file was cut short.") }
          try await writer.write(ByteBuffer(bytes: bytes))
          offset += bytes.count
        }
        try await writer.finish(nil)
      })
  }

  /// A name that is offered for saving, in ASCII and in UTF-8 (RFC 6266).
  package static func disposition(_ name: String) -> String {
    let plain = String(
      name.unicodeScalars.map {
        $0.isASCII && ($0.properties.isAlphabetic || ("0"..."9").contains($0) || "-_. ".unicodeScalars.contains($0))
          ? Character($0) : "_"
      })
    let encoded =
      name.addingPercentEncoding(
        withAllowedCharacters: .alphanumerics.intersection(.init(charactersIn: "\u{21}"..."\u{7E}"))) ?? plain
    return "attachment; filename=\"\(plain)\"; filename*=UTF-8''\(encoded)"
  }
}

/// An open file, which stays what it is while it is sent, even if its name is given to another.
final class OpenFile: Sendable {
  private let file: FileHandle
  let byteCount: Int
  /// Of its last change, in nanoseconds.
  let time: Int

  init(_ url: URL) throws {
    let number = open(url.path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    guard number >= 0 else { throw StorageError.cannotRead(path: url.path, code: errno) }
    file = FileHandle(fileDescriptor: number, closeOnDealloc: true)
    var status = stat()
    guard fstat(number, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw StorageError.notAFile(path: url.path)
    }
    byteCount = Int(status.st_size)
    time = Int(status.st_mtim.tv_sec) * 1_000_000_000 + Int(status.st_mtim.tv_nsec)
  }

  /// Bytes from a place on; fewer at the end.
  func read(from offset: Int, count: Int) async throws -> [UInt8] {
    try await Background.run { [file] in
      try [UInt8](unsafeUninitializedCapacity: count) { buffer, length in
        let got = pread(file.fileDescriptor, buffer.baseAddress, count, off_t(offset))
        guard got >= 0 else { throw StorageError.cannotRead(path: "", code: errno) }
        length = got
      }
    }
  }
}

/// What a Range header asks for.
package enum ByteRange: Equatable, Sendable {
  case part(Range<Int>)
  /// It is not understood, or asks for several parts: the whole answers it.
  case whole
  /// It lies beyond the end.
  case none

  package static func parse(_ header: String, byteCount: Int) -> ByteRange {
    guard header.hasPrefix("bytes="), header.utf8.count < 100 else { return .whole }
    let parts = header.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, !header.contains(",") else { return .whole }
    let digits = parts.map { $0.trimmingCharacters(in: .whitespaces) }
    guard digits.allSatisfy({ $0.utf8.count <= 18 && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }) else {
      return .whole
    }
    switch (Int(digits[0]), Int(digits[1])) {
    case (let first?, let last?):
      guard first <= last else { return .whole }
      return first < byteCount ? .part(first..<min(last, byteCount - 1) + 1) : .none
    case (let first?, nil): return first < byteCount ? .part(first..<byteCount) : .none
    case (nil, let count?): return count > 0 && byteCount > 0 ? .part(max(0, byteCount - count)..<byteCount) : .none
    case (nil, nil): return .whole
    }
  }
}
