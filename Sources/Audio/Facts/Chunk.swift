/// A part of a RIFF (WAV) or FORM (AIFF) file.
struct Chunk {
  let name: String
  let content: [UInt8]

  init(_ name: String, _ content: [UInt8]) { (self.name, self.content) = (name, content) }

  /// - Parameter write: fills its content.
  init(_ name: String, bigEndian: Bool = false, _ write: (inout ByteWriter) -> Void) {
    var writer = ByteWriter(bigEndian: bigEndian)
    write(&writer)
    self.init(name, writer.bytes)
  }

  /// With its header, and a byte that makes its length even.
  func encoded(bigEndian: Bool) -> [UInt8] {
    var writer = ByteWriter(bigEndian: bigEndian)
    writer.add(text: name)
    writer.add(UInt32(clamping: content.count))
    writer.add(bytes: content)
    if content.count % 2 == 1 { writer.add(UInt8(0)) }
    return writer.bytes
  }

  private static func encoded(_ chunks: [Chunk], _ bigEndian: Bool) -> [UInt8] {
    chunks.flatMap { $0.encoded(bigEndian: bigEndian) }
  }

  /// What a file is to hold besides: before its audio what programs that read it as it comes should know in time, and behind it
  /// what may be long.
  struct Sides {
    var before: [Chunk] = []
    var behind: [Chunk] = []
  }

  /// A file with more chunks. No other byte changes but the file's length. Nil where it is no such file.
  static func insert(_ sides: Sides, into file: [UInt8], bigEndian: Bool) -> [UInt8]? {
    let (head, audio) = bigEndian ? ("FORM", "SSND") : ("RIFF", "data")
    guard file.count >= 12, file[0..<4].elementsEqual(head.utf8) else { return nil }
    var place = 12
    while !(place + 8 <= file.count && file[place..<place + 4].elementsEqual(audio.utf8)) {
      guard let length = file.number(at: place + 4, count: 4, bigEndian: bigEndian) else { return nil }
      place += 8 + length + length % 2
    }
    let (before, behind) = (encoded(sides.before, bigEndian), encoded(sides.behind, bigEndian))
    // The audio's chunk has an even length, too.
    let pad: [UInt8] = behind.isEmpty || file.count % 2 == 0 ? [] : [0]
    var length = ByteWriter(bigEndian: bigEndian)
    length.add(UInt32(clamping: file.count - 8 + before.count + pad.count + behind.count))
    return file[..<4] + length.bytes + file[8..<place] + before + file[place...] + pad + behind
  }
}
