/// The comments of FLAC and Ogg Vorbis: fields with names, of any kind, in UTF-8 (xiph.org, "Vorbis comment").
///
/// libsndfile writes ten of them, with names that it knows, and no other.
struct VorbisComments {
  private let vendor: ArraySlice<UInt8>
  private var entries: [ArraySlice<UInt8>] = []
  /// What stands behind them: in Ogg Vorbis a bit that frames them.
  private let rest: ArraySlice<UInt8>

  init?(_ bytes: ArraySlice<UInt8>) {
    var left = bytes
    func text() -> ArraySlice<UInt8>? {
      guard let length = left.number(at: 0, count: 4), length <= left.count - 4 else { return nil }
      defer { left = left.dropFirst(4 + length) }
      return left.dropFirst(4).prefix(length)
    }
    guard let vendor = text(), let count = left.number(at: 0, count: 4) else { return nil }
    left = left.dropFirst(4)
    self.vendor = vendor
    for _ in 0..<count {
      guard let entry = text() else { return nil }
      entries.append(entry)
    }
    rest = left
  }

  /// The first of a name, in whatever case.
  subscript(name: String) -> String? {
    let start = Array("\(name)=".lowercased().utf8)
    let found = entries.first { entry in
      entry.count >= start.count
        && String(decoding: entry.prefix(start.count), as: UTF8.self).lowercased().utf8
          .elementsEqual(start)
    }
    return found.map { String(decoding: $0.dropFirst(start.count), as: UTF8.self) }
  }

  mutating func add(_ name: String, _ value: String) { entries.append(Array("\(name)=\(value)".utf8)[...]) }

  var encoded: [UInt8] {
    var writer = ByteWriter()
    writer.add(UInt32(vendor.count))
    writer.add(bytes: vendor)
    writer.add(UInt32(entries.count))
    for entry in entries {
      writer.add(UInt32(entry.count))
      writer.add(bytes: entry)
    }
    writer.add(bytes: rest)
    return writer.bytes
  }

  /// Adds what DJ programs (BPM, INITIALKEY), game engines (LOOPSTART, as SDL reads it) and readers of the mark look for.
  mutating func add(_ facts: SoundFacts, frameCount: Int) {
    if let tempo = facts.tempoText { add("BPM", tempo) }
    if let key = facts.key?.symbol {
      add("INITIALKEY", key)
      add("KEY", key)
    }
    if facts.isLoop {
      add("LOOPSTART", "0")
      add("LOOPLENGTH", "\(frameCount)")
    }
    if let source = facts.source { add(DigitalSource.fieldName, source.address) }
  }
}
