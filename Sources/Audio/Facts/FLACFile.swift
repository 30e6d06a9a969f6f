/// The metadata blocks of a FLAC file (RFC 9639, 8).
struct FLACFile {
  private struct Block {
    let kind: UInt8
    var content: ArraySlice<UInt8>
  }

  private static let commentKind: UInt8 = 4
  private var blocks: [Block] = []
  private let audio: ArraySlice<UInt8>

  /// - Parameter bytes: a whole file, or its beginning with all of its blocks.
  init?(_ bytes: [UInt8]) {
    guard bytes.starts(with: "fLaC".utf8) else { return nil }
    var (place, isLast) = (4, false)
    while !isLast {
      guard let length = bytes.number(at: place + 1, count: 3, bigEndian: true), place + 4 + length <= bytes.count
      else { return nil }
      isLast = bytes[place] & 0x80 != 0
      blocks.append(Block(kind: bytes[place] & 0x7F, content: bytes[place + 4..<place + 4 + length]))
      place += 4 + length
    }
    audio = bytes[place...]
  }

  var comments: VorbisComments? {
    get { blocks.first { $0.kind == Self.commentKind }.flatMap { VorbisComments($0.content) } }
    set {
      guard let newValue, let place = blocks.firstIndex(where: { $0.kind == Self.commentKind }) else { return }
      blocks[place].content = newValue.encoded[...]
    }
  }

  var encoded: [UInt8] {
    var writer = ByteWriter(bigEndian: true)
    writer.add(text: "fLaC")
    for (index, block) in blocks.enumerated() {
      let last: UInt32 = index == blocks.count - 1 ? 0x80 : 0
      writer.add((last | UInt32(block.kind)) << 24 | UInt32(block.content.count))
      writer.add(bytes: block.content)
    }
    return writer.bytes + audio
  }
}
