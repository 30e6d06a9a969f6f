import Foundation
import HTTPTypes
package import NIOCore

/// Reads the one file of a `multipart/form-data` body as it comes (RFC 7578), without ever holding more than a piece of it.
package struct MultipartReader {
  package enum Event {
    /// The file's name, as the client says it.
    case file(name: String)
    case bytes(ArraySlice<UInt8>)
    case end
  }

  private enum State { case preamble, headers, body, done }

  private static let longestHeaders = 8192
  private let delimiter: [UInt8]
  private var state = State.preamble
  private var waiting: [UInt8]
  private var isFile = false
  private(set) var hasFile = false

  /// - Throws: a problem where the content type names no boundary.
  package init(contentType: String?) throws {
    guard let type = contentType, type.lowercased().hasPrefix("multipart/form-data"),
      let found = type.range(of: "boundary=", options: .caseInsensitive)
    else { throw Problem(.unsupportedMediaType, "The body is to be multipart/form-data with one file.") }
    var boundary = String(type[found.upperBound...].prefix { $0 != ";" }).trimmingCharacters(in: .whitespaces)
    if boundary.hasPrefix("\""), boundary.hasSuffix("\""), boundary.count > 1 {
      boundary = String(boundary.dropFirst().dropLast())
    }
    guard (1...70).contains(boundary.utf8.count) else { throw Self.malformed }
    delimiter = Array("\r\n--\(boundary)".utf8)
    // The first delimiter may stand at the very beginning.
    waiting = Array("\r\n".utf8)
  }

  private static let malformed = Problem(.badRequest, "The body is no multipart/form-data with one file.")

  /// Takes more of the body, and gives what it says.
  package mutating func read(_ buffer: ByteBuffer) throws -> [Event] {
    waiting.append(contentsOf: buffer.readableBytesView)
    var events: [Event] = []
    while try step(&events) {}
    return events
  }

  /// - Throws: a problem where the body ended too early, or held no file.
  package func finish() throws {
    guard state == .done, hasFile else { throw Self.malformed }
  }

  /// - Returns: whether there may be more to do.
  private mutating func step(_ events: inout [Event]) throws -> Bool {
    switch state {
    case .done:
      waiting = []
      return false
    case .preamble: return try readPreamble()
    case .headers: return try readHeaders(&events)
    case .body: return readBody(&events)
    }
  }

  private mutating func readPreamble() throws -> Bool {
    guard let place = Self.find(delimiter, in: waiting) else {
      guard waiting.count <= Self.longestHeaders else { throw Self.malformed }
      return false
    }
    return try passDelimiter(at: place)
  }

  /// Goes on behind a delimiter: to the next part, or, of the last, to the end.
  private mutating func passDelimiter(at place: Int) throws -> Bool {
    let end = place + delimiter.count
    guard waiting.count >= end + 2 else { return false }
    if waiting[end] == 0x2D, waiting[end + 1] == 0x2D {
      state = .done
    } else {
      // What follows is "\r\n" and headers, or nothing and another "\r\n".
      state = .headers
      waiting.removeFirst(end)
    }
    return true
  }

  private mutating func readHeaders(_ events: inout [Event]) throws -> Bool {
    guard let place = Self.find(Array("\r\n\r\n".utf8), in: waiting) else {
      guard waiting.count <= Self.longestHeaders else { throw Self.malformed }
      return false
    }
    guard place <= Self.longestHeaders else { throw Self.malformed }
    let headers = String(decoding: waiting[..<place], as: UTF8.self)
    waiting.removeFirst(place + 4)
    isFile = Self.fileName(in: headers) != nil
    if let name = Self.fileName(in: headers) {
      guard !hasFile else { throw Problem(.badRequest, "One file at a time is taken.") }
      hasFile = true
      events.append(.file(name: name))
    }
    state = .body
    return true
  }

  private mutating func readBody(_ events: inout [Event]) -> Bool {
    if let place = Self.find(delimiter, in: waiting) {
      guard waiting.count >= place + delimiter.count + 2 else { return false }
      if isFile {
        if place > 0 { events.append(.bytes(waiting[..<place])) }
        events.append(.end)
        isFile = false
      }
      return (try? passDelimiter(at: place)) ?? false
    }
    // The end may be the beginning of a delimiter.
    let sure = waiting.count - delimiter.count
    guard sure > 0 else { return false }
    if isFile { events.append(.bytes(waiting[..<sure])) }
    waiting.removeFirst(sure)
    return false
  }

  private static func fileName(in headers: String) -> String? {
    for line in headers.components(separatedBy: "\r\n") {
      guard line.lowercased().hasPrefix("content-disposition:"), let found = line.range(of: "filename=\"") else {
        continue
      }
      let rest = line[found.upperBound...]
      guard let end = rest.lastIndex(of: "\"") else { return nil }
      return String(rest[..<end])
    }
    return nil
  }

  /// The first place of a pattern.
  private static func find(_ pattern: [UInt8], in bytes: [UInt8]) -> Int? {
    bytes.withUnsafeBufferPointer { bytes in
      pattern.withUnsafeBufferPointer { pattern in
        guard let start = bytes.baseAddress, let wanted = pattern.baseAddress, let first = pattern.first else {
          return nil
        }
        var place = 0
        while place + pattern.count <= bytes.count,
          let next = memchr(start + place, Int32(first), bytes.count - pattern.count - place + 1)
        {
          place = UnsafeRawPointer(next) - UnsafeRawPointer(start)
          if memcmp(start + place, wanted, pattern.count) == 0 { return place }
          place += 1
        }
        return nil
      }
    }
  }
}
