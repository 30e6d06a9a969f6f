/// The tracks of a MIDI file, one after the other, whatever the lengths of its chunks say.
struct MIDIChunks {
  private var cursor: ByteCursor
  private let ticksPerBeat: Double
  private var trackCount = 0
  var remarks = MIDIRemarks()
  /// The first thing that ended a track before its end.
  private(set) var fault: MIDIError?
  /// Whether the file ends within a track.
  private(set) var isCut = false

  init(_ cursor: ByteCursor, ticksPerBeat: Double) { (self.cursor, self.ticksPerBeat) = (cursor, ticksPerBeat) }

  /// The next track; nil when there is none.
  mutating func next() -> MIDITrackReader? {
    while cursor.remaining > 0 {
      // Another file's beginning.
      if cursor.holds("MThd", at: cursor.offset) {
        remarks.add(.leftOut, at: cursor.offset)
        return nil
      }
      if let length = chunkLength(at: cursor.offset) {
        if cursor.holds("MTrk", at: cursor.offset) { return track(claiming: length) }
        // A chunk of another kind.
        cursor.offset += 8 + length
      } else if let place = cursor.place(of: "MTrk", from: cursor.offset), place + 8 <= cursor.end {
        remarks.add(.leftOut, at: cursor.offset)
        cursor.offset = place
      } else {
        if cursor.holds("MTrk", at: cursor.offset) {
          isCut = true
          fault = fault ?? .truncated(offset: cursor.end, what: "track \(trackCount + 1)")
          remarks.add(.cut(track: trackCount + 1), at: cursor.end)
        }
        return nil
      }
    }
    return nil
  }

  /// The length that a chunk claims: of a track any, of others one that fits; nil where no chunk begins.
  private func chunkLength(at place: Int) -> Int? {
    guard place + 8 <= cursor.end else { return nil }
    let length = cursor.data[place + 4..<place + 8].reduce(0) { $0 << 8 | Int($1) }
    if cursor.holds("MTrk", at: place) { return length }
    let isName = cursor.data[place..<place + 4].allSatisfy { (0x20...0x7E).contains($0) }
    return isName && place + 8 + length <= cursor.end ? length : nil
  }

  private mutating func track(claiming length: Int) -> MIDITrackReader {
    trackCount += 1
    let start = cursor.offset + 8
    let claimedEnd = start + length
    // A length that leads to the next chunk, or to the end, is to be believed.
    let isBelievable =
      claimedEnd == cursor.end || claimedEnd < cursor.end && chunkLength(at: claimedEnd) != nil
    var bounded = cursor
    bounded.offset = start
    if isBelievable { bounded.end = claimedEnd }
    var reader = MIDITrackReader(cursor: bounded, ticksPerBeat: ticksPerBeat)
    let error = reader.read()
    remarks.add(reader.remarks)
    let end = reader.cursor.offset
    if let error {
      fault = fault ?? error
      note(error, claimedEnd: claimedEnd)
    } else if !isBelievable, !reader.hasEnded {
      isCut = true
      fault = fault ?? .truncated(offset: cursor.end, what: "track \(trackCount)")
      remarks.add(.cut(track: trackCount), at: cursor.end)
    } else if !isBelievable, end != claimedEnd {
      remarks.add(.trackLength(track: trackCount), at: start)
    }
    cursor.offset = isBelievable ? claimedEnd : end
    return reader
  }

  private mutating func note(_ error: MIDIError, claimedEnd: Int) {
    if case .truncated(let offset, _) = error, offset == cursor.end {
      isCut = true
      remarks.add(.cut(track: trackCount), at: offset)
    } else {
      remarks.add(.damaged(track: trackCount, error), at: claimedEnd)
    }
  }
}
