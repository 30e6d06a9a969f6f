import Foundation

/// Talks to a server byte by byte, so that nothing is said that a test does not mean.
struct RawClient {
  let port: Int

  struct Answer {
    let status: Int
    let head: String
    let body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }
    func header(_ name: String) -> String? {
      head.components(separatedBy: "\r\n").first { $0.lowercased().hasPrefix(name.lowercased() + ":") }
        .map { $0.dropFirst(name.count + 1).trimmingCharacters(in: .whitespaces) }
    }
    var json: [String: Any] { (try? JSONSerialization.jsonObject(with: Data(body))) as? [String: Any] ?? [:] }
  }

  /// An open connection.
  final class Connection {
    let socket: Int32
    init?(port: Int, timeout: Int = 20) {
      socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_port = in_port_t(port).bigEndian
      address.sin_addr.s_addr = inet_addr("127.0.0.1")
      var time = timeval(tv_sec: timeout, tv_usec: 0)
      setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
      let result = withUnsafePointer(to: &address) {
        $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
      }
      guard result == 0 else { return nil }
    }
    deinit { close(socket) }

    @discardableResult func send(_ text: String) -> Bool { send(Array(text.utf8)) }
    @discardableResult func send(_ bytes: [UInt8]) -> Bool {
      var sent = 0
      while sent < bytes.count {
        let count = bytes.withUnsafeBytes {
          Foundation.send(socket, $0.baseAddress! + sent, bytes.count - sent, Int32(MSG_NOSIGNAL))
        }
        guard count > 0 else { return false }
        sent += count
      }
      return true
    }

    /// What comes until the other side closes, or `enough` of it is there.
    func receive(until enough: ([UInt8]) -> Bool = { _ in false }) -> [UInt8] {
      var all: [UInt8] = []
      var buffer = [UInt8](repeating: 0, count: 65_536)
      while !enough(all) {
        let count = recv(socket, &buffer, buffer.count, 0)
        guard count > 0 else { break }
        all += buffer[..<count]
      }
      return all
    }
  }

  /// One request on a connection of its own.
  func call(
    _ method: String, _ path: String, _ headers: [String: String] = [:], body: [UInt8] = [], host: String? = nil
  ) -> Answer {
    guard let connection = Connection(port: port) else { return Answer(status: -1, head: "", body: []) }
    var head = "\(method) \(path) HTTP/1.1\r\nHost: \(host ?? "127.0.0.1:\(port)")\r\nConnection: close\r\n"
    for (name, value) in headers { head += "\(name): \(value)\r\n" }
    if !body.isEmpty || method == "POST" || method == "PATCH" { head += "Content-Length: \(body.count)\r\n" }
    connection.send(Array((head + "\r\n").utf8) + body)
    return Self.parse(connection.receive())
  }

  static func parse(_ bytes: [UInt8]) -> Answer {
    let end = Array("\r\n\r\n".utf8)
    guard let place = bytes.indices.first(where: { bytes[$0...].starts(with: end) }) else {
      return Answer(status: -1, head: String(decoding: bytes, as: UTF8.self), body: [])
    }
    let head = String(decoding: bytes[..<place], as: UTF8.self)
    let status = Int(head.split(separator: " ").dropFirst().first ?? "") ?? -1
    var body = Array(bytes[(place + 4)...])
    if head.lowercased().contains("transfer-encoding: chunked") { body = unchunked(body) }
    return Answer(status: status, head: head, body: body)
  }

  private static func unchunked(_ bytes: [UInt8]) -> [UInt8] {
    var (result, place) = ([UInt8](), 0)
    while let end = bytes[place...].firstIndex(of: 0x0D),
      let count = Int(String(decoding: bytes[place..<end], as: UTF8.self), radix: 16), count > 0,
      end + 2 + count <= bytes.count
    {
      result += bytes[(end + 2)..<(end + 2 + count)]
      place = end + 2 + count + 2
      if place >= bytes.count { break }
    }
    return result
  }
}
