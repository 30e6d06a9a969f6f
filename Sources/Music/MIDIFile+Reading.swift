public import Foundation

extension MIDIFile {
  /// Longer files are refused, which bounds the memory that a hostile one can take.
  public static let byteLimit = 16 << 20

  /// Reads a standard MIDI file of format 0 or 1.
  ///
  /// - Throws: ``MIDIError`` for a file that is missing, cut short, malformed or of another format.
  public static func read(_ url: URL) throws(MIDIError) -> MIDIFile {
    // The size comes first: a longer file is not read, and neither is what has no end.
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: url.resolvingSymlinksInPath().path),
      attributes[.type] as? FileAttributeType == .typeRegular
    else {
      let exists = FileManager.default.fileExists(atPath: url.path)
      throw .unreadable(path: url.path, reason: exists ? "it is a folder, a pipe or a device" : "there is no such file")
    }
    let byteCount = (attributes[.size] as? NSNumber)?.intValue ?? 0
    guard byteCount <= byteLimit else { throw .tooLarge(byteCount: byteCount, limit: byteLimit) }
    let data: Data
    do {
      data = try Data(contentsOf: url, options: .mappedIfSafe)
    } catch {
      throw .unreadable(path: url.path, reason: error.localizedDescription)
    }
    guard data.count <= byteLimit else { throw .tooLarge(byteCount: data.count, limit: byteLimit) }
    return try MIDIFile(bytes: Array(data))
  }

  /// Reads standard MIDI bytes: running status, tempo map, note-ons of velocity 0 as note-offs. A note never released
  /// ends with its track; unknown chunks are skipped.
  public init(bytes: [UInt8]) throws(MIDIError) {
    guard bytes.count <= Self.byteLimit else { throw .tooLarge(byteCount: bytes.count, limit: Self.byteLimit) }
    var cursor = ByteCursor(bytes)
    guard bytes.starts(with: Array("MThd".utf8)) else { throw .notMIDI }
    cursor.offset = 4
    let headerLength = try cursor.integer(byteCount: 4, of: "the header")
    guard headerLength >= 6 else { throw .badHeader(reason: "its length is \(headerLength), not 6") }
    let formatNumber = try cursor.integer(byteCount: 2, of: "the header")
    let trackCount = try cursor.integer(byteCount: 2, of: "the header")
    let division = try cursor.integer(byteCount: 2, of: "the header")
    try cursor.skip(headerLength - 6, of: "the header")
    guard let format = Format(rawValue: formatNumber) else { throw .unsupportedFormat(formatNumber) }
    guard division & 0x8000 == 0, division > 0 else { throw .unsupportedDivision(division) }
    guard format == .parallel || trackCount == 1 else {
      throw .badHeader(reason: "format 0 with \(trackCount) tracks")
    }

    self.init(format: format, ticksPerQuarter: division)
    var readCount = 0
    while readCount < trackCount {
      guard cursor.remaining > 0 else { throw .truncated(offset: bytes.count, what: "track \(readCount + 1)") }
      let type = try cursor.bytes(4, of: "a chunk's name")
      let length = try cursor.integer(byteCount: 4, of: "a chunk's length")
      guard length <= cursor.remaining else { throw .truncated(offset: bytes.count, what: "track \(readCount + 1)") }
      let end = cursor.offset + length
      if type.elementsEqual("MTrk".utf8) {
        var reader = MIDITrackReader(cursor: cursor, end: end, ticksPerQuarter: division)
        try reader.read()
        append(reader, isFirst: readCount == 0)
        readCount += 1
      }
      cursor.offset = end
    }
    tempos.sort { $0.beat < $1.beat }
    timeSignatures.sort { $0.beat < $1.beat }
    keySignatures.sort { $0.beat < $1.beat }
    markers.sort { $0.beat < $1.beat }
  }

  private mutating func append(_ reader: MIDITrackReader, isFirst: Bool) {
    tempos += reader.tempos
    timeSignatures += reader.timeSignatures
    keySignatures += reader.keySignatures
    markers += reader.markers
    lengthBeats = max(lengthBeats, reader.endBeats)
    if isFirst { title = reader.track.name }
    // A parallel file's first track conducts: without notes of its own it is the title, tempo and metre, no part.
    if isFirst && format == .parallel && reader.track.isSilent { return }
    tracks.append(reader.track)
  }
}
