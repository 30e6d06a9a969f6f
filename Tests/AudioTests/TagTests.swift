import Audio
import Foundation
import TestSupport
import Testing

@Suite("Tags")
struct TagTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private let clip = AudioClip(mono: sine(440, sampleRate: 44100, frames: 4410), sampleRate: 44100)

  @Test("All tags come back, in Unicode", arguments: ["wav", "flac", "ogg", "aiff"])
  func roundTrip(name: String) throws {
    let tags = AudioTags(
      title: "Geräusch № 7", artist: "Hiss", comment: #"{"prompt":"a warm pad","seed":42}"#, software: "Hiss 1.0")
    let url = directory.file("clip.\(name)")
    try AudioFile.write(clip, to: url, tags: tags)
    let read = try AudioFile.tags(of: url)
    #expect(read == tags)
  }

  @Test("MP3 keeps title, artist and comment in Latin-1", .enabled(if: canWriteMP3))
  func latin() throws {
    let url = directory.file("clip.mp3")
    try AudioFile.write(clip, to: url, tags: AudioTags(title: "Geräusch", artist: "Hiss", comment: #"{"seed":42}"#))
    let read = try AudioFile.tags(of: url)
    #expect(read.title == "Geräusch")
    #expect(read.artist == "Hiss")
    #expect(read.comment == #"{"seed":42}"#)
  }

  @Test("Absent tags stay absent", arguments: ["wav", "flac", "aiff"])
  func absent(name: String) throws {
    let url = directory.file("clip.\(name)")
    try AudioFile.write(clip, to: url, tags: AudioTags(title: "only"))
    #expect(try AudioFile.tags(of: url) == AudioTags(title: "only"))
    try AudioFile.write(clip, to: url)
    #expect(try AudioFile.tags(of: url) == AudioTags())
  }

  @Test("Long comments come back whole", arguments: ["wav", "flac", "ogg"], [1999, 2500, 20_000])
  func longComment(name: String, length: Int) throws {
    let comment = String((0..<length).map { Character(UnicodeScalar(UInt8(97 + $0 % 26))) })
    let url = directory.file("clip.\(name)")
    try AudioFile.write(clip, to: url, tags: AudioTags(comment: comment))
    #expect(try AudioFile.tags(of: url).comment == comment)
    #expect(greatestDifference(try AudioFile.read(url), clip) < 0.1)
  }

  @Test("AIFF keeps 8000 bytes of text and refuses more, which libsndfile could not read again")
  func longestOfAIFF() throws {
    let url = directory.file("clip.aiff")
    let longest = AudioTags(comment: String(repeating: "x", count: 8000))
    try AudioFile.write(clip, to: url, tags: longest)
    #expect(try AudioFile.tags(of: url) == longest)
    let tooLong = AudioTags(comment: String(repeating: "x", count: 8001))
    let reason = "a tag has 8001 bytes, and aiff holds 8000"
    #expect(throws: AudioFileError.unsupportedFormat(path: url.path, reason: reason)) {
      try AudioFile.write(clip, to: url, tags: tooLong)
    }
  }

  @Test("Tags do not touch the audio")
  func audioUnchanged() throws {
    let tagged = directory.file("tagged.wav")
    let plain = directory.file("plain.wav")
    try AudioFile.write(clip, to: tagged, tags: AudioTags(title: "odd", comment: "abc"))
    try AudioFile.write(clip, to: plain)
    #expect(try AudioFile.read(tagged) == AudioFile.read(plain))
  }
}
