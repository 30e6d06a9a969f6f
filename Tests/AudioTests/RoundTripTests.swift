import Audio
import Foundation
import TestSupport
import Testing

@Suite("Sound files come back as they were written")
struct RoundTripTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  /// Half a step of the integers, plus rounding of the last Float bit.
  private static func step(_ format: SampleFormat) -> Float {
    switch format {
    case .pcm16: 0x1p-16 * 1.01
    case .pcm24: 0x1p-24 * 2.01
    case .float32: 0
    }
  }

  @Test(
    "Lossless containers keep samples to half a step, at any rate and channel count",
    arguments: ["wav", "aiff", "aif", "flac"], [1, 2, 6])
  func lossless(name: String, channels: Int) throws {
    for sampleRate in [8000, 44100, 48000, 96000] {
      for format in SampleFormat.allCases where !(name == "flac" && format == .float32) {
        let clip = chord(channels: channels, sampleRate: sampleRate, frames: 5001)
        let url = directory.file("clip.\(name)")
        try AudioFile.write(clip, to: url, sampleFormat: format)
        let read = try AudioFile.read(url)
        #expect(read.sampleRate == sampleRate)
        #expect(greatestDifference(read, clip) <= Self.step(format), "\(name) \(format)")
      }
    }
  }

  @Test("The default is 24 bits: a difference of one part in 2²³ survives, one in 2²⁵ does not")
  func defaultDepth() throws {
    let url = directory.file("clip.wav")
    try AudioFile.write(AudioClip(mono: [0x1p-23, 0x1p-25, -0x1p-23], sampleRate: 44100), to: url)
    #expect(try AudioFile.read(url).samples == [0x1p-23, 0, -0x1p-23])
  }

  @Test("OGG Vorbis keeps length, channels and the sound: more than 15 dB above its error", arguments: [1, 2])
  func vorbis(channels: Int) throws {
    let clip = chord(channels: channels, sampleRate: 44100, frames: 150_001)
    let url = directory.file("clip.ogg")
    try AudioFile.write(clip, to: url)
    let read = try AudioFile.read(url)
    #expect(read.sampleRate == 44100)
    #expect(read.frameCount == clip.frameCount)
    #expect(read.channels.count == channels)
    for (original, decoded) in zip(clip.channels, read.channels) {
      #expect(signalToNoiseDecibels(original, decoded) > 15)
    }
  }

  @Test("MP3 keeps rate and loudness, and the length to a few blocks of 1152", .enabled(if: canWriteMP3))
  func mp3() throws {
    let clip = chord(channels: 2, sampleRate: 44100, frames: 60_000)
    let url = directory.file("clip.mp3")
    try AudioFile.write(clip, to: url)
    let read = try AudioFile.read(url)
    #expect(read.sampleRate == 44100)
    #expect(read.channels.count == 2)
    #expect(abs(read.frameCount - clip.frameCount) <= 3 * 1152)
    #expect(abs(read.loudnessDecibels - clip.loudnessDecibels) < 0.5)
  }

  @Test("Samples beyond full scale are clipped, not wrapped", arguments: ["wav", "aiff", "flac"])
  func clipping(name: String) throws {
    for format in [SampleFormat.pcm16, .pcm24] {
      let url = directory.file("loud.\(name)")
      try AudioFile.write(
        AudioClip(mono: [1.5, -1.5, 1, -1, 3, 0.25], sampleRate: 44100), to: url, sampleFormat: format)
      let read = try AudioFile.read(url).samples
      for (value, expected) in zip(read, [1, -1, 1, -1, 1, 0.25] as [Float]) {
        #expect(abs(value - expected) < 1e-4, "\(name) \(format): \(read)")
      }
    }
  }

  @Test("Float files keep samples beyond full scale")
  func floatHeadroom() throws {
    let clip = AudioClip(mono: [1.5, -2.25, 1e-9], sampleRate: 44100)
    let url = directory.file("hot.wav")
    try AudioFile.write(clip, to: url, sampleFormat: .float32)
    #expect(try AudioFile.read(url) == clip)
  }

  @Test("A clip longer than many blocks keeps every frame")
  func manyBlocks() throws {
    let clip = chord(channels: 3, sampleRate: 22050, frames: 200_003)
    let url = directory.file("long.wav")
    try AudioFile.write(clip, to: url, sampleFormat: .float32)
    #expect(try AudioFile.read(url) == clip)
  }

  @Test("The same clip makes the same bytes twice")
  func determinism() throws {
    let clip = AudioClip(mono: sine(440, sampleRate: 44100, frames: 30_000), sampleRate: 44100)
    let tags = AudioTags(title: "t", artist: "a", comment: "c", software: "Hiss")
    let names = ["wav", "aiff", "flac"] + (canWriteMP3 ? ["mp3"] : [])
    func writeAll() throws -> [String: Data] {
      var written: [String: Data] = [:]
      for name in names {
        for format in SampleFormat.allCases where !(name == "flac" && format == .float32) {
          let url = directory.file("clip.\(name)")
          try AudioFile.write(clip, to: url, sampleFormat: format, tags: tags)
          written["\(name) \(format)"] = try Data(contentsOf: url)
        }
      }
      return written
    }
    let first = try writeAll()
    // More than a second apart, so that a time stamp would show.
    Thread.sleep(forTimeInterval: 1.1)
    let second = try writeAll()
    for (kind, bytes) in first { #expect(second[kind] == bytes, "\(kind)") }
  }

  @Test("Extensions are matched without regard to case")
  func upperCase() throws {
    let clip = chord(channels: 1, sampleRate: 44100, frames: 100)
    try AudioFile.write(clip, to: directory.file("CLIP.WAV"), sampleFormat: .float32)
    #expect(try AudioFile.read(directory.file("CLIP.WAV")) == clip)
  }

  @Test("Writing replaces the file and leaves nothing else in the folder")
  func replaces() throws {
    let url = directory.file("clip.wav")
    for frames in [100, 50] {
      try AudioFile.write(chord(channels: 1, sampleRate: 44100, frames: frames), to: url)
    }
    #expect(try AudioFile.read(url).frameCount == 50)
    #expect(try directory.contents() == ["clip.wav"])
  }

  @Test("What can be written can be read")
  func extensions() {
    #expect(AudioFile.writableExtensions.isSubset(of: AudioFile.readableExtensions))
  }
}
