/// An ID3 tag (id3.org, ID3v2.3.0): at the beginning of an MP3, where LAME writes it for libsndfile, which hands it five texts;
/// and in chunks of AIFF and WAV, where DJ programs look for it.
struct ID3Tag {
  private struct Frame {
    let name: String
    let content: ArraySlice<UInt8>
  }

  private static let headLength = 10
  private var frames: [Frame] = []
  private let rest: ArraySlice<UInt8>
  private static let latin: UInt8 = 0
  /// Tags of version 4, as others write them, are read too; written is 3.
  private static let versions: ClosedRange<UInt8> = 3...4

  /// An empty tag before the audio of a file that has none.
  init(before audio: [UInt8]) { rest = audio[...] }

  /// A tag for a file that has other places for all but tempo and key; nil where nothing is known of these.
  init?(musicOf facts: SoundFacts) {
    var music = facts
    (music.source, music.origin) = (nil, nil)
    self.init(before: [])
    add(music)
    if isEmpty { return nil }
  }

  var isEmpty: Bool { frames.isEmpty }

  /// - Parameter bytes: a whole file, or its beginning with all of the tag.
  init?(_ bytes: [UInt8]) {
    guard bytes.starts(with: "ID3".utf8), bytes.count >= Self.headLength, Self.versions.contains(bytes[3]),
      bytes[5] == 0
    else { return nil }
    let length = Self.sevenBits(bytes[6..<10])
    guard Self.headLength + length <= bytes.count else { return nil }
    var left = bytes[Self.headLength..<Self.headLength + length]
    while let first = left.first, first != 0, let plain = left.number(at: 4, count: 4, bigEndian: true) {
      let size = bytes[3] == 4 ? Self.sevenBits(left.dropFirst(4).prefix(4)) : plain
      guard Self.headLength + size <= left.count else { return nil }
      let content = left.dropFirst(Self.headLength).prefix(size)
      frames.append(Frame(name: String(decoding: left.prefix(4), as: UTF8.self), content: content))
      left = left.dropFirst(Self.headLength + size)
    }
    rest = bytes[(Self.headLength + length)...]
  }

  /// A number with seven bits in each byte.
  private static func sevenBits(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reduce(0) { $0 << 7 | Int($1 & 0x7F) } }

  /// The file, without the padding that the tag may have had.
  var encoded: [UInt8] {
    var writer = ByteWriter(bigEndian: true)
    for frame in frames {
      writer.add(text: frame.name)
      writer.add(UInt32(frame.content.count))
      writer.add(UInt16(0))
      writer.add(bytes: frame.content)
    }
    var head = ByteWriter(bigEndian: true)
    head.add(text: "ID3")
    for byte: UInt8 in [3, 0, 0] { head.add(byte) }
    for shift in [21, 14, 7, 0] { head.add(UInt8(writer.bytes.count >> shift & 0x7F)) }
    return head.bytes + writer.bytes + rest
  }

  private mutating func add(_ name: String, _ texts: String...) {
    let content = [Self.latin] + texts.map(Self.latin).joined(separator: [0])
    frames.append(Frame(name: name, content: Array(content)[...]))
  }

  /// Adds the texts of a file that had no tag: LAME puts short ones at its end alone, where they stay.
  mutating func add(_ tags: AudioTags) {
    for (name, text) in [("TIT2", tags.title), ("TPE1", tags.artist)] { if let text { add(name, text) } }
    if let comment = tags.comment {
      let content = [Self.latin] + Array("eng\0".utf8) + Self.latin(comment)
      frames.append(Frame(name: "COMM", content: content[...]))
    }
  }

  private static func latin(_ text: String) -> [UInt8] {
    text.unicodeScalars.map { UInt8(exactly: $0.value) ?? UInt8(ascii: "?") }
  }

  /// Adds what DJ programs and readers of the mark look for.
  mutating func add(_ facts: SoundFacts) {
    if let tempo = facts.tempo {
      // A whole number, says the standard; what it loses stands beside it.
      add("TBPM", "\(Int(tempo.rounded()))")
      if let text = facts.tempoText, text.contains(".") { add("TXXX", "BPM", text) }
    }
    if let key = facts.key?.symbol { add("TKEY", key) }
    if let source = facts.source { add("TXXX", DigitalSource.fieldName, source.address) }
    if let xmp = XMPPacket.text(facts) {
      frames.append(Frame(name: "PRIV", content: (Array("XMP".utf8) + [0] + Array(xmp.utf8))[...]))
    }
  }

  /// What it says of how the sound came to be; nil where it says nothing known.
  var source: DigitalSource? {
    for frame in frames where frame.name == "TXXX" {
      let parts = frame.content.dropFirst().split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
        .map { String(decoding: $0, as: UTF8.self) }
      guard parts.count == 2, parts[0].uppercased() == DigitalSource.fieldName else { continue }
      if let source = DigitalSource(term: parts[1].prefix { $0 != "\0" }) { return source }
    }
    return frames.first { $0.name == "PRIV" && $0.content.starts(with: "XMP\0".utf8) }
      .flatMap { XMPPacket.source(in: String(decoding: $0.content, as: UTF8.self)) }
  }
}
