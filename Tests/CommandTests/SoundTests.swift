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
    #expect(made.sampleRate == 44100 && made.channelCount == source.channelCount)
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

  @Test("A stereo sound stays stereo, its mean is what the mono sound becomes, and more channels become two")
  func vocodingKeepsPlaces() throws {
    let directory = try TemporaryDirectory()
    let tones = [220.0, 1760].map { hertz in
      (0..<44_100).map { 0.2 * Float(sin(2 * Double.pi * hertz * Double($0) / 44_100)) }
    }
    let left = zip(tones[0], tones[1]).map { 0.9 * $0 + 0.1 * $1 }
    let right = zip(tones[0], tones[1]).map { 0.1 * $0 + 0.9 * $1 }
    try AudioFile.write(
      AudioClip(channels: [left, right], sampleRate: 44_100), to: directory.file("in.wav"), sampleFormat: .float32)
    try AudioFile.write(
      AudioClip(channels: [left, right, left], sampleRate: 44_100), to: directory.file("three.wav"))
    let run = try directory.hiss("vocode", "in.wav", "out.wav", "--json")
    expectSuccess(run)
    #expect(run.errors.isEmpty && run.output.contains(#""channelCount" : 2"#))
    let made = try AudioFile.read(directory.file("out.wav"))
    func energy(_ samples: [Float]) -> Float { samples.reduce(0) { $0 + $1 * $1 } }
    // The low tone is left and the high one right: what of each lies on the wrong side is the ninth part.
    func share(_ channel: [Float], _ tone: [Float]) -> Float {
      let quadrature = Array(tone.dropFirst(tone == tones[0] ? 50 : 6))
      let products = [tone, quadrature].map { zip(channel, $0).reduce(0) { $0 + $1.0 * $1.1 } / energy(tone) }
      return (products[0] * products[0] + products[1] * products[1]).squareRoot()
    }
    for (tone, channels) in [(tones[0], [0, 1]), (tones[1], [1, 0])] {
      let ratio = share(made.channels[channels[0]], tone) / share(made.channels[channels[1]], tone)
      #expect(ratio > 6 && ratio < 13, "\(ratio), wants 9")
    }
    expectSuccess(try directory.hiss("vocode", "in.wav", "mono.wav", "--mono"))
    let mono = try AudioFile.read(directory.file("mono.wav"))
    #expect(mono.channelCount == 1)
    #expect(zip(made.samples, mono.samples).allSatisfy { abs($0 - $1) < 1e-5 })
    let three = try directory.hiss("vocode", "three.wav", "two.wav", "--iterations", "0")
    expectSuccess(three)
    #expect(three.errors.contains("3 channels: they are mixed to two"))
    #expect(try AudioFile.read(directory.file("two.wav")).channelCount == 2)
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
