import Foundation
import Music
import Testing

/// Files as programs write them against the standard, and the notes that mido reads of the same music in order
/// (scripts/reference/midi.py).
@Suite struct MIDIReferenceTests {
  struct Odd: Decodable, CustomStringConvertible {
    let name: String
    let bytes: Data
    /// Start and end in seconds, key, velocity, channel.
    let notes: [[Double]]

    var description: String { name }
  }

  static let files: [Odd] = {
    let url = Bundle.module.url(forResource: "midi", withExtension: "json", subdirectory: "Reference")
    let data = url.flatMap { try? Data(contentsOf: $0) } ?? Data()
    return (try? JSONDecoder().decode([Odd].self, from: data)) ?? []
  }()

  @Test func thereAreFiles() { #expect(Self.files.count > 30) }

  @Test(arguments: files) func notesAreReadAsTheyAreMeant(odd: Odd) throws {
    let file = try MIDIFile(bytes: Array(odd.bytes))
    let map = file.tempoMap
    let notes = file.notes.map { note in
      [map.seconds(atBeat: note.startBeats), map.seconds(atBeat: note.endBeats)]
        + [note.key, note.velocity, note.channel].map(Double.init)
    }
    #expect(notes.count == odd.notes.count, "\(notes)")
    for (read, meant) in zip(notes, odd.notes) {
      #expect(zip(read, meant).allSatisfy { abs($0 - $1) < 1e-5 }, "\(read) for \(meant)")
    }
  }

  @Test(arguments: [
    (
      "running status behind a lyric",
      "running status goes on behind a meta or system exclusive event (the first at byte"
    ),
    ("running status behind sysex", "running status goes on"),
    ("one track too many counted", "2 tracks, and its header counts 3"),
    ("one track too few counted", "2 tracks, and its header counts 1"),
    ("format 0 with two tracks", "format 0 with 2 tracks, read as format 1"),
    ("a first track that claims too much", "the length of track 1 is wrong; it is read to its end event"),
    ("a last track that claims too much", "the length of track 2 is wrong"),
    ("a track that claims too little", "the length of track 2 is wrong"),
    ("a track that claims nothing", "the length of track 2 is wrong"),
    ("a cut file", "cut short within track 1, at byte"),
    ("junk between tracks", "that are no track passed over"),
    ("MacBinary", "128 bytes before the MIDI data passed over"),
    ("a controller of 255", "a data byte above 127 counts as 127 (byte"),
    ("a velocity of 200", "a data byte above 127 counts as 127 (byte"),
    ("a tempo of nothing", "a tempo event that says no tempo passed over"),
    ("a tempo of two bytes", "a tempo event that says no tempo passed over"),
    ("a time signature of no beats", "a time signature that can be none passed over"),
    ("beats of a 128th", "a time signature that can be none passed over"),
    ("a clock in the file", "a system message, which no file should hold, passed over"),
    ("a delta time of five bytes", "a number of more than four bytes"),
    ("a damaged second part", "track 3 is damaged (status byte 244 has no place in a file, at byte"),
  ])
  func whatIsOddIsSaid(name: String, remark: String) throws {
    let odd = try #require(Self.files.first { $0.name == name })
    let remarks = try MIDIFile(bytes: Array(odd.bytes)).remarks.map(\.description)
    #expect(remarks.count == 1 && remarks[0].contains(remark), "\(remarks)")
  }

  @Test(arguments: [
    "a header of eight bytes", "no end events", "junk at the end", "a chunk of another program", "RMID",
    "RMID with tags",
    "Live", "Logic", "MuseScore", "FL Studio",
  ])
  func whatIsInOrderIsNotRemarkedOn(name: String) throws {
    let odd = try #require(Self.files.first { $0.name == name })
    #expect(try MIDIFile(bytes: Array(odd.bytes)).remarks.isEmpty)
  }
}

/// What mido reads otherwise, or not.
@Suite struct MIDITimeTests {
  private func file(format: UInt8 = 0, division: [UInt8] = [0, 96], tracks: [[UInt8]]) -> [UInt8] {
    [0x4D, 0x54, 0x68, 0x64, 0, 0, 0, 6, 0, format, 0, UInt8(tracks.count)] + division
      + tracks.flatMap { [0x4D, 0x54, 0x72, 0x6B, 0, 0, 0, UInt8($0.count)] + $0 }
  }

  private static let note: [UInt8] = [0, 0x90, 60, 100, 0x60, 0x80, 60, 0]
  private static let end: [UInt8] = [0, 0xFF, 0x2F, 0]

  @Test func timeCodeCountsSeconds() throws {
    // 25 frames a second of 40 ticks: a note from 0 s to 1 s, and a tempo that says nothing of it.
    let tempo: [UInt8] = [0, 0xFF, 0x51, 3, 0x0F, 0x42, 0x40]
    let track = tempo + [0, 0x90, 60, 100, 0x87, 0x68, 0x80, 60, 0] + Self.end
    let midi = try MIDIFile(bytes: file(division: [0xE7, 40], tracks: [track]))
    #expect(midi.countsSeconds && !midi.hasPulse && midi.tempo == nil && midi.remarks.isEmpty)
    #expect(midi.duration == 1 && midi.played(at: 90) == midi)
    // 30 frames that drop two of 1800.
    let dropping = try MIDIFile(bytes: file(division: [0xE3, 80], tracks: [track]))
    #expect(abs(dropping.duration - 1000 / (80 * 30 / 1.001)) < 1e-9)
    for division: [UInt8] in [[0, 0], [0xE7, 0], [0x80, 40], [0xEE, 40]] {
      let bytes = file(division: division, tracks: [track])
      let value = Int(division[0]) << 8 | Int(division[1])
      #expect(throws: MIDIError.unsupportedDivision(value)) { try MIDIFile(bytes: bytes) }
    }
  }

  @Test func sequencesFollowOnEachOther() throws {
    let track = Self.note + Self.end
    let midi = try MIDIFile(bytes: file(format: 2, tracks: [track, track]))
    #expect(midi.notes.map(\.startBeats) == [0, 1] && midi.lengthBeats == 2)
    #expect(midi.remarks.map(\.description) == ["format 2: its 2 sequences are played one after the other"])
  }

  @Test func aFilePlaysAtAnotherTempo() throws {
    let file = MIDIControlTests.file
    #expect(file.tempo == 120 && file.changesTempo && MIDIFile().tempo == 120 && !MIDIFile().changesTempo)
    let slow = file.played(at: 60)
    #expect(slow.seconds(atBeat: 7) == 7 && slow.timeSignatures == file.timeSignatures && !slow.changesTempo)
    #expect(file.played(at: 60, timeSignature: TimeSignature(6, 8)).beat(ofBars: 2) == 6)
  }

  @Test func barsGoThroughEveryMetre() {
    // 3/4, then 2/4 from the second bar on.
    let file = MIDIControlTests.file
    #expect([1, 2, 3, 4].map { file.beat(ofBars: $0) } == [3, 5, 7, 9])
    #expect(file.beat(ofBars: 2, timeSignature: .common) == 8 && MIDIFile().beat(ofBars: 2) == 8)
    var late = MIDIFile(timeSignatures: [.init(beat: 8, timeSignature: TimeSignature(3, 4))])
    #expect([1, 2, 3].map { late.beat(ofBars: $0) } == [4, 8, 11])
    // A change in the middle of a bar begins a new one.
    late.timeSignatures = [.init(beat: 6, timeSignature: TimeSignature(3, 4))]
    #expect([1, 2, 3].map { late.beat(ofBars: $0) } == [4, 6, 9])
  }
}
