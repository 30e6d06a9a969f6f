import Foundation
import Music
import Testing

@Suite struct MIDIFileTests {
  static let sample = MIDIFile(
    title: "Sample",
    tempos: [.init(beat: 0, microsecondsPerQuarter: 500_000), .init(beat: 4, microsecondsPerQuarter: 1_000_000)],
    timeSignatures: [.init(beat: 0, timeSignature: TimeSignature(3, 4))],
    tracks: [
      .init(
        name: "Piano", programs: [.init(channel: 0, program: 0)],
        controls: [.init(channel: 0, controller: 91, value: 40)],
        notes: [
          NoteEvent(startBeats: 0, durationBeats: 1, key: 60, velocity: 80),
          NoteEvent(startBeats: 0, durationBeats: 1.5, key: 64, velocity: 81),
          NoteEvent(startBeats: 2.25, durationBeats: 0.5, key: 67, velocity: 127),
        ]),
      .init(
        name: "Drums",
        notes: [
          NoteEvent(startBeats: 0, durationBeats: 0.25, key: 36, velocity: 100, channel: 9),
          NoteEvent(startBeats: 0.25, durationBeats: 0.25, key: 36, velocity: 1, channel: 9),
        ]),
    ], lengthBeats: 6)

  @Test func whatIsWrittenIsReadBack() throws {
    #expect(try MIDIFile(bytes: Self.sample.encoded()) == Self.sample)
  }

  @Test func formatZeroKeepsEveryNote() throws {
    var single = Self.sample
    single.format = .single
    let read = try MIDIFile(bytes: single.encoded())
    #expect(read.format == .single)
    #expect(read.tracks.count == 1)
    #expect(read.title == "Sample")
    #expect(read.notes == Self.sample.notes)
    #expect(read.tempos == Self.sample.tempos)
  }

