/// Reads one track chunk's events.
struct MIDITrackReader {
  private struct OpenNote {
    var key: Int
    var channel: Int
    var startTick: Int
    var velocity: Int
  }

  private var cursor: ByteCursor
  private let end: Int
  private let ticksPerQuarter: Int
  private var tick = 0
  private var status: UInt8 = 0
  private var open: [Int: [OpenNote]] = [:]

  private(set) var track = MIDIFile.Track()
  private(set) var tempos: [MIDIFile.TempoChange] = []
  private(set) var timeSignatures: [MIDIFile.TimeSignatureChange] = []
  private(set) var keySignatures: [MIDIFile.KeySignature] = []
  private(set) var markers: [MIDIFile.Marker] = []

  init(cursor: ByteCursor, end: Int, ticksPerQuarter: Int) {
    self.cursor = cursor
    self.end = end
    self.ticksPerQuarter = ticksPerQuarter
  }

  var endBeats: Double { beats(tick) }

  mutating func read() throws(MIDIError) {
    var ended = false
    while !ended && cursor.offset < end {
      tick += try cursor.variableLength(of: "a delta time")
      ended = try readEvent()
      guard cursor.offset <= end else { throw .truncated(offset: end, what: "a track's last event") }
    }
    for note in open.values.joined() { close(note) }
    track.notes.sort {
      ($0.startBeats, $0.channel, $0.key, $0.endBeats) < ($1.startBeats, $1.channel, $1.key, $1.endBeats)
    }
  }

  /// Returns true at the end of the track.
  private mutating func readEvent() throws(MIDIError) -> Bool {
    let start = cursor.offset
    let first = try cursor.byte(of: "an event")
    switch first {
    case 0xFF:
      status = 0
      return try readMeta()
    case 0xF0, 0xF7:
      status = 0
      try cursor.skip(try cursor.variableLength(of: "a system exclusive length"), of: "system exclusive data")
    case 0x80...0xEF:
      status = first
      try readChannelEvent(firstData: try dataByte())
    case 0x00...0x7F:
      guard status != 0 else { throw .missingStatus(offset: start) }
      try readChannelEvent(firstData: Int(first))
    default:
      throw .badData(offset: start, what: "status byte \(first) has no place in a file")
    }
    return false
  }

  private mutating func dataByte() throws(MIDIError) -> Int {
    let byte = try cursor.byte(of: "an event's data")
    guard byte < 0x80 else {
      throw .badData(offset: cursor.offset - 1, what: "\(byte) where a data byte up to 127 should be")
    }
    return Int(byte)
  }

  private mutating func readChannelEvent(firstData: Int) throws(MIDIError) {
    let channel = Int(status & 0x0F)
    switch status & 0xF0 {
    case 0x80:
      _ = try dataByte()
      release(key: firstData, channel: channel)
    case 0x90:
      let velocity = try dataByte()
      if velocity == 0 {
        release(key: firstData, channel: channel)
      } else {
        strike(OpenNote(key: firstData, channel: channel, startTick: tick, velocity: velocity))
      }
    case 0xB0:
      let value = try dataByte()
      track.controls.append(.init(beat: beats(tick), channel: channel, controller: firstData, value: value))
    case 0xC0:
      track.programs.append(.init(beat: beats(tick), channel: channel, program: firstData))
    case 0xD0:
      break  // Channel pressure has one data byte, which is read already.
    default:
      _ = try dataByte()
    }
  }

  private mutating func readMeta() throws(MIDIError) -> Bool {
    let start = cursor.offset
    let type = try cursor.byte(of: "a meta event")
    let length = try cursor.variableLength(of: "a meta event's length")
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
      guard length == 3, microseconds > 0 else { throw .badData(offset: start, what: "a tempo event") }
      tempos.append(.init(beat: beats(tick), microsecondsPerQuarter: microseconds))
    case 0x58:
      guard length >= 2, data[0] > 0, data[1] <= 6 else { throw .badData(offset: start, what: "a time signature") }
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

  private func beats(_ tick: Int) -> Double { Double(tick) / Double(ticksPerQuarter) }
}
