import Music
import Testing

@Suite struct MIDIMarkerTests {
  @Test func markersAndKeySignaturesComeBack() throws {
    let file = MIDIFile(
      title: "idea", tempos: [.init(beat: 0, microsecondsPerQuarter: 500_000)],
      keySignatures: [.init(beat: 0, sharps: -1, isMinor: true), .init(beat: 8, sharps: 7, isMinor: false)],
      markers: [.init(beat: 0, text: "Dm"), .init(beat: 4, text: "B♭maj7")],
      tracks: [.init(name: "chords", notes: [.init(startBeats: 0, durationBeats: 8, key: 62, velocity: 80)])],
      lengthBeats: 16)
    let read = try MIDIFile(bytes: file.encoded())
    #expect(read.keySignatures == file.keySignatures && read.markers == file.markers)
    #expect(read == file)
    // 1.0 of the standard: a marker is FF 06, a key signature FF 59 02 sf mi.
    let bytes = file.encoded()
    #expect(bytes.contains([0xFF, 0x06, 2] + Array("Dm".utf8)) && bytes.contains([0xFF, 0x59, 2, 0xFF, 1]))
  }

  @Test func impossibleKeySignaturesAreReadPast() throws {
    var bytes = MIDIFile(keySignatures: [.init(beat: 0, sharps: 1, isMinor: false)]).encoded()
    let place = try #require(bytes.firstRange(of: [0xFF, 0x59, 2])).upperBound
    bytes[place] = 99
    #expect(try MIDIFile(bytes: bytes).keySignatures.isEmpty)
  }

  @Test(arguments: [
    ("C major", 0), ("A minor", 0), ("D dorian", 0), ("E major", 4), ("F major", -1), ("D minor", -1), ("Gb major", -6),
    ("B major", 5), ("Eb minor", -6), ("G mixolydian", 0), ("F lydian", 0), ("E phrygian", 0), ("Bb minor", -5),
  ])
  func keysHaveTheirAccidentals(name: String, sharps: Int) throws {
    let key = try #require(Key(name: name))
    #expect(key.sharps == sharps)
    #expect(MIDIFile.KeySignature(beat: 0, key: key).isMinor == (key.mode == .minor))
  }
}

extension [UInt8] {
  fileprivate func contains(_ part: [UInt8]) -> Bool { firstRange(of: part) != nil }
}
