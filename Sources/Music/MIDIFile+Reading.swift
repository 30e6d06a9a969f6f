public import Foundation
import Storage

extension MIDIFile {
  /// Longer files are refused, which bounds the memory that a hostile one can take.
  public static let byteLimit = 16 << 20

  /// Reads a standard MIDI file.
  ///
  /// - Throws: ``MIDIError`` for a file that is missing, no MIDI file, or so damaged that nothing is left of it.
  public static func read(_ url: URL) throws(MIDIError) -> MIDIFile {
    let data: Data
    do { data = try SmallFile.read(url, limit: byteLimit) } catch {
      if case .tooLarge(let byteCount, let limit) = error { throw .tooLarge(byteCount: byteCount, limit: limit) }
      throw .unreadable(path: url.path, reason: error.description)
    }
    return try MIDIFile(bytes: Array(data))
  }

  /// Reads standard MIDI bytes of any format: running status, tempo map, note-ons of velocity 0 as note-offs, SMPTE time,
  /// RMID files. A note never released ends with its track; unknown chunks are skipped. What departs from the standard is
  /// read as it is meant, and said in `remarks`.
  public init(bytes: [UInt8]) throws(MIDIError) {
    guard bytes.count <= Self.byteLimit else { throw .tooLarge(byteCount: bytes.count, limit: Self.byteLimit) }
    var cursor = ByteCursor(bytes)
    let header = try MIDIHeader(&cursor)
    var chunks = MIDIChunks(cursor, ticksPerBeat: header.ticksPerBeat)
    if header.preamble > 0 { chunks.remarks.add(.preamble, at: header.preamble) }
    var tracks: [MIDITrackReader] = []
    while tracks.count < Self.trackLimit, let track = chunks.next() { tracks.append(track) }
    if tracks.isEmpty, header.trackCount == 0 { throw .badHeader(reason: "it counts no tracks") }
    if tracks.isEmpty { throw chunks.fault ?? .truncated(offset: cursor.end, what: "track 1") }

    let isSingle = header.format == 0 && tracks.count == 1
    self.init(format: isSingle ? .single : .parallel, ticksPerQuarter: header.ticksPerQuarter ?? 480)
    countsSeconds = header.ticksPerQuarter == nil
    for (index, track) in tracks.enumerated() {
      append(track, isFirst: index == 0, startBeat: header.format == 2 ? lengthBeats : 0)
    }
    if notes.isEmpty, let fault = chunks.fault { throw fault }
    if header.format == 0, tracks.count > 1 { chunks.remarks.add(.singleWithTracks(tracks.count), at: 8) }
    if header.format == 2, tracks.count > 1 { chunks.remarks.add(.sequences(tracks.count), at: 8) }
    if tracks.count != header.trackCount, header.format != 0, !chunks.isCut {
      chunks.remarks.add(.trackCount(claimed: header.trackCount, found: tracks.count), at: 10)
    }
    remarks = chunks.remarks.all
    tempos.sort { $0.beat < $1.beat }
    timeSignatures.sort { $0.beat < $1.beat }
    keySignatures.sort { $0.beat < $1.beat }
    markers.sort { $0.beat < $1.beat }
  }

  /// As many as a header can count.
  private static let trackLimit = 65_535

  private mutating func append(_ reader: MIDITrackReader, isFirst: Bool, startBeat: Double) {
    func moved(_ beat: Double) -> Double { beat + startBeat }
    // Time code has no tempo: what is half a second stays half a second.
    if !countsSeconds {
      tempos += reader.tempos.map {
        TempoChange(beat: moved($0.beat), microsecondsPerQuarter: $0.microsecondsPerQuarter)
      }
    }
    timeSignatures += reader.timeSignatures.map {
      TimeSignatureChange(beat: moved($0.beat), timeSignature: $0.timeSignature)
    }
    keySignatures += reader.keySignatures.map {
      KeySignature(beat: moved($0.beat), sharps: $0.sharps, isMinor: $0.isMinor)
    }
    markers += reader.markers.map { Marker(beat: moved($0.beat), text: $0.text) }
    lengthBeats = max(lengthBeats, moved(reader.endBeats))
    if isFirst { title = reader.track.name }
    // A parallel file's first track conducts: without notes of its own it is the title, tempo and metre, no part.
    if isFirst && format == .parallel && reader.track.isSilent { return }
    tracks.append(startBeat == 0 ? reader.track : reader.track.moved(by: startBeat))
  }
}

extension MIDIFile.Track {
  /// The track so many quarter notes later.
  fileprivate func moved(by beats: Double) -> MIDIFile.Track {
    var track = self
    for index in programs.indices { track.programs[index].beat += beats }
    for index in controls.indices { track.controls[index].beat += beats }
    for index in notes.indices { track.notes[index].startBeats += beats }
    return track
  }
}
