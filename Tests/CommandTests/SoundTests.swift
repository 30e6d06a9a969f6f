import Audio
import Foundation
import Pictures
import TestSupport
import Testing

@Suite("Sounds of every kind")
struct SoundTests {
  enum Sound: String, CaseIterable {
    case oneSample, shorterThanAWindow, silence, stereo96k, mp3, flac

    var name: String {
      switch self {
      case .mp3: "in.mp3"
      case .flac: "in.flac"
      default: "in.wav"
      }
    }

    /// Writes it; false for MP3 where this libsndfile cannot.
    func write(in directory: TemporaryDirectory) throws -> Bool {
      let url = directory.file(name)
      if self == .mp3 { return (try? AudioFile.write(clip.0, to: url)) != nil }
      try AudioFile.write(clip.0, to: url)
      return true
    }

    /// The sound, and the number of frames that it has at 44.1 kHz.
    var clip: (AudioClip, Int) {
      func tone(_ hertz: Double, _ count: Int, _ rate: Int) -> [Float] {
        (0..<count).map { 0.4 * Float(sin(2 * .pi * hertz * Double($0) / Double(rate))) }
      }
      switch self {
      case .oneSample: return (AudioClip(mono: [0.5], sampleRate: 44100), 1)
      case .shorterThanAWindow: return (AudioClip(mono: tone(440, 1000, 44100), sampleRate: 44100), 1000)
      case .silence: return (AudioClip(mono: Array(repeating: 0, count: 22050), sampleRate: 44100), 22050)
      case .stereo96k:
        return (AudioClip(channels: [tone(440, 48000, 96000), tone(660, 48000, 96000)], sampleRate: 96000), 22050)
      case .mp3, .flac: return (AudioClip(mono: tone(330, 22050, 44100), sampleRate: 44100), 22050)
      }
    }
  }

  @Test("go through the vocoder and keep their length, their level and their silence", arguments: Sound.allCases)
  func vocode(sound: Sound) throws {
    let directory = try TemporaryDirectory()
    let (clip, frameCount) = sound.clip
    guard try sound.write(in: directory) else { return }
    let source = try AudioFile.read(directory.file(sound.name))
    let run = try directory.hiss("vocode", sound.name, "out.wav", "--json")
    expectSuccess(run)
    let made = try AudioFile.read(directory.file("out.wav"))
    #expect(made.sampleRate == 44100 && made.channels.count == 1)
    #expect(made.frameCount == (sound == .mp3 ? source.frameCount : frameCount))
    let report = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    #expect(report["iterations"] as? Int == 32)
    #expect(report["seconds"] as? Double ?? -1 > 0)
    if sound == .silence { #expect(made.samples.allSatisfy { $0 == 0 }) }
    if [.stereo96k, .mp3, .flac].contains(sound) {
      let levels = [clip.samples, made.samples].map { samples in
        (samples.reduce(0) { $0 + $1 * $1 } / Float(samples.count)).squareRoot()
      }
      #expect(abs(levels[1] / levels[0] - 1) < 0.15, "\(levels)")
    }
  }

  @Test("become pictures, which libpng reads back", arguments: Sound.allCases)
  func spectrogram(sound: Sound) throws {
    let directory = try TemporaryDirectory()
    guard try sound.write(in: directory) else { return }
    let run = try directory.hiss("spectrogram", sound.name, "out.png", "--title", "A sound — ein Klang")
    expectSuccess(run)
    #expect(run.output.isEmpty && run.errors.isEmpty)
    let picture = try Picture(contentsOf: directory.file("out.png"))
    #expect(picture.width > 640 && picture.height > 384)
    // Something is drawn: more colours than those of axes and letters.
    let isSilent = sound == .silence
    let colors = Set(stride(from: 0, to: picture.pixels.count, by: 3).map { Array(picture.pixels[$0..<$0 + 3]) })
    #expect(isSilent || colors.count > 32, "\(colors.count) colours")
  }

  @Test func vocodingIsReproducibleAndTakesEveryExtension() throws {
    let directory = try TemporaryDirectory()
    try directory.tone("in.wav")
    for name in ["a.wav", "b.wav"] { expectSuccess(try directory.hiss("vocode", "in.wav", name, "--seed", "7")) }
    #expect(try Data(contentsOf: directory.file("a.wav")) == Data(contentsOf: directory.file("b.wav")))
    for name in ["c.flac", "d.ogg", "e.aiff"] {
      let run = try directory.hiss("vocode", "in.wav", name, "--iterations", "0")
      expectSuccess(run)
      #expect(run.errorLines.count == 1 && run.output.isEmpty)
      #expect(try AudioFile.read(directory.file(name)).frameCount == 22050)
    }
  }
}
