/// Reads one track chunk's events.
///
/// Where a file departs from the standard and it is clear what is meant, it is read as it is meant (mido does the same for
/// most), with a remark; at an event that cannot be understood the track ends.
struct MIDITrackReader {
  private struct OpenNote {
    var key: Int
    var channel: Int
    var startTick: Int
    var velocity: Int
  }

  private(set) var cursor: ByteCursor
  private let ticksPerBeat: Double
  private var tick = 0
  private var status: UInt8 = 0
  /// Whether an event of another kind has come since the status.
  private var isStatusOld = false
  private var open: [Int: [OpenNote]] = [:]

  private(set) var track = MIDIFile.Track()
  private(set) var tempos: [MIDIFile.TempoChange] = []
  private(set) var timeSignatures: [MIDIFile.TimeSignatureChange] = []
  private(set) var keySignatures: [MIDIFile.KeySignature] = []
  private(set) var markers: [MIDIFile.Marker] = []
  private(set) var remarks = MIDIRemarks()
  /// Whether there was an event that says so.
  private(set) var hasEnded = false

  init(cursor: ByteCursor, ticksPerBeat: Double) { (self.cursor, self.ticksPerBeat) = (cursor, ticksPerBeat) }

  var endBeats: Double { beats(tick) }

  /// Reads to the end of the track, or of the bytes.
  /// - Returns: why it ended before.
  mutating func read() -> MIDIError? {
    defer {
      for note in open.values.joined() { close(note) }
      track.notes.sort {
        ($0.startBeats, $0.channel, $0.key, $0.endBeats) < ($1.startBeats, $1.channel, $1.key, $1.endBeats)
      }
    }
    do throws(MIDIError) {
      while !hasEnded && cursor.remaining > 0 {
        tick += try quantity(of: "a delta time")
        hasEnded = try readEvent()
      }
      return nil
    } catch { return error }
  }

  private mutating func quantity(of what: String) throws(MIDIError) -> Int {
    let start = cursor.offset
    let (value, isLong) = try cursor.variableLength(of: what)
    if isLong { remarks.add(.longQuantity, at: start) }
    return value
  }

  /// Returns true at the end of the track.
  private mutating func readEvent() throws(MIDIError) -> Bool {
    let start = cursor.offset
    let first = try cursor.byte(of: "an event")
    switch first {
    case 0xFF:
      isStatusOld = true
      return try readMeta()
    case 0xF0, 0xF7:
      isStatusOld = true
      try cursor.skip(try quantity(of: "a system exclusive length"), of: "system exclusive data")
    case 0x80...0xEF:
      (status, isStatusOld) = (first, false)
      try readChannelEvent(firstData: try cursor.byte(of: "an event's data"))
    case 0x00...0x7F:
      guard status != 0 else { throw .missingStatus(offset: start) }
      if isStatusOld { remarks.add(.runningStatus, at: start) }
      isStatusOld = false
      try readChannelEvent(firstData: first)
    default:
      // Of the system messages that pass over wires, only these have data.
      guard let count = [0xF1: 1, 0xF2: 2, 0xF3: 1, 0xF6: 0][Int(first)] ?? (first >= 0xF8 ? 0 : nil) else {
        throw .badData(offset: start, what: "status byte \(first) has no place in a file")
      }
      remarks.add(.systemMessage, at: start)
      try cursor.skip(count, of: "a system message")
    }
    return false
  }

  /// A data byte, 0 … 127.
  private mutating func value(_ byte: UInt8) -> Int {
    if byte > 0x7F { remarks.add(.dataByte, at: cursor.offset - 1) }
    return Int(min(byte, 0x7F))
  }

  private mutating func dataByte() throws(MIDIError) -> Int { value(try cursor.byte(of: "an event's data")) }

  private mutating func readChannelEvent(firstData: UInt8) throws(MIDIError) {
    let channel = Int(status & 0x0F)
    switch status & 0xF0 {
    case 0x80, 0x90:
      let keyOffset = cursor.offset - 1
      let velocity = try dataByte()
      if firstData > 0x7F {
        if status & 0xF0 == 0x90, velocity > 0 { remarks.add(.noSuchKey, at: keyOffset) }
      } else if velocity == 0 || status & 0xF0 == 0x80 {
        release(key: Int(firstData), channel: channel)
      } else {
        strike(OpenNote(key: Int(firstData), channel: channel, startTick: tick, velocity: velocity))
      }
    case 0xB0:
      let controller = value(firstData)
      let setting = try dataByte()
      track.controls.append(.init(beat: beats(tick), channel: channel, controller: controller, value: setting))
    case 0xC0:
      track.programs.append(.init(beat: beats(tick), channel: channel, program: value(firstData)))
    case 0xD0:
      break  // Channel pressure has one data byte, which is read already.
    default:
      _ = try dataByte()
    }
  }

  private mutating func readMeta() throws(MIDIError) -> Bool {
    let start = cursor.offset
    let type = try cursor.byte(of: "a meta event")
    let length = try quantity(of: "a meta event's length")
    let data = Array(try cursor.bytes(length, of: "a meta event"))
    switch type {
    case 0x03 where track.name.isEmpty:
      track.name = String(decoding: data, as: UTF8.self)
    case 0x06:
      markers.append(.init(beat: beats(tick), text: String(decoding: data, as: UTF8.self)))
    case 0x2F:
      return true
    case 0x51:
      let microseconds = data.prefix(3).reduce(0) { $0 << 8 | Int($1) }
      guard length == 3, microseconds > 0 else {
        remarks.add(.tempo, at: start)
        break
      }
      tempos.append(.init(beat: beats(tick), microsecondsPerQuarter: microseconds))
    case 0x58:
      guard length >= 2, data[0] > 0, data[1] <= 6 else {
        remarks.add(.timeSignature, at: start)
        break
      }
      timeSignatures.append(.init(beat: beats(tick), timeSignature: TimeSignature(Int(data[0]), 1 << Int(data[1]))))
    case 0x59 where length == 2:
      // A file whose key signature is none still has its notes.
      let sharps = Int(Int8(bitPattern: data[0]))
      guard (-7...7).contains(sharps) else { break }
      keySignatures.append(.init(beat: beats(tick), sharps: sharps, isMinor: data[1] == 1))
    default:
      break
    }
    return false
  }

  /// One key sounding this often at once is no music; the bound keeps a hostile file from growing the lists it pops.
  private static let strikeLimit = 16

  private mutating func strike(_ note: OpenNote) {
    let slot = note.channel << 7 | note.key
    if open[slot, default: []].count >= Self.strikeLimit { release(key: note.key, channel: note.channel) }
    open[slot, default: []].append(note)
  }

  /// The first struck is the first released when one key sounds twice at once.
  private mutating func release(key: Int, channel: Int) {
    let slot = channel << 7 | key
    guard var notes = open[slot], !notes.isEmpty else { return }
    close(notes.removeFirst())
    open[slot] = notes
  }

  private mutating func close(_ note: OpenNote) {
    track.notes.append(
      NoteEvent(
        startBeats: beats(note.startTick), durationBeats: beats(tick - note.startTick), key: note.key,
        velocity: note.velocity, channel: note.channel))
  }

  private func beats(_ tick: Int) -> Double { Double(tick) / ticksPerBeat }
}
