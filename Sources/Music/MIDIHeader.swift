/// A MIDI file's header, wherever in the bytes it stands.
struct MIDIHeader {
  let format: Int
  let trackCount: Int
  /// Ticks per quarter note; nil where the file counts seconds.
  let ticksPerQuarter: Int?
  /// Ticks in what counts as a beat: a quarter note, or half a second.
  let ticksPerBeat: Double
  /// How many bytes before it were passed over, for they belong to no MIDI file.
  let preamble: Int

  /// Reads the header, and leaves the cursor behind it; its end is that of the MIDI data.
  init(_ cursor: inout ByteCursor) throws(MIDIError) {
    preamble = try Self.find(&cursor)
    cursor.offset += 4
    let length = try cursor.integer(byteCount: 4, of: "the header")
    guard length >= 6 else { throw .badHeader(reason: "its length is \(length), not 6") }
    format = try cursor.integer(byteCount: 2, of: "the header")
    trackCount = try cursor.integer(byteCount: 2, of: "the header")
    let division = try cursor.integer(byteCount: 2, of: "the header")
    try cursor.skip(length - 6, of: "the header")
    guard (0...2).contains(format) else { throw .unsupportedFormat(format) }
    if division & 0x8000 == 0 {
      guard division > 0 else { throw .unsupportedDivision(division) }
      (ticksPerQuarter, ticksPerBeat) = (division, Double(division))
    } else {
      // Minus the frames a second, and ticks a frame. 29 stands for 30 that drop two of 1800, in NTSC's seconds.
      let frames = 256 - division >> 8
      let rate = frames == 29 ? 30 / 1.001 : Double(frames)
      guard [24, 25, 29, 30].contains(frames), division & 0xFF > 0 else { throw .unsupportedDivision(division) }
      (ticksPerQuarter, ticksPerBeat) = (nil, rate * Double(division & 0xFF) / 2)
    }
  }

  /// Puts the cursor on "MThd": at the start, in a RIFF file of RMID's kind, or behind the header of an old Mac's file.
  private static func find(_ cursor: inout ByteCursor) throws(MIDIError) -> Int {
    if cursor.holds("MThd", at: 0) { return 0 }
    if cursor.holds("RIFF", at: 0), cursor.holds("RMID", at: 8) {
      var place = 12
      while let length = cursor.littleEndian(at: place + 4) {
        if cursor.holds("data", at: place), cursor.holds("MThd", at: place + 8) {
          cursor.offset = place + 8
          cursor.end = min(cursor.data.count, place + 8 + length)
          return 0
        }
        place += 8 + length + length % 2
      }
      throw .notMIDI
    }
    guard let place = cursor.place(of: "MThd", from: 0), place <= mostPreamble else { throw .notMIDI }
    cursor.offset = place
    return place
  }

  /// MacBinary's header has 128 bytes.
  private static let mostPreamble = 128
}
