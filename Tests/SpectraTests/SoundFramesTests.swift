import Foundation
import Spectra
import Testing

/// Frames of both channels with attacks, as a network is given them: held to the parts that they are made of.
@Suite struct SoundFramesTests {
  private let mel = MelConfiguration.standard
  private let layout = FrameLayout(.standard, parts: .stereo)

  /// Noise that is struck twice, and panned; and other noise on both sides.
  private var channels: [[Float]] {
    let (struck, wide) = (
      Signals.noise(count: 20_000, amplitude: 0.2, seed: 1), Signals.noise(count: 20_000, amplitude: 0.1, seed: 2)
    )
    let strokes = struck.enumerated().map { index, value in
      value * exp(-Float(index % 9000) / 1200) * (index < 3000 ? 0 : 1)
    }
    return [zip(strokes, wide).map { $0 + $1 }, zip(strokes, wide).map { 0.3 * $0 - 0.5 * $1 }]
  }

  @Test func theFrameOfTheStudyHas220Values() {
    #expect(layout.valueCount == 220 && layout.parts.channelCount == 2)
    #expect(
      (layout.mel, layout.differences, layout.widths, layout.attacks) == (0..<192, 192..<204, 204..<216, 216..<220))
    #expect(FrameLayout(mel, parts: .mel).isMelAlone && FrameLayout(mel, parts: .mel).valueCount == 192)
    #expect(Set(layout.silence) == [-1, 0] && layout.silence.count { $0 == 0 } == 16)
  }

  @Test func partsComeBackFromTheValues() {
    let frames = SoundAnalysis(mel, parts: .stereo).analyze(channels)
    let mid = zip(channels[0], channels[1]).map { ($0 + $1) / 2 }
    #expect(frames.mel == MelSpectrogram(mel).analyze(mid))
    #expect(frames.values.allSatisfy { (-1...1).contains($0) })
    let (stereo, attacks) = (
      StereoAnalysis(mel).analyze(left: channels[0], right: channels[1]), AttackAnalysis(mel).analyze(mid)
    )
    func distance(_ a: [Float]?, _ b: [Float]) -> Float { zip(a ?? [], b).reduce(0) { max($0, abs($1.0 - $1.1)) } }
    #expect(frames.stereo?.differences.count == stereo.differences.count)
    // What is 20 dB to one side has a tanh near 1, of which Float has few steps left.
    #expect(distance(frames.stereo?.differences, stereo.differences) < 0.01)
    #expect(distance(frames.stereo?.widths, stereo.widths) < 1e-6)
    #expect(distance(frames.attacks?.decibels, attacks.decibels) < 1e-5)
    let again = SoundFrames(mel: frames.mel, stereo: frames.stereo, attacks: frames.attacks)
    #expect(zip(again.values, frames.values).allSatisfy { abs($0 - $1) < 1e-5 })
  }

  @Test func valuesOfAnyKindMakeParts() {
    var frames = SoundFrames(frameCount: 3, layout: layout)
    for index in frames.values.indices { frames.values[index] = [5, -5, .nan, 0.3][index % 4] }
    #expect(frames.stereo?.differences.allSatisfy { abs($0) <= StereoFrames.mostDecibels } == true)
    #expect(frames.stereo?.widths.allSatisfy { (0...StereoFrames.mostWidth).contains($0) } == true)
    #expect(frames.attacks?.decibels.allSatisfy { abs($0) <= AttackFrames.mostDecibels } == true)
  }

  @Test func oneChannelLiesInTheMiddleAndSilenceIsSilent() {
    let analysis = SoundAnalysis(mel, parts: .stereo)
    let (one, two) = (analysis.analyze([channels[0]]), analysis.analyze([channels[0], channels[0]]))
    #expect(one == two && one.stereo == StereoFrames(monoFrameCount: one.frameCount))
    #expect(analysis.analyze([[Float](repeating: 0, count: 3000)]) == SoundFrames(frameCount: 4, layout: layout))
    let alone = SoundAnalysis(mel, parts: .mel).analyze([channels[0]])
    #expect(alone.values == MelSpectrogram(mel).analyze(channels[0]).values)
    #expect(alone.stereo == nil && alone.attacks == nil && alone == SoundFrames(mel: alone.mel))
  }

  @Test func theVocoderTakesThem() {
    let (frames, vocoder) = (SoundAnalysis(mel, parts: .stereo).analyze(channels), Vocoder(mel))
    let made = vocoder.synthesize(frames, sampleCount: 20_000, iterations: 4)
    let mid = vocoder.synthesize(frames.mel, attacks: frames.attacks, sampleCount: 20_000, iterations: 4)
    #expect(made.count == 2 && made[0] != made[1])
    #expect(zip(mid, zip(made[0], made[1])).allSatisfy { abs($0 - ($1.0 + $1.1) / 2) < 1e-5 })
    let one = vocoder.synthesize(SoundFrames(mel: frames.mel), sampleCount: 20_000, iterations: 4)
    #expect(one == [vocoder.synthesize(frames.mel, sampleCount: 20_000, iterations: 4)])
  }

  @Test func attackValuesBetweenFramesAreThoseOfTheNearestQuarters() {
    var frames = SoundFrames(frameCount: 4, layout: FrameLayout(melBandCount: 2, parts: FrameParts(hasAttacks: true)))
    for frame in 0..<4 {
      for quarter in 0..<4 { frames.values[frame * 6 + 2 + quarter] = Float(4 * frame + quarter) / 16 }
    }
    func quarters(_ place: Double, isCircular: Bool = false) -> [Int] {
      frames.attackValues(at: place, isCircular: isCircular).map { Int($0 * 16) }
    }
    #expect(quarters(2) == [8, 9, 10, 11])
    #expect(quarters(1.3) == [5, 6, 7, 8])
    #expect(quarters(3.5) == [14, 15, 15, 15] && quarters(-1) == [0, 0, 0, 0])
    #expect(quarters(3.5, isCircular: true) == [14, 15, 0, 1])
    frames.steady(from: 2)
    #expect(quarters(1) == [4, 5, 6, 7] && quarters(2) == [0, 0, 0, 0] && quarters(3) == [0, 0, 0, 0])
  }

  @Test func framesThatCannotHaveSuchPartsSaySo() throws {
    #expect(FrameParts.stereo.problem(in: mel) == nil)
    let small = MelConfiguration(sampleRate: 8000, fftLength: 256, hopLength: 128, bandCount: 12, maximumHertz: 4000)
    #expect(FrameParts.mel.problem(in: small) == nil)
    #expect(FrameParts(stereoBandCount: 200).problem(in: small)?.contains("200 stereo bands") == true)
    #expect(FrameParts(stereoBandCount: -1).problem(in: small) != nil)
    #expect(FrameParts(hasAttacks: true).problem(in: small)?.contains("128") == true)
    let written = try JSONEncoder().encode(FrameParts.stereo)
    #expect(try JSONDecoder().decode(FrameParts.self, from: written) == .stereo)
    #expect(try JSONDecoder().decode(FrameParts.self, from: Data("{}".utf8)) == .mel)
  }
}

