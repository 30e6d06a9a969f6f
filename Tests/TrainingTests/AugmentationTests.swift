import Denoising
import Foundation
import Music
import Spectra
import Tensors
import Testing
import Training

@Suite("Augmentation")
struct AugmentationTests {
  private let mel = MelConfiguration.standard
  private var bands: Int { mel.bandCount }
  private let noise = RandomSource(seed: 9)

  /// Frames that are silent but for one band.
  private func line(_ count: Int, band: (Int) -> Int, level: Float = 0) -> [Float] {
    var frames = [Float](repeating: -1, count: count * bands)
    for frame in 0..<count { frames[frame * bands + band(frame)] = level }
    return frames
  }

  private func peak(_ frames: [Float], _ frame: Int) -> Int {
    let values = frames[frame * bands..<(frame + 1) * bands]
    return (values.indices.max { values[$0] < values[$1] } ?? values.startIndex) - values.startIndex
  }

  private func chord(_ names: String, frameCount: Int) throws -> ControlTrack {
    ControlTrack(chords: try ChordChart(names), tempo: 120, frameCount: frameCount)
  }

  private func varied(_ frames: [Float], count: Int, _ change: (inout Variation) -> Void) -> [Float] {
    var variation = Variation()
    change(&variation)
    return FrameVariation(mel).frames(frames, varied: variation, count: count, noise: noise)
  }

  @Test("Nothing done is nothing changed")
  func nothing() {
    let frames = line(5) { 10 * $0 }
    #expect(varied(frames, count: 5) { _ in } == frames)
  }

  @Test("Gain moves what sounds by its decibels, and not the silence")
  func gain() {
    let louder = varied(line(3) { _ in 40 }, count: 3) { $0.gainDecibels = 5 }
    #expect(abs(louder[40] - 0.1) < 1e-6 && louder[41] == -1)
  }

