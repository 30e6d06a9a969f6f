import Audio
import Foundation
import Music
import Testing

@Suite struct ControlAnalysisTests {
  static let analysis = ControlAnalysis()
  static let rate = 44_100.0

  /// Sines of one amplitude each, at the given keys (69 is 440 Hz).
  static func sines(_ keys: [Double], amplitude: Double, seconds: Double, tuning: Double = 0) -> [Float] {
    (0..<Int(seconds * rate)).map { sample in
      let time = Double(sample) / rate
      return Float(keys.reduce(0) { $0 + amplitude * sin(2 * .pi * 440 * pow(2, ($1 + tuning - 69) / 12) * time) })
    }
  }

  /// The classes above one half, with all others below a tenth; nil where one is in between.
  static func classes(_ track: ControlTrack, frame: Int) -> Set<Int>? {
    let strengths = (0..<12).map { track.strength(of: PitchClass($0), frame: frame) }
    guard strengths.allSatisfy({ $0 < 0.1 || $0 > 0.5 }) else { return nil }
    return Set((0..<12).filter { strengths[$0] > 0.5 })
  }

  /// The octaves above one half.
  static func octaves(_ track: ControlTrack, frame: Int) -> [Int] {
    (0..<9).filter { track.strength(ofOctave: $0, frame: frame) > 0.5 }
  }

  @Test(arguments: [[69], [60, 64, 67], [57, 60, 64, 67], [48, 55, 64], [45, 52], [62, 66, 69, 73], [84], [36]])
  func chordsOfSinesAreTheirClasses(keys: [Double]) {
    for tuning in [0, 0.3, -0.2] {
      let track = Self.analysis.analyze(Self.sines(keys, amplitude: 0.1, seconds: 1, tuning: tuning))
      let expected = Set(keys.map { Int($0) % 12 })
      #expect(track.frameCount == 58 && track.groups == [.pitch, .loudness, .brightness, .register])
      for frame in 4..<54 {
        #expect(Self.classes(track, frame: frame) == expected, "frame \(frame), \(tuning)")
        // Two sines a fifth apart may be the harmonics of a note an octave below; one is in its own octave.
        if keys.count == 1 { #expect(Self.octaves(track, frame: frame) == [Int(keys[0]) / 12 - 1]) }
      }
    }
  }

  @Test func harmonicsAreNoNotes() {
    for key in [40.0, 48, 55, 62, 71] {
      let partials = (1...10).map { key + 12 * log2(Double($0)) }
      var sound = [Float](repeating: 0, count: 44_100)
      for (index, partial) in partials.enumerated() {
        let sine = Self.sines([partial], amplitude: 0.2 / Double(index + 1), seconds: 1)
        for sample in sound.indices { sound[sample] += sine[sample] }
      }
      let track = Self.analysis.analyze(sound)
      for frame in 4..<54 {
        #expect(Self.classes(track, frame: frame) == [Int(key) % 12], "\(key), frame \(frame)")
        #expect(Self.octaves(track, frame: frame) == [Int(key) / 12 - 1], "\(key), frame \(frame)")
      }
    }
  }

  /// An octave upwards from A4 over two seconds.
  @Test func aWhistledGlideGoesThroughEveryClass() {
    var phase = 0.0
    let samples = (0..<88_200).map { sample in
      phase += 2 * .pi * 440 * pow(2, Double(sample) / 88_200) / Self.rate
      return Float(0.2 * sin(phase))
    }
    let track = Self.analysis.analyze(samples)
    var strongest: [Int] = []
    var near = 0
    for frame in 6..<109 {
      let pitch = (0..<12).max {
        track.strength(of: PitchClass($0), frame: frame) < track.strength(of: PitchClass($1), frame: frame)
      }
      strongest.append(pitch ?? -1)
      let truth = 69 + 12 * Double(frame) * 768 / 88_200
      let distance = abs(truth - (truth / 12).rounded(.down) * 12 - Double(pitch ?? 0))
      if min(distance, 12 - distance) <= 0.8 { near += 1 }
    }
    #expect(near >= 98, "\(near) of 103 frames: \(strongest)")
    #expect(Set(strongest).count == 12)
  }

  @Test func loudnessIsDecibelsBelowAFullScaleSine() {
    for (decibels, expected) in [(0, 1), (-20, 2.0 / 3), (-30, 0.5), (-45, 0.25), (-70, 0)] as [(Double, Double)] {
      let track = Self.analysis.analyze(Self.sines([69], amplitude: pow(10, decibels / 20), seconds: 0.5))
      // At the ends too, where the window reaches over the clip's.
      for frame in 0..<track.frameCount { #expect(abs(Double(track.loudness(frame: frame)) - expected) < 0.01) }
    }
    // A square wave is 3 dB louder than full scale.
    #expect(Self.analysis.analyze((0..<9000).map { $0 % 100 < 50 ? 1 : -1 }).loudness(frame: 5) == 1)
  }

  @Test func brightnessRisesWithFrequency() {
    var last: Float = 0
    for hertz in [60.0, 200, 700, 1800, 5000, 11_000, 19_000] {
      let track = Self.analysis.analyze(Self.sines([69 + 12 * log2(hertz / 440)], amplitude: 0.3, seconds: 0.3))
      let brightness = track.brightness(frame: 8)
      #expect(brightness > last)
      #expect(abs(Double(brightness) - log1p(hertz / 200) / log1p(100)) < 0.02, "\(hertz) Hz: \(brightness)")
      last = brightness
    }
  }

  @Test func silenceIsZeros() {
    for samples in [[], [0], [Float](repeating: 0, count: 10_000), [Float](repeating: .nan, count: 5000)] {
      let track = Self.analysis.analyze(samples)
      #expect(track.frameCount == 1 + samples.count / 768)
      #expect(track.groups == [.pitch, .loudness, .brightness, .register])
      #expect(track.values.allSatisfy { $0 == 0 })
    }
  }

  @Test func quietFramesHaveNoPitch() {
    let loud = Self.sines([69], amplitude: 0.5, seconds: 0.5)
    let samples = loud + Self.sines([60], amplitude: 0.5 * pow(10, -46.0 / 20), seconds: 0.5)
    let track = Self.analysis.analyze(samples)
    for frame in 34..<55 {
      #expect(track[frame].prefix(12).allSatisfy { $0 == 0 } && track.loudness(frame: frame) > 0.1)
    }
    #expect(
      Self.classes(Self.analysis.analyze(loud + Self.sines([60], amplitude: 0.05, seconds: 0.5)), frame: 45) == [0])
  }

  /// Long sounds are analysed in blocks, which must not show.
  @Test func blocksDoNotShow() {
    let samples = Self.sines([60, 64, 67], amplitude: 0.1, seconds: 10)
    let track = Self.analysis.analyze(samples)
    for frame in 8..<560 {
      #expect(Self.classes(track, frame: frame) == [0, 4, 7])
      #expect(abs(track.brightness(frame: frame) - track.brightness(frame: 100)) < 0.001)
    }
    #expect(Self.analysis.analyze(samples) == track)
  }
}