  @Test func filesAreWrittenAndReadFromDisk() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "hiss-midi-\(UUID().uuidString).mid")
    defer { try? FileManager.default.removeItem(at: url) }
    try Self.sample.write(to: url)
    #expect(try MIDIFile.read(url) == Self.sample)
  }

  /// Worked by hand from the Standard MIDI Files 1.0 specification.
  @Test func bytesAreThoseOfTheSpecification() {
    let file = MIDIFile(
      format: .single, ticksPerQuarter: 96, tempos: [.init(beat: 0, microsecondsPerQuarter: 500_000)],
      timeSignatures: [.init(beat: 0, timeSignature: .common)],
      tracks: [
        .init(
          programs: [.init(channel: 1, program: 46)],
          notes: [NoteEvent(startBeats: 1, durationBeats: 2, key: 67, velocity: 64, channel: 1)])
      ], lengthBeats: 4)
    let track: [UInt8] = [
      0x00, 0xFF, 0x58, 0x04, 0x04, 0x02, 0x18, 0x08,
      0x00, 0xFF, 0x51, 0x03, 0x07, 0xA1, 0x20,
      0x00, 0xC1, 0x2E,
      0x60, 0x91, 0x43, 0x40,
      0x81, 0x40, 0x81, 0x43, 0x40,
      0x60, 0xFF, 0x2F, 0x00,
    ]
    let header: [UInt8] = [
      0x4D, 0x54, 0x68, 0x64, 0, 0, 0, 6, 0, 0, 0, 1, 0, 96, 0x4D, 0x54, 0x72, 0x6B, 0, 0, 0, UInt8(track.count),
    ]
    #expect(file.encoded() == header + track)
  }

  /// The example of the Standard MIDI Files 1.0 specification, appendix: running status, and note-ons of velocity 0.
  @Test func theSpecificationsExampleIsRead() throws {
    let bytes: [UInt8] = [
      0x4D, 0x54, 0x68, 0x64, 0, 0, 0, 6, 0, 0, 0, 1, 0, 0x60, 0x4D, 0x54, 0x72, 0x6B, 0, 0, 0, 0x3B,
      0x00, 0xFF, 0x58, 0x04, 0x04, 0x02, 0x18, 0x08, 0x00, 0xFF, 0x51, 0x03, 0x07, 0xA1, 0x20,
      0x00, 0xC0, 0x05, 0x00, 0xC1, 0x2E, 0x00, 0xC2, 0x46,
      0x00, 0x92, 0x30, 0x60, 0x00, 0x3C, 0x60, 0x60, 0x91, 0x43, 0x40, 0x60, 0x90, 0x4C, 0x20,
      0x81, 0x40, 0x82, 0x30, 0x40, 0x00, 0x3C, 0x40, 0x00, 0x81, 0x43, 0x40, 0x00, 0x80, 0x4C, 0x40,
      0x00, 0xFF, 0x2F, 0x00,
    ]
    var fixed = bytes
    fixed[21] = UInt8(bytes.count - 22)
    let file = try MIDIFile(bytes: fixed)
    #expect(file.tracks[0].programs.map(\.program) == [5, 46, 70])
    #expect(
      file.notes == [
        NoteEvent(startBeats: 0, durationBeats: 4, key: 48, velocity: 96, channel: 2),
        NoteEvent(startBeats: 0, durationBeats: 4, key: 60, velocity: 96, channel: 2),
        NoteEvent(startBeats: 1, durationBeats: 3, key: 67, velocity: 64, channel: 1),
        NoteEvent(startBeats: 2, durationBeats: 2, key: 76, velocity: 32, channel: 0),
      ])
    #expect(file.duration == 2)
  }

  @Test func secondsFollowTheTempoMap() {
    #expect(Self.sample.seconds(atBeat: 2) == 1)
    #expect(Self.sample.seconds(atBeat: 4) == 2)
    #expect(Self.sample.seconds(atBeat: 6) == 4)
    #expect(Self.sample.duration == 4)
    #expect(MIDIFile().seconds(atBeat: 3) == 1.5)
  }

  @Test func everyTruncationIsSaidAndNeverATrap() {
    let bytes = Self.sample.encoded()
    var readCount = 0
    for length in 0..<bytes.count {
      guard let file = try? MIDIFile(bytes: Array(bytes.prefix(length))) else { continue }
      readCount += 1
      #expect(!file.remarks.isEmpty && file.notes.count <= Self.sample.notes.count, "\(length) bytes")
    }
    #expect(readCount > 50 && (try? MIDIFile(bytes: Array(bytes.prefix(40)))) == nil)
  }

  /// Files damaged at random either read or throw; the test is that nothing traps.
  @Test func damagedFilesNeverTrap() {
    let bytes = Self.sample.encoded()
    var state: UInt64 = 1
    func next() -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33)
    }
    var readCount = 0
    for _ in 0..<20_000 {
      var damaged = bytes
      for _ in 0...next() % 4 { damaged[next() % bytes.count] = UInt8(next() & 0xFF) }
      if (try? MIDIFile(bytes: damaged)) != nil { readCount += 1 }
    }
    #expect(readCount > 0 && readCount < 20_000)
  }

  @Test func malformedFilesSayWhat() {
    let header: [UInt8] = [0x4D, 0x54, 0x68, 0x64, 0, 0, 0, 6, 0, 0, 0, 1, 0, 96]
    func file(_ body: [UInt8]) -> [UInt8] { header + [0x4D, 0x54, 0x72, 0x6B, 0, 0, 0, UInt8(body.count)] + body }
    func expect(_ error: MIDIError, _ bytes: [UInt8]) {
      #expect(throws: error) { try MIDIFile(bytes: bytes) }
    }
    expect(.notMIDI, Array("RIFFnothing here".utf8))
    expect(.notMIDI, [])
    expect(.notMIDI, Array("RIFF    RMIDdata".utf8) + [8, 0, 0, 0] + Array("no notes".utf8))
    expect(.unsupportedFormat(3), [0x4D, 0x54, 0x68, 0x64, 0, 0, 0, 6, 0, 3, 0, 1, 0, 96])
    expect(.unsupportedDivision(0), [0x4D, 0x54, 0x68, 0x64, 0, 0, 0, 6, 0, 0, 0, 1, 0, 0])
    expect(.badHeader(reason: "its length is 2, not 6"), [0x4D, 0x54, 0x68, 0x64, 0, 0, 0, 2, 0, 0])
    expect(.truncated(offset: 14, what: "track 1"), header)
    expect(.badHeader(reason: "it counts no tracks"), [0x4D, 0x54, 0x68, 0x64, 0, 0, 0, 6, 0, 0, 0, 0, 0, 96])
    expect(.missingStatus(offset: 23), file([0, 0x40, 0x40]))
    expect(.badData(offset: 22, what: "a delta time that is too large"), file([0xFF, 0xFF, 0xFF, 0xFF, 0xFF]))
    expect(.badData(offset: 23, what: "status byte 245 has no place in a file"), file([0, 0xF5]))
    expect(.truncated(offset: 25, what: "an event's data"), file([0, 0x90, 0x40]))
    #expect(MIDIError.notMIDI.description == "not a MIDI file: it does not start with MThd")
  }

  /// Three gigabytes without a byte on the disk, and a pipe that nobody writes to.
  @Test func whatIsTooLargeOrNoFileIsNotRead() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "MusicTests-\(UUID().uuidString).mid")
    defer { try? FileManager.default.removeItem(at: url) }
    try Data("MThd".utf8).write(to: url)
    #expect(truncate(url.path, 3 << 30) == 0)
    #expect(throws: MIDIError.tooLarge(byteCount: 3 << 30, limit: MIDIFile.byteLimit)) { try MIDIFile.read(url) }
    try FileManager.default.removeItem(at: url)
    #expect(mkfifo(url.path, 0o600) == 0)
    #expect(throws: MIDIError.self) { try MIDIFile.read(url) }
  }

  @Test func aMissingFileIsNamed() {
    let url = URL(filePath: "/nowhere/at/all.mid")
    #expect {
      try MIDIFile.read(url)
    } throws: { error in
      guard case .unreadable(let path, _)? = error as? MIDIError else { return false }
      return path == "/nowhere/at/all.mid"
    }
  }

  @Test func notesHeldThroughTheEndOfTheTrackEndWithIt() throws {
    let bytes: [UInt8] =
      [0x4D, 0x54, 0x68, 0x64, 0, 0, 0, 6, 0, 0, 0, 1, 0, 96, 0x4D, 0x54, 0x72, 0x6B, 0, 0, 0, 8]
      + [0, 0x90, 60, 100, 0x60, 0xFF, 0x2F, 0]
    let note = NoteEvent(startBeats: 0, durationBeats: 1, key: 60, velocity: 100)
    #expect(try MIDIFile(bytes: bytes).notes == [note])
  }
}