/// Two sounds at once, held to the frames of their sum.
@Suite struct FrameMixtureTests {
  private let mel = MelConfiguration.standard

  @Test func theRestIsThatOfTheSum() {
    func placed(_ seed: UInt64, _ left: Float, _ right: Float) -> [[Float]] {
      let noise = Signals.noise(count: 30_000, amplitude: 0.2, seed: seed)
      return [noise.map { left * $0 }, noise.map { right * $0 }]
    }
    let (first, second) = (placed(1, 1, 0.2), placed(2, 0.1, 0.6))
    let sum = zip(first, second).map { zip($0, $1).map { $0 + $1 } }
    let analysis = SoundAnalysis(mel, parts: .stereo)
    let (a, b, whole) = (analysis.analyze(first), analysis.analyze(second), analysis.analyze(sum))
    let mixture = FrameMixture(mel, parts: .stereo)
    let width = mixture.layout.valueCount
    var errors: [Float] = []
    for frame in 4..<36 {
      let both = [a, b].map { (share: Float(1), values: Array($0.values[frame * width..<(frame + 1) * width])) }
      let rest = mixture.rest(of: both)
      #expect(rest.count == 28)
      // Level differences and widths of the upper bands, in which noise has bins enough.
      for place in [8, 9, 10, 11, 20, 21, 22, 23] {
        errors.append(rest[place] - whole.values[frame * width + 192 + place])
      }
    }
    let mean = errors.reduce(0) { $0 + abs($1) } / Float(errors.count)
    #expect(mean < 0.08, "\(mean)")
  }

  @Test func silenceAddsNothing() {
    let analysis = SoundAnalysis(mel, parts: .stereo)
    let noise = Signals.noise(count: 9000, amplitude: 0.2, seed: 1)
    let sound = analysis.analyze([noise, noise.map { 0.4 * $0 }])
    let frame = Array(sound.values[5 * 220..<6 * 220])
    let rest = FrameMixture(mel, parts: .stereo).rest(of: [(1, frame), (1, sound.layout.silence)])
    #expect(zip(rest, frame[192...]).allSatisfy { abs($0 - $1) < 1e-3 })
    #expect(FrameMixture(mel, parts: .mel).rest(of: [(1, [Float](repeating: 0, count: 192))]).isEmpty)
  }
}
