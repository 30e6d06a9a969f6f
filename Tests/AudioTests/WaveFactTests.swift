import Audio
import Foundation
import TestSupport
import Testing

/// What a WAV says of its sound, held to the layouts that other programs read.
@Suite("Chunks of WAV files")
struct WaveFactTests {
  let directory: TemporaryDirectory
  private let clip = AudioClip(mono: sine(440, sampleRate: 44100, frames: 44_101), sampleRate: 44100)

  init() throws { directory = try TemporaryDirectory() }

  private func write(_ facts: SoundFacts?, tags: AudioTags? = nil) throws -> RIFFWalker {
    let url = directory.file("clip.wav")
    try AudioFile.write(clip, to: url, tags: tags, facts: facts)
    return try #require(try RIFFWalker(url))
  }

  private func facts(_ fill: (inout SoundFacts) -> Void) -> SoundFacts {
    var facts = SoundFacts()
    fill(&facts)
    return facts
  }

  @Test func theAudioStays() throws {
    let all = facts {
      $0.note = .init(key: 60)
      ($0.isLoop, $0.tempo, $0.beats) = (true, 120, 2)
      $0.cues = [.init(frame: 0, label: "1")]
      $0.origin = .init(description: "pad", program: "Hiss 1", means: "model x")
      $0.source = .trainedAlgorithmicMedia
    }
    let (plain, told) = (try write(nil), try write(all, tags: AudioTags(title: "odd", comment: "abc")))
    #expect(plain.names == ["fmt ", "data"])
    #expect(
      told.names == [
        "fmt ", "LIST", "bext", "smpl", "inst", "acid", "_PMX", "id3 ", "data", "cue ", "LIST",
      ])
    #expect(told["data"] == plain["data"] && told["fmt "] == plain["fmt "])
    #expect(try AudioFile.read(directory.file("clip.wav")) == AudioFile.read(try writePlain()))
    #expect(try AudioFile.tags(of: directory.file("clip.wav")).comment == "abc")
    #expect(try write(SoundFacts(), tags: nil)["acid"] != nil, "a one-shot says so")
  }

  private func writePlain() throws -> URL {
    let url = directory.file("plain.wav")
    try AudioFile.write(clip, to: url)
    return url
  }

  @Test("The frames that a held key repeats, which make no loop of the file")
  func sustain() throws {
    let wave = try write(facts { ($0.note, $0.sustain) = (.init(key: 60), 1000..<9000) })
    #expect(wave["smpl"] == [UInt8](words: [0, 0, 22_676, 60, 0, 0, 0, 1, 0, 0, 0, 1000, 8999, 0, 0]))
    #expect(wave["acid"]?.first.map { $0 & 1 } == 1)
  }

  @Test("The root note and its cents, above the key and below it")
  func notes() throws {
    let head: [UInt32] = [0, 0, 22_676]
    var wave = try write(facts { $0.note = .init(key: 69) })
    #expect(wave["smpl"] == [UInt8](words: head + [69, 0, 0, 0, 0, 0]))
    #expect(wave["inst"] == [69, 0, 0, 0, 127, 1, 127])
    wave = try write(facts { $0.note = .init(key: 69, cents: 25) })
    // A semitone is 2³²: 25 cents are a quarter of that.
    #expect(wave["smpl"] == [UInt8](words: head + [69, 0x4000_0000, 0, 0, 0, 0]))
    #expect(wave["inst"] == [69, UInt8(bitPattern: -25), 0, 0, 127, 1, 127])
    // Programs that read no fraction would play what is a little too low a semitone off.
    wave = try write(facts { $0.note = .init(key: 69, cents: -9) })
    #expect(wave["smpl"] == [UInt8](words: head + [69, 0, 0, 0, 0, 0]))
    #expect(wave["inst"]?[1] == 9)
    wave = try write(facts { $0.note = .init(key: 69, cents: -25) })
    // A fraction goes up only: 75 cents above the key below.
    #expect(wave["smpl"] == [UInt8](words: head + [68, 0xC000_0000, 0, 0, 0, 0]))
    #expect(wave["inst"] == [69, 25, 0, 0, 127, 1, 127])
    #expect(try write(facts { $0.tempo = 120 })["smpl"] == nil)
  }

  @Test func aLoopGoesOverAllFrames() throws {
    let wave = try write(facts { $0.isLoop = true })
    #expect(wave["smpl"] == [UInt8](words: [0, 0, 22_676, 60, 0, 0, 0, 1, 0] + [0, 0, 0, 44_100, 0, 0]))
    // Of a loop without a tempo nothing is known that acid could say.
    #expect(wave["acid"] == nil && wave["inst"] == nil)
  }

  /// Flags, root, two numbers that all files have, beats, metre, tempo.
  @Test func acid() throws {
    func acid(_ flags: UInt32, _ root: UInt8, beats: UInt32, _ denominator: UInt8, _ numerator: UInt8, _ tempo: Float)
      -> [UInt8]
    {
      [UInt8](words: [flags]) + [root, 0, 0, 0x80] + [UInt8](words: [0, beats])
        + [denominator, 0, numerator, 0] + [UInt8](words: [tempo.bitPattern])
    }
    let loop = facts { ($0.isLoop, $0.tempo, $0.beats, $0.meter) = (true, 97.5, 6, .init(3, 4)) }
    #expect(try write(loop)["acid"] == acid(0x04, 0x3C, beats: 6, 4, 3, 97.5))
    var keyed = loop
    keyed.key = .init(tonic: 9, symbol: "Am")
    #expect(try write(keyed)["acid"] == acid(0x06, 0x39, beats: 6, 4, 3, 97.5))
    // Beats that are not the file's length would say another tempo.
    keyed.beats = nil
    #expect(try write(keyed)["acid"] == acid(0x03, 0x39, beats: 0, 4, 3, 97.5))
    #expect(try write(facts { $0.note = .init(key: 48) })["acid"] == acid(0x03, 0x30, beats: 0, 4, 4, 0))
    #expect(try write(facts { $0.pitchClass = 6 })["acid"] == acid(0x03, 0x36, beats: 0, 4, 4, 0))
  }

  @Test func cues() throws {
    let wave = try write(
      facts { $0.cues = [.init(frame: 0, label: "1.1"), .init(frame: 22_050, label: "1.2 ")] })
    let data: UInt32 = 0x6174_6164
    #expect(wave["cue "] == [UInt8](words: [2] + [1, 0, data, 0, 0, 0] + [2, 22_050, data, 0, 0, 22_050]))
    let labels = Array("labl".utf8) + [UInt8](words: [8, 1]) + Array("1.1".utf8) + [0]
    // An odd length has one byte behind it that is not counted.
    let second = Array("labl".utf8) + [UInt8](words: [9, 2]) + Array("1.2 ".utf8) + [0, 0]
    #expect(wave.list("adtl") == labels + second)
  }

  @Test("bext is as long as version 1 has it, in ASCII, and has no date")
  func broadcast() throws {
    let origin = SoundFacts.Origin(
      description: String(repeating: "long ", count: 60) + "ü", program: "Hiss 0.1.0", means: "model first")
    let bext = try #require(try write(facts { $0.origin = origin })["bext"])
    let history = "A=PCM,F=44100,W=24,M=mono,T=Hiss 0.1.0; model first\r\n"
    #expect(bext.count == 602 + history.utf8.count)
    #expect(bext.text(0..<256) == String(String(repeating: "long ", count: 60).prefix(256)))
    #expect(bext.text(256..<288) == "Hiss 0.1.0")
    #expect(bext[288..<346].allSatisfy { $0 == 0 } && bext[338..<346].elementsEqual(repeatElement(0, count: 8)))
    #expect(bext[346..<348].elementsEqual([1, 0]), "version 1")
    #expect(bext[348..<602].allSatisfy { $0 == 0 })
    #expect(bext.text(602..<bext.count) == history)
    let short = try #require(
      try write(facts { $0.origin = .init(description: "Geräusch", program: "H", means: "m") })["bext"])
    #expect(short.text(0..<256) == "Ger?usch")
  }

  @Test("libsndfile finds the audio beside long texts and many cues")
  func long() throws {
    let url = directory.file("clip.wav")
    let many = facts {
      $0.cues = (0..<2000).map { .init(frame: $0 * 20, label: "\($0 / 4 + 1).\($0 % 4 + 1)") }
      ($0.source, $0.tempo) = (.trainedAlgorithmicMedia, 120)
      $0.origin = .init(description: "d", program: "p", means: "m")
    }
    let tags = AudioTags(title: "t", comment: String(repeating: "x", count: 48_000))
    try AudioFile.write(clip, to: url, tags: tags, facts: many)
    #expect(try AudioFile.read(url) == AudioFile.read(try writePlain()) && AudioFile.tags(of: url) == tags)
    #expect(try RIFFWalker(url)?["cue "]?.count == 4 + 2000 * 24)
    // An odd number of bytes of audio has one behind it.
    let odd = AudioClip(mono: [0.5, 0.25, 0.125], sampleRate: 44100)
    try AudioFile.write(odd, to: url, facts: facts { $0.cues = [.init(frame: 0, label: "1")] })
    #expect(try RIFFWalker(url)?.names == ["fmt ", "acid", "data", "cue ", "LIST"])
    #expect(try AudioFile.read(url).frameCount == 3)
  }

  @Test func theSameFactsGiveTheSameBytes() throws {
    let all = facts {
      ($0.tempo, $0.source, $0.origin) = (
        90, .trainedAlgorithmicMedia, .init(description: "d", program: "p", means: "m")
      )
    }
    let bytes = try (0..<2).map { _ in try AudioFile.encode(clip, for: directory.file("a.wav"), facts: all) }
    #expect(bytes[0] == bytes[1])
  }
}
