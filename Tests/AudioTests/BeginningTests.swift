import Audio
import Foundation
import TestSupport
import Testing

@Suite("The beginning of a long recording")
struct BeginningTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func recording(seconds: Double, sampleRate: Int, named name: String) throws -> URL {
    let url = directory.file(name)
    let samples = (0..<Int(seconds * Double(sampleRate))).map { index in
      let time = Double(index) / Double(sampleRate)
      return Float(0.4 * sin(2 * .pi * 440 * time) + 0.3 * sin(2 * .pi * 97 * time * time))
    }
    let clip = AudioClip(channels: [samples, samples.map { -0.5 * $0 }], sampleRate: sampleRate)
    try AudioFile.write(clip, to: url)
    return url
  }

  @Test("has the samples of the whole", arguments: [8000, 44_100, 48_000, 96_000])
  func samples(sampleRate: Int) throws {
    let url = try recording(seconds: 6, sampleRate: sampleRate, named: "take.wav")
    let whole = try AudioFile.read(url, sampleRate: 44_100, channelCount: 1)
    for seconds in [0.1, 1, 3.3] {
      let part = try AudioFile.read(url, first: seconds, sampleRate: 44_100, channelCount: 1)
      let count = Int((seconds * 44_100).rounded(.up))
      #expect(part.samples == Array(whole.samples.prefix(count)), "\(sampleRate) Hz, \(seconds) s")
    }
    #expect(try AudioFile.read(url, first: 10, sampleRate: 44_100, channelCount: 1) == whole)
    #expect(try AudioFile.read(url, first: .infinity, sampleRate: 44_100, channelCount: 1) == whole)
  }

  @Test("needs no more of the file")
  func damage() throws {
    let url = try recording(seconds: 4, sampleRate: 44_100, named: "take.wav")
    let whole = try AudioFile.read(url, sampleRate: 44_100, channelCount: 1)
    let bytes = try Data(contentsOf: url)
    try bytes.prefix(bytes.count * 3 / 4).write(to: url)
    #expect(throws: AudioFileError.self) { try AudioFile.read(url, sampleRate: 44_100, channelCount: 1) }
    #expect(throws: AudioFileError.self) { try AudioFile.read(url, first: 3.5, sampleRate: 44_100, channelCount: 1) }
    #expect(throws: AudioFileError.self) { try AudioFile.duration(of: url) }
    let part = try AudioFile.read(url, first: 1, sampleRate: 44_100, channelCount: 1)
    #expect(part.samples == Array(whole.samples.prefix(44_100)))
  }

  @Test("A length is the audio's", arguments: ["take.wav", "take.flac", "take.ogg", "take.mp3", "take.aiff"])
  func durations(name: String) throws {
    let url = try recording(seconds: 2.5, sampleRate: 44_100, named: name)
    #expect(try AudioFile.duration(of: url) == AudioFile.read(url).duration)
  }
}
