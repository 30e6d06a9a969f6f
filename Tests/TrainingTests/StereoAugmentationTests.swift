import Foundation
import Spectra
import Tensors
import Testing
import Training

/// What becomes of stereo and attacks when clips are varied.
@Suite("Augmentation of stereo frames")
struct StereoAugmentationTests {
  private let layout = FrameLayout(.standard, parts: .stereo)
  private let variation = FrameVariation(.standard, parts: .stereo)

  /// Frames whose values tell their places, on one side.
  private func frames(_ count: Int, difference: Float = 0.5, level: Float = 0) -> [Float] {
    (0..<count).flatMap { frame -> [Float] in
      (0..<192).map { level + Float($0) / 2000 } + [Float](repeating: difference, count: 12)
        + [Float](repeating: -0.9, count: 12) + (0..<4).map { Float(4 * frame + $0) / 100 }
    }
  }

  private func varied(_ frames: [Float], _ change: (inout Variation) -> Void) -> [Float] {
    var drawn = Variation()
    change(&drawn)
    let count = frames.count / layout.valueCount
    return variation.frames(frames, varied: drawn, count: count, noise: RandomSource(seed: 1))
  }

  private func rest(_ frames: [Float]) -> [Float] {
    stride(from: 0, to: frames.count, by: 220).flatMap { frames[$0 + 192..<$0 + 220] }
  }

  @Test("What changes levels leaves the rest as it is")
  func levels() {
    let sound = frames(20)
    for change: (inout Variation) -> Void in [
      { $0.gainDecibels = 5 }, { $0.tilt = 2 }, { $0.semitones = 1 }, { $0.reverbSeconds = 1 },
      { $0.noiseDecibels = -20 },
    ] {
      let made = varied(sound, change)
      #expect(made.count == sound.count && made != sound && rest(made) == rest(sound))
    }
  }

  @Test("Silence before a clip is in the middle; backwards the quarters of a frame are too")
  func order() {
    let delayed = varied(frames(30)) { $0.delaySeconds = 0.1 }
    #expect(Array(delayed[..<(6 * 220)]) == SoundFrames(frameCount: 6, layout: layout).values)
    #expect(Array(delayed[(6 * 220)...]) == Array(frames(24)))
    let backwards = variation.reversed(frames(5), sounding: 4)
    let attacks = (0..<5).map { frame in
      backwards[frame * 220 + 216..<frame * 220 + 220].map { Int(($0 * 100).rounded()) }
    }
    #expect(attacks == [[15, 14, 13, 12], [11, 10, 9, 8], [7, 6, 5, 4], [3, 2, 1, 0], [16, 17, 18, 19]])
  }

  @Test("A faster clip has the attacks of where it is")
  func speed() {
    let fast = varied(frames(40)) { $0.speed = 1.25 }
    let attacks = (0..<8).map { Int((fast[$0 * 220 + 216] * 100).rounded()) }
    #expect(attacks == [0, 5, 10, 15, 20, 25, 30, 35])
    #expect(Array(fast[(35 * 220)..<(36 * 220)]) == layout.silence)
  }

  @Test("Two clips at once: the louder decides where it is, and what is as loud on both sides is wide")
  func mixing() {
    let loud = variation.mixed(frames(3, difference: 0.5, level: 0.2), frames(3, difference: -0.5, level: -0.4))
    #expect(loud[200] > 0.45 && loud[0] >= 0.2)
    let both = variation.mixed(frames(3, difference: 0.9), frames(3, difference: -0.9))
    #expect(abs(both[200]) < 0.01 && both[210] > -0.5)
    #expect(abs(both[0] - Float(10 * log10(2.0) / 50)) < 1e-4)
  }
}
