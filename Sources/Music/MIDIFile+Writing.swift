public import Foundation
import Storage

extension MIDIFile {
  /// One event at its tick. At the same tick, `order` puts note-offs before changes before note-ons.
  private struct TimedBytes {
    var tick: Int
    var order: Int
    var bytes: [UInt8]
  }

  /// The file as standard MIDI 1.0 bytes.
  ///
  /// Keys, velocities, channels, programs and controllers out of range are clamped into it. A note lasts at least a tick.
  public func encoded() -> [UInt8] {
    let end = tick(atBeat: max(lengthBeats, tracks.flatMap(\.notes).map(\.endBeats).max() ?? 0))
    var chunks: [[UInt8]]
    switch format {
    case .single:
      chunks = [Self.trackChunk(title: title, events: conductorEvents + tracks.flatMap(events(of:)), end: end)]
    case .parallel:
      chunks = [Self.trackChunk(title: title, events: conductorEvents, end: end)]
      chunks += tracks.map { Self.trackChunk(title: $0.name, events: events(of: $0), end: end) }
    }
    var bytes = Array("MThd".utf8) + Self.bigEndian(6, byteCount: 4)
    bytes += Self.bigEndian(format.rawValue, byteCount: 2)
    bytes += Self.bigEndian(chunks.count, byteCount: 2)
    bytes += Self.bigEndian(ticksPerQuarter, byteCount: 2)
    return bytes + chunks.joined()
  }

  /// Writes the file whole: to a temporary name beside it, then renamed.
  public func write(to url: URL) throws(MIDIError) {
    do {
      try DurableFile.writeShared(encoded(), to: url)
    } catch {
      throw .cannotWrite(path: url.path, reason: error.reason)
    }
  }

  private func tick(atBeat beat: Double) -> Int {
    Int((min(max(beat, 0), 1e6) * Double(ticksPerQuarter)).rounded())
  }

  private var conductorEvents: [TimedBytes] {
    let signatures = timeSignatures.map { change in
      let signature = change.timeSignature
      let power = UInt8(signature.denominator.trailingZeroBitCount)
      return TimedBytes(
        tick: tick(atBeat: change.beat), order: 0,
        bytes: [0xFF, 0x58, 4, UInt8(signature.numerator), power, 24, 8])
    }
    let changes = tempos.map { change in
      let microseconds = min(max(change.microsecondsPerQuarter, 1), 0xFF_FFFF)
      return TimedBytes(
        tick: tick(atBeat: change.beat), order: 0,
        bytes: [0xFF, 0x51, 3] + Self.bigEndian(microseconds, byteCount: 3))
    }
    return signatures + keyEvents + changes + markerEvents
  }

  private var keyEvents: [TimedBytes] {
    keySignatures.map { change in
      let sharps = UInt8(bitPattern: Int8(min(max(change.sharps, -7), 7)))
      return TimedBytes(
        tick: tick(atBeat: change.beat), order: 0, bytes: [0xFF, 0x59, 2, sharps, change.isMinor ? 1 : 0])
    }
  }

  private var markerEvents: [TimedBytes] {
    markers.map { marker in
      let text = Array(marker.text.utf8)
      return TimedBytes(
        tick: tick(atBeat: marker.beat), order: 0, bytes: [0xFF, 0x06] + Self.variableLength(text.count) + text)
    }
  }

  private func events(of track: Track) -> [TimedBytes] {
    var events: [TimedBytes] = []
    for change in track.controls {
      let bytes = [0xB0 | Self.nibble(change.channel), Self.septet(change.controller), Self.septet(change.value)]
      events.append(TimedBytes(tick: tick(atBeat: change.beat), order: 1, bytes: bytes))
    }
    for change in track.programs {
      let bytes = [0xC0 | Self.nibble(change.channel), Self.septet(change.program)]
      events.append(TimedBytes(tick: tick(atBeat: change.beat), order: 1, bytes: bytes))
    }
    for note in track.notes {
      let start = tick(atBeat: note.startBeats)
      let end = max(tick(atBeat: note.endBeats), start + 1)
      let velocity = max(Self.septet(note.velocity), 1)
      let (channel, key) = (Self.nibble(note.channel), Self.septet(note.key))
      events.append(TimedBytes(tick: start, order: 2, bytes: [0x90 | channel, key, velocity]))
      events.append(TimedBytes(tick: end, order: 0, bytes: [0x80 | channel, key, 64]))
    }
    return events
  }

  private static func trackChunk(title: String, events: [TimedBytes], end: Int) -> [UInt8] {
    var body: [UInt8] = []
    if !title.isEmpty {
      let text = Array(title.utf8)
      body += [0, 0xFF, 0x03] + variableLength(text.count) + text
    }
    // Sorting keeps the order in which equal events were made, so that the same music gives the same bytes.
    let ordered = events.enumerated().sorted {
      ($0.element.tick, $0.element.order, $0.offset) < ($1.element.tick, $1.element.order, $1.offset)
    }
    var previous = 0
    for (_, event) in ordered {
      body += variableLength(event.tick - previous) + event.bytes
      previous = event.tick
    }
    body += variableLength(max(end - previous, 0)) + [0xFF, 0x2F, 0]
    return Array("MTrk".utf8) + bigEndian(body.count, byteCount: 4) + body
  }

  static func variableLength(_ value: Int) -> [UInt8] {
    var rest = min(max(value, 0), 0xFFF_FFFF)
    var bytes = [UInt8(rest & 0x7F)]
    rest >>= 7
    while rest > 0 {
      bytes.insert(UInt8(rest & 0x7F) | 0x80, at: 0)
      rest >>= 7
    }
    return bytes
  }

  private static func bigEndian(_ value: Int, byteCount: Int) -> [UInt8] {
    (0..<byteCount).reversed().map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
  }

  private static func septet(_ value: Int) -> UInt8 { UInt8(min(max(value, 0), 127)) }

  private static func nibble(_ value: Int) -> UInt8 { UInt8(min(max(value, 0), 15)) }
}
