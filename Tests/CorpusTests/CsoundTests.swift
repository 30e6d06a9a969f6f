import Audio
import Corpus
import Foundation
import Testing

/// What the orchestras sound like; needs Csound (`scripts/setup --corpus`).
@Suite(.enabled(if: CorpusGenerator.isCsoundAvailable)) struct CsoundTests {
  @Test func aClipIsTheSameWhateverWasPlayedBefore() throws {
    for part in [CorpusPart.sounds, .synths] {
      let first = try CorpusGenerator(seed: 3, maximumSeconds: 5, parts: [part])
      let second = try CorpusGenerator(seed: 3, maximumSeconds: 5, parts: [part])
      for index in [12, 0, 1, 2, 3, 4, 5] { _ = try second.clip(index) }
      for index in [3, 7, 11] {
        let (alone, after) = (try first.clip(index), try second.clip(index))
        #expect(after.audio == alone.audio && after.caption == alone.caption, "\(alone.caption)")
      }
      #expect(try second.clip(8).audio != first.clip(9).audio)
    }
  }

  /// No opcode keeps anything from one clip to the next: each instrument plays the same twice, whatever came between.
  @Test func noInstrumentRemembers() throws {
    let trials = try OrchestraTrials()
    func all() throws -> [AudioClip] {
      try OrchestraTrials.soundNames.map { try trials.sound($0, at: 0.6).prefix(20000) }
        + OrchestraTrials.synthNames.map { try trials.note($0, seconds: 0.6) }
    }
    let (first, second) = (try all(), try all())
    for (name, pair) in zip(OrchestraTrials.soundNames + OrchestraTrials.synthNames, zip(first, second)) {
      #expect(pair.0 == pair.1, "\(name)")
    }
  }

  @Test(arguments: [0.1, 0.9]) func everyKindSoundsAndEnds(position: Double) throws {
    let trials = try OrchestraTrials()
    for name in OrchestraTrials.soundNames {
      let clip = try trials.sound(name, at: position)
      #expect(clip.channels.count == 2)
      #expect(clip.samples.allSatisfy { $0.isFinite }, "\(name)")
      #expect(clip.peak > 0.01 && clip.peak < 40, "\(name): \(clip.peak)")
      #expect(clip.soundingDecibels > -50, "\(name): \(clip.soundingDecibels)")
      let end = clip.samples.suffix(200).map(abs).max() ?? 1
      #expect(end < 0.03 * clip.peak, "\(name) ends at \(end) of \(clip.peak)")
      let mean = clip.samples.reduce(0, +) / Float(clip.frameCount)
      #expect(abs(mean) < 0.02 * clip.peak, "\(name): mean \(mean)")
    }
  }

  @Test(arguments: [0.1, 0.9]) func everySynthesizerSoundsAndEnds(position: Double) throws {
    let trials = try OrchestraTrials()
    for name in OrchestraTrials.synthNames {
      let clip = try trials.note(name, positions: ["bright": position, "contour": position])
      #expect(clip.samples.allSatisfy { $0.isFinite }, "\(name)")
      #expect(clip.peak > 0.02 && clip.peak < 20, "\(name): \(clip.peak)")
      #expect((clip.samples.suffix(200).map(abs).max() ?? 1) < 0.03 * clip.peak, "\(name) does not end")
    }
  }

  /// A caption's "bright" and "dark" are the sound's.
  @Test func brightIsBrighterThanDark() throws {
    let trials = try OrchestraTrials()
    let names = OrchestraTrials.synths(with: "bright")
    #expect(names.count >= 15)
    for name in names {
      let dark = try Self.brightness(trials.note(name, positions: ["bright": 0.15]))
      let bright = try Self.brightness(trials.note(name, positions: ["bright": 0.85]))
      #expect(bright > 1.12 * dark, "\(name): \(dark) and \(bright) Hz")
    }
  }

  @Test func brightSoundsAreBrighterThanDarkOnes() throws {
    let trials = try OrchestraTrials()
    #expect(OrchestraTrials.coloured.count >= 12)
    for (name, parameter) in OrchestraTrials.coloured {
      let dark = try Self.brightness(trials.sound(name, positions: [parameter: 0.1]))
      let bright = try Self.brightness(trials.sound(name, positions: [parameter: 0.9]))
      #expect(bright > 1.05 * dark, "\(name), \(parameter): \(dark) and \(bright) Hz")
    }
  }

  /// A "plucky" note is at its loudest at once and a swell is not; a plucky one dies away.
  @Test func aSwellRisesLaterThanAPluck() throws {
    let trials = try OrchestraTrials()
    let names = OrchestraTrials.synths(with: "contour")
    #expect(names.count >= 8)
    for name in names {
      let swell = try Self.rise(trials.note(name, positions: ["contour": 0.05]))
      let pluck = try Self.rise(trials.note(name, positions: ["contour": 0.95]))
      #expect(swell > 2 * pluck, "\(name): \(swell) and \(pluck) s")
    }
  }

  @Test func aSoundIsWhereItsCaptionSays() throws {
    let trials = try OrchestraTrials()
    for (pan, louder, softer) in [(0.1, 0, 1), (0.9, 1, 0)] {
      let clip = try trials.sound("wood impact", pan: pan)
      let levels = clip.channels.map { $0.reduce(0) { $0 + $1 * $1 } }
      #expect(levels[louder] > 4 * levels[softer])
    }
    let moving = try trials.sound("car passing by")
    let half = moving.frameCount / 2
    func energy(_ channel: Int, _ range: Range<Int>) -> Float {
      moving.channels[channel][range].reduce(0) { $0 + $1 * $1 }
    }
    #expect(energy(0, 0..<half) > energy(1, 0..<half))
    #expect(energy(1, half..<2 * half) > energy(0, half..<2 * half))
  }

  /// Two in a beat of half a second: four bursts of loudness a second.
  @Test func aGatedPadIsCutInTempo() throws {
    let clip = try OrchestraTrials().note(
      "gated pad", seconds: 2, positions: ["cuts": 0, "openness": 0.2, "detune": 0])
    let levels = stride(from: 0, to: 2 * 44100, by: 441).map { start in
      clip.samples[start..<start + 441].reduce(0) { $0 + $1 * $1 }
    }
    let most = levels.max() ?? 0
    let rises = zip(levels, levels.dropFirst()).filter { $0 < 0.03 * most && $1 >= 0.03 * most }.count
    #expect((7...8).contains(rises), "\(rises)")
  }

  @Test func clipsAreMasteredInTwoChannels() throws {
    let generator = try CorpusGenerator(seed: 5, maximumSeconds: 6, parts: [.synths, .sounds])
    for index in 0..<40 {
      let clip = try generator.clip(index)
      #expect(clip.audio.channels.count == 2 && clip.audio.sampleRate == 44100)
      #expect(clip.audio.peak <= 0.8911 && clip.audio.peak > 0.03, "\(clip.caption)")
      #expect(clip.audio.channels.allSatisfy { abs($0.last ?? 1) < 1e-3 })
      #expect(abs(clip.audio.duration - clip.labels.seconds) < 0.001)
    }
  }

  @Test func aFolderIsTheSameTwiceAndGoesOnWhereItStopped() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "hiss-world-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let generator = try CorpusGenerator(seed: 9, maximumSeconds: 4, parts: [.synths, .sounds])
    let (one, two) = (folder.appending(path: "one"), folder.appending(path: "two"))
    try generator.write(count: 6, to: one, threads: 2)
    try generator.write(count: 3, to: two, threads: 1)
    try generator.write(count: 6, to: two, threads: 2)
    let names = try FileManager.default.contentsOfDirectory(atPath: one.path).sorted()
    #expect(names.count == 6 + 6 + 3 + 1, "\(names)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: two.path).sorted() == names)
    for name in names {
      #expect(try Data(contentsOf: one.appending(path: name)) == Data(contentsOf: two.appending(path: name)), "\(name)")
    }
    #expect(generator.foreignFile(in: one, count: 6) == nil)
    let other = try CorpusGenerator(seed: 10, maximumSeconds: 4, parts: [.synths, .sounds])
    #expect(other.foreignFile(in: one, count: 6)?.lastPathComponent == "clip-000000.mid")
    try FileManager.default.removeItem(at: one.appending(path: "clip-000001.sco"))
    #expect(generator.foreignFile(in: one, count: 6)?.lastPathComponent == "clip-000001.flac")
  }

  /// The mean frequency of the sound's differences: the ratio of powers of derivative and sound, in hertz.
  private static func brightness(_ clip: AudioClip) throws -> Float {
    let samples = clip.samples
    let slope = zip(samples, samples.dropFirst()).reduce(Float(0)) { $0 + ($1.1 - $1.0) * ($1.1 - $1.0) }
    let power = samples.reduce(Float(0)) { $0 + $1 * $1 }
    return (slope / power).squareRoot() * Float(clip.sampleRate) / (2 * .pi)
  }

  /// Seconds until the level of hundredths of a second is half of the greatest.
  private static func rise(_ clip: AudioClip) throws -> Double {
    let levels = stride(from: 0, to: clip.frameCount - 220, by: 220).map { start in
      clip.samples[start..<start + 220].reduce(Float(0)) { $0 + $1 * $1 }.squareRoot()
    }
    let most = try #require(levels.max())
    return Double((levels.firstIndex { $0 > 0.6 * most } ?? 0) + 1) * 220 / 44100
  }
}