  @Test("An octave up, the peak lies at twice the frequency; the pitch classes stay, a tone up they go round")
  func transposition() throws {
    let centers = MelFilterbank.warped(mel).centerHertz
    let up = varied(line(2) { _ in 60 }, count: 2) { $0.semitones = 12 }
    #expect(abs(centers[peak(up, 0)] / centers[60] - 2) < 0.05)
    var track = try chord("C", frameCount: 2)
    #expect(track.transposed(semitones: 12) == track)
    track = track.transposed(semitones: 2)
    #expect(track.strength(of: PitchClass(2), frame: 1) == 1 && track.strength(of: PitchClass(0), frame: 1) == 0)
    // Which octaves it then sounds in is known only where it hardly moved.
    let note = ControlTrack(key: 71, frameCount: 2)
    #expect(note.transposed(semitones: 1).groups == .pitch && note.transposed(semitones: -0.4).groups == note.groups)
    let between = track.transposed(semitones: -0.25)
    #expect(
      between.strength(of: PitchClass(2), frame: 1) == 0.75 && between.strength(of: PitchClass(1), frame: 1) == 0.25)
  }

  @Test("Twice as fast, frames and tracks come in half the time, at the same pitch")
  func speed() {
    let frames = line(20) { $0 < 10 ? 30 : 90 }
    let fast = varied(frames, count: 10) { $0.speed = 2 }
    #expect((0..<5).allSatisfy { peak(fast, $0) == 30 } && (5..<10).allSatisfy { peak(fast, $0) == 90 })
    var track = ControlTrack(tempo: 60, frameCount: 40)
    track = track.played(speed: 2, frameCount: 20)
    let twice = ControlTrack(tempo: 120, frameCount: 20)
    for frame in 0..<20 {
      #expect(abs((track.beatPhase(frame: frame) ?? 2) - (twice.beatPhase(frame: frame) ?? 3)) < 1e-4)
    }
  }

  @Test("Noise lies at its level on average, and leaves what is far above it")
  func noiseLevel() {
    let noisy = varied(line(200) { _ in 40 }, count: 200) { $0.noiseDecibels = -70 }
    let powers = noisy.indices.filter { $0 % bands != 40 }.map { pow(10, 5 * (Double(noisy[$0]) - 1)) }
    let mean = 10 * log10(powers.reduce(0, +) / Double(powers.count))
    #expect(abs(mean + 70) < 0.2)
    #expect(abs(noisy[40]) < 0.01)
  }

  @Test("A tilt of 3 dB an octave is 3 dB more at 2 kHz than at 1 kHz, and leaves silence")
  func tilt() throws {
    let centers = MelFilterbank.warped(mel).centerHertz
    let tilted = varied([Float](repeating: -0.5, count: bands), count: 1) { $0.tilt = 3 }
    let (one, two) = try (
      #require(centers.firstIndex { $0 > 1000 }), #require(centers.firstIndex { $0 > 2000 })
    )
    let steps = log2(centers[two] / centers[one])
    #expect(abs(Double(tilted[two] - tilted[one]) - steps * 3 / 50) < 1e-4)
    #expect(varied(line(1) { _ in 40 }, count: 1) { $0.tilt = 3 }[41] == -1)
  }

  @Test("Silence comes first where a clip is delayed; reversed, it ends with its beginning")
  func order() {
    let frames = line(20) { 5 * $0 }
    let delayed = varied(frames, count: 20) { $0.delaySeconds = 5 / mel.framesPerSecond }
    #expect(delayed.prefix(5 * bands).allSatisfy { $0 == -1 } && peak(delayed, 5) == 0 && peak(delayed, 19) == 70)
    let reversed = FrameVariation(mel).reversed(frames, sounding: 12)
    #expect(peak(reversed, 0) == 55 && peak(reversed, 11) == 0 && peak(reversed, 12) == 60)
  }

  @Test("Reverb falls by 60 dB in its time, and is quieter than what it follows")
  func reverb() {
    let seconds = 0.5
    let count = Int(seconds * mel.framesPerSecond)
    var frames = [Float](repeating: -1, count: (count + 2) * bands)
    frames[40] = 0.8
    let wet = varied(frames, count: count + 2) { $0.reverbSeconds = seconds }
    #expect(wet[40] == 0.8 && wet[bands + 40] < 0.6 && wet[41] == -1)
    let fallen = Double(wet[bands + 40] - wet[count * bands + 40]) * 50
    #expect(abs(fallen - 60 * Double(count - 1) / (seconds * mel.framesPerSecond)) < 0.1)
  }

  @Test("Half of the clips stay as they are, which is what the network is told by zeros")
  func told() {
    let draws = (0..<4000).map {
      Augmentation().draw(from: RandomSource(seed: 5).split(UInt64($0)), namesPitch: false, clips: [1, 2])
    }
    let plain = draws.filter { $0 == Variation() }
    #expect(abs(Double(plain.count) / 4000 - 0.5) < 0.04)
    #expect(Variation().features == [Float](repeating: 0, count: Variation.featureCount))
    for draw in draws where draw != Variation() {
      #expect(draw.features.contains { $0 != 0 } && draw.features.allSatisfy { abs($0) <= 1.51 })
    }
  }

  @Test("A training that is told how clips are varied learns what the telling changes")
  func toldTraining() throws {
    let training = try SmallTraining()
    var (plan, sizes) = (SmallTraining.plan, SmallTraining.sizes)
    plan.augmentation = Augmentation()
    sizes.variationCount = Variation.featureCount
    let trainer = training.trainer(plan, sizes: sizes)
    for _ in 0..<5 { _ = trainer.advance() }
    let weight = try #require(trainer.network.parameters.first { $0.name == "variation.weight" })
    #expect(weight.value.values.contains { $0 != 0 })
    // Values that stand for nothing teach nothing.
    #expect(stride(from: 15, to: weight.value.count, by: 16).allSatisfy { weight.value.values[$0] == 0 })
  }

  @Test("Two clips sound at their summed power")
  func mixing() {
    let mixed = FrameVariation(mel).mixed(line(1) { _ in 40 }, line(1) { _ in 40 })
    #expect(abs(mixed[40] - Float(10 * log10(2.0) / 50)) < 1e-5)
  }

  @Test("It happens as often as it says, within its limits, and captions that name pitches are minded")
  func shares() {
    var augmentation = Augmentation()
    augmentation.unvariedShare = 0
    func draws(namesPitch: Bool) -> [Variation] {
      (0..<4000).map {
        augmentation.draw(from: RandomSource(seed: 3).split(UInt64($0)), namesPitch: namesPitch, clips: [4, 7])
      }
    }
    let free = draws(namesPitch: false)
    func share(_ condition: (Variation) -> Bool) -> Double { Double(free.count(where: condition)) / Double(free.count) }
    #expect(abs(share { $0.gainDecibels != 0 } - 0.4) < 0.03 && free.allSatisfy { abs($0.gainDecibels) <= 6 })
    #expect(abs(share { $0.semitones != 0 } - 0.4) < 0.03)
    #expect(free.contains { abs($0.semitones) > 1.5 } && free.allSatisfy { abs($0.semitones) <= 2 })
    #expect(abs(share { $0.partner != nil } - 0.1) < 0.02 && Set(free.compactMap(\.partner)) == [4, 7])
    #expect(draws(namesPitch: true).allSatisfy { abs($0.semitones) <= 0.2001 })
  }

  @Test("A training with it differs from one without, and not by the number of threads")
  func training() throws {
    let training = try SmallTraining()
    func weights(_ augmentation: Augmentation?, threads: Int) throws -> [String: [UInt32]] {
      var plan = SmallTraining.plan
      plan.augmentation = augmentation
      let trainer = training.trainer(plan, threads: threads)
      for _ in 0..<3 { _ = trainer.advance() }
      return try training.state(of: trainer)
    }
    let varied = try weights(Augmentation(), threads: 1)
    #expect(try varied == weights(Augmentation(), threads: 3))
    #expect(try varied != weights(nil, threads: 1))
  }
}
