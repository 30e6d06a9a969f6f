/// The pages of an Ogg Vorbis file (RFC 3533; the Vorbis I specification, 4.2 and A.2).
struct OggFile {
  private struct Page {
    var flags: UInt8
    var position: ArraySlice<UInt8>
    var segments: [UInt8]
    var content: ArraySlice<UInt8>
  }

  private static let headLength = 27
  private static let (continues, mostSegments): (UInt8, Int) = (0x01, 255)
  private static let commentHead = [3] + Array("vorbis".utf8)

  private let serial: ArraySlice<UInt8>
  private var pages: [Page] = []
  /// What stands between the first page and the audio: the comments, and the setup of the decoder.
  private var headers: [[UInt8]] = []
  private let firstAudioPage: Int

  /// A whole file of one stream.
  init?(_ bytes: [UInt8]) {
    self.init(bytes, isWhole: true)
  }

  /// The beginning of a file, with its comments in it.
  init?(beginning bytes: [UInt8]) {
    self.init(bytes, isWhole: false)
  }

  private init?(_ bytes: [UInt8], isWhole: Bool) {
    guard bytes.count >= Self.headLength else { return nil }
    serial = bytes[14..<18]
    var (place, packet, audioPage) = (0, [UInt8](), Int?.none)
    while place < bytes.count {
      guard let (page, length) = Self.page(bytes, at: place) else {
        if isWhole { return nil } else { break }
      }
      pages.append(page)
      place += length
      guard pages.count > 1, headers.count < 2 else { continue }
      var rest = page.content
      for segment in page.segments {
        packet += rest.prefix(Int(segment))
        rest = rest.dropFirst(Int(segment))
        guard segment < 255 else { continue }
        headers.append(packet)
        packet = []
      }
      if headers.count >= 2 { audioPage = pages.count }
    }
    // Audio begins on a page of its own.
    guard headers.count >= 1, headers[0].starts(with: Self.commentHead) else { return nil }
    if isWhole { guard headers.count == 2, packet.isEmpty, audioPage != nil else { return nil } }
    firstAudioPage = audioPage ?? pages.count
  }

  private static func page(_ bytes: [UInt8], at start: Int) -> (page: Page, length: Int)? {
    guard start + headLength <= bytes.count, bytes[start..<start + 4].elementsEqual("OggS".utf8) else { return nil }
    let content = start + headLength + Int(bytes[start + headLength - 1])
    guard content <= bytes.count else { return nil }
    let segments = Array(bytes[start + headLength..<content])
    let end = segments.reduce(content) { $0 + Int($1) }
    guard end <= bytes.count else { return nil }
    let page = Page(
      flags: bytes[start + 5], position: bytes[start + 6..<start + 14], segments: segments,
      content: bytes[content..<end])
    return (page, end - start)
  }

  var comments: VorbisComments? {
    get { VorbisComments(headers[0].dropFirst(Self.commentHead.count)) }
    set { if let newValue { headers[0] = Self.commentHead + newValue.encoded } }
  }

  var encoded: [UInt8] {
    let all = [pages[0]] + headerPages + pages[firstAudioPage...]
    return all.enumerated().flatMap { encoded($1, number: $0) }
  }

  /// The headers in pages of as many segments as fit.
  private var headerPages: [Page] {
    let segments = headers.flatMap { Array(repeating: UInt8(255), count: $0.count / 255) + [UInt8($0.count % 255)] }
    var rest = Array(headers.joined())[...]
    var result: [Page] = []
    for start in stride(from: 0, to: segments.count, by: Self.mostSegments) {
      let own = Array(segments[start..<min(start + Self.mostSegments, segments.count)])
      let length = own.reduce(0) { $0 + Int($1) }
      let isContinued = start > 0 && segments[start - 1] == 255
      // Of a page on which no packet ends the position is none.
      let position: [UInt8] = Array(repeating: own.contains { $0 < 255 } ? 0 : 0xFF, count: 8)
      result.append(
        Page(
          flags: isContinued ? Self.continues : 0, position: position[...], segments: own, content: rest.prefix(length))
      )
      rest = rest.dropFirst(length)
    }
    return result
  }

  private func encoded(_ page: Page, number: Int) -> [UInt8] {
    var writer = ByteWriter()
    writer.add(text: "OggS")
    writer.add(UInt8(0))
    writer.add(page.flags)
    writer.add(bytes: page.position)
    writer.add(bytes: serial)
    writer.add(UInt32(number))
    writer.add(UInt32(0))
    writer.add(UInt8(page.segments.count))
    writer.add(bytes: page.segments)
    writer.add(bytes: page.content)
    var bytes = writer.bytes
    withUnsafeBytes(of: Self.checksum(bytes).littleEndian) { bytes.replaceSubrange(22..<26, with: $0) }
    return bytes
  }

  /// CRC-32 of the polynomial 04C11DB7, unreflected, from 0.
  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    bytes.reduce(0) { $0 << 8 ^ table[Int(UInt8($0 >> 24) ^ $1)] }
  }

  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index) << 24) { value, _ in value << 1 ^ (value >> 31 == 1 ? 0x04C1_1DB7 : 0) }
  }
}
