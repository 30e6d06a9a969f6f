import Foundation
import Spectra
import Testing

/// Parametric stereo, held to closed forms and to scripts/frame/stereo.py.
@Suite struct StereoTests {
  let analysis = StereoAnalysis()
  let synthesis = StereoSynthesis()

  private func levels(_ samples: [Float]) -> Double {
    10 * log10(samples.reduce(0) { $0 + Double($1) * Double($1) } / Double(samples.count))
  }

  /// Re⟨L, R⟩ / √(P_L P_R) of whole clips.
  private func coherence(_ left: [Float], _ right: [Float]) -> Double {
    func product(_ a: [Float], _ b: [Float]) -> Double { zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) } }
    return product(left, right) / (product(left, left) * product(right, right)).squareRoot()
  }

  /// The images of frames that see the signal alone.
  private func inner(_ frames: StereoFrames) -> Range<Int> {
    (4 * frames.bandCount)..<((frames.frameCount - 4) * frames.bandCount)
  }

  @Test func monoIsExactlyMono() throws {
    let samples = try Reference.samples("tones")
    let frames = analysis.analyze(left: samples, right: samples)
    #expect(frames == StereoFrames(monoFrameCount: MelSpectrogram().analyze(samples).frameCount))
    let made = synthesis.synthesize(samples, frames)
    #expect(made.left == samples && made.right == samples)
    let silence = [Float](repeating: 0, count: 5000)
    let silent = synthesis.synthesize(silence, analysis.analyze(left: silence, right: silence))
    #expect(silent.left == silence && silent.right == silence)
    let short = synthesis.synthesize(samples, StereoFrames(monoFrameCount: 0))
    #expect(short.left == samples && short.right == samples)
    let empty = synthesis.synthesize([], analysis.analyze(left: [], right: []))
    #expect(empty.left.isEmpty && empty.right.isEmpty)
  }

  @Test(arguments: [(0.9, 0.3), (0.2, 0.8), (1, 0.1)])
  func aSoundInOnePlaceComesBack(leftGain: Double, rightGain: Double) {
    let noise = Signals.noise(count: 44100, amplitude: 0.4, seed: 3)
    let (left, right) = (noise.map { Float(leftGain) * $0 }, noise.map { Float(rightGain) * $0 })
    let frames = analysis.analyze(left: left, right: right)
    let wanted = Float(20 * log10(leftGain / rightGain))
    for index in inner(frames) {
      #expect(abs(frames.differences[index] - wanted) < 0.01, "\(frames.differences[index]) dB, wants \(wanted)")
      #expect(frames.widths[index] < 0.01, "width \(frames.widths[index])")
    }
    let made = synthesis.synthesize(zip(left, right).map { ($0 + $1) / 2 }, frames)
    // Most at the ends, where windows see silence too; of the louder side, as the softer one is a difference of two.
    let error = max(relativeError(made.left, left) * leftGain, relativeError(made.right, right) * rightGain)
    #expect(error / max(leftGain, rightGain) < 0.002, "\(error)")
  }

  @Test func unrelatedNoisesStayUnrelated() {
    let left = Signals.noise(count: 88200, amplitude: 0.3, seed: 5)
    let right = Signals.noise(count: 88200, amplitude: 0.15, seed: 9)
    let frames = analysis.analyze(left: left, right: right)
    let widths = inner(frames).map { frames.widths[$0] }.sorted()
    #expect(abs(widths[widths.count / 2] - 0.5) < 0.03, "\(widths[widths.count / 2])")
    let made = synthesis.synthesize(zip(left, right).map { ($0 + $1) / 2 }, frames)
    #expect(abs(coherence(made.left, made.right)) < 0.05, "\(coherence(made.left, made.right))")
    #expect(abs(levels(made.left) - levels(left)) < 0.3, "\(levels(made.left) - levels(left)) dB")
    #expect(abs(levels(made.right) - levels(right)) < 0.3, "\(levels(made.right) - levels(right)) dB")
  }

  @Test("The mean of left and right is the mid, whatever the frames say, and sound comes from where they say")
  func meanIsTheMid() throws {
    let mid = try Reference.samples("bursts")
    let count = MelSpectrogram().analyze(mid).frameCount * StereoFrames.standardBandCount
    let differences = (0..<count).map { index -> Float in Float(index % 61) - 30 }
    let widths = (0..<count).map { index -> Float in Float(index % 7) / 6 }
    let frames = StereoFrames(bandCount: StereoFrames.standardBandCount, differences: differences, widths: widths)
    #expect(frames.widths.max() == StereoFrames.mostWidth)
    let made = synthesis.synthesize(mid, frames)
    for (index, sample) in mid.enumerated() {
      let (left, right) = (made.left[index], made.right[index])
      let mean = (left + right) / 2
      #expect(abs(mean - sample) <= 1e-6 * max(1, max(abs(left), abs(right))))
    }
    #expect(made.left != made.right)
    let broken = StereoFrames(bandCount: 1, differences: [.nan, .infinity], widths: [.nan, -1])
    #expect(broken.differences == [0, 30] && broken.widths == [0, 0])
  }

  @Test func whatIsMadeAnalysesBackToTheSameImage() {
    let mid = Signals.noise(count: 88200, amplitude: 0.3, seed: 5)
    for (difference, width) in [(Float(6), Float(0.25)), (-12, 0.1), (0, 0.5), (3, 0.65)] {
      let count = analysis.analyze(left: mid, right: mid).frameCount * StereoFrames.standardBandCount
      let frames = StereoFrames(
        bandCount: StereoFrames.standardBandCount, differences: [Float](repeating: difference, count: count),
        widths: [Float](repeating: width, count: count))
      let made = synthesis.synthesize(mid, frames)
      let again = analysis.analyze(left: made.left, right: made.right)
      let differences = inner(again).map { abs(again.differences[$0] - difference) }.sorted()
      let widths = inner(again).map { abs(again.widths[$0] - width) }.sorted()
      #expect(
        differences[differences.count / 2] < 0.5, "\(difference), \(width): \(differences[differences.count / 2]) dB")
      #expect(widths[widths.count / 2] < 0.02, "\(difference), \(width): \(widths[widths.count / 2])")
    }
  }

  @Test func threadsChangeNothing() throws {
    let left = Signals.noise(count: 768 * 200, amplitude: 0.3, seed: 5)
    let right = Signals.noise(count: 768 * 200, amplitude: 0.15, seed: 9)
    let frames = analysis.analyze(left: left, right: right)
    #expect(frames == analysis.analyze(left: left, right: right, threads: 3))
    let once = synthesis.synthesize(left, frames)
    let thrice = synthesis.synthesize(left, frames, threads: 3)
    #expect(once.left == thrice.left && once.right == thrice.right)
  }

  @Test("A loop that is rotated by whole hops is the same loop, rotated", arguments: [768 * 40, 768 * 90])
  func loopsGoRound(count: Int) {
    let (analysis, synthesis) = (StereoAnalysis(isCircular: true), StereoSynthesis(isCircular: true))
    let left = Signals.noise(count: count, amplitude: 0.3, seed: 5)
    let right = zip(left, Signals.noise(count: count, amplitude: 0.15, seed: 9)).map { $0 * 0.5 + $1 }
    let shift = 768 * 11
    func rotated(_ samples: [Float]) -> [Float] { Array(samples[shift...] + samples[..<shift]) }
    func made(_ left: [Float], _ right: [Float]) -> [Float] {
      synthesis.synthesize(zip(left, right).map { ($0 + $1) / 2 }, analysis.analyze(left: left, right: right)).left
    }
    #expect(relativeError(made(rotated(left), rotated(right)), rotated(made(left, right))) < 1e-5)
  }

  @Test("As numpy computes it")
  func reference() throws {
    let (left, right) = (try Reference.samples("stereo-left"), try Reference.samples("stereo-right"))
    let frames = analysis.analyze(left: left, right: right)
    let wanted = try Reference.floats("stereo-image")
    #expect(wanted.count == 2 * frames.differences.count)
    for (index, difference) in frames.differences.enumerated() {
      #expect(abs(difference - wanted[2 * index]) < 0.01, "\(index): \(difference), wants \(wanted[2 * index]) dB")
      #expect(abs(frames.widths[index] - wanted[2 * index + 1]) < 0.001)
    }
    let made = synthesis.synthesize(zip(left, right).map { ($0 + $1) / 2 }, frames)
    let side = zip(made.left, made.right).map { ($0 - $1) / 2 }
    let error = relativeError(side[8192..<12288], try Reference.floats("stereo-side"))
    #expect(error < 0.001, "\(error)")
  }
}
