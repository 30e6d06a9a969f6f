import Audio
import Denoising
import Foundation
import Spectra
import Synthesis
import Tensors
import Testing

@Suite("Steady bass")
struct BassSteadyingTests {
  private let steadying = BassSteadying(.standard)
  private let bands = MelConfiguration.standard.bandCount

  /// Frames whose every band is as `level` says, in −1 … 1.
  private func frames(_ count: Int, _ level: (_ frame: Int, _ band: Int) -> Float) -> MelFrames {
    MelFrames(bandCount: bands, values: (0..<count * bands).map { level($0 / bands, $0 % bands) })
  }

  /// Decibels by which a band is off from `level` at most, from frame to frame.
  private func error(_ made: MelFrames, band: Int, _ level: (Int) -> Float) -> Float {
    (0..<made.frameCount).map { abs(made[$0, band] - level($0)) * 50 }.max() ?? 0
  }

  @Test("The power of a decibel of flutter becomes a third, in the bands that are bins and in no other")
  func flutter() {
    #expect(steadying.steadiedBandCount == 32)
    let noise = RandomSource(seed: 1).normals(count: 400 * bands)
    let fluttering = frames(400) { -0.4 + 0.02 * noise[$0 * bands + $1] }
    let steady = steadying.steadied(fluttering, isCircular: false)
    func power(_ frames: MelFrames, _ band: Int) -> Float {
      (0..<400).reduce(0) { $0 + (frames[$1, band] + 0.4) * (frames[$1, band] + 0.4) }
    }
    for band in [0, 15, 31] { #expect(power(steady, band) < 0.35 * power(fluttering, band)) }
    for band in [32, 191] { #expect((0..<400).allSatisfy { steady[$0, band] == fluttering[$0, band] }) }
  }

  @Test("Attacks, decays and silence stay as they are")
  func edges() {
    // 40 dB up within a frame; 60 dB/s down; silence.
    let attack: (Int) -> Float = { $0 < 50 ? -0.9 : -0.1 }
    let decay: (Int) -> Float = { -0.1 - 0.02 * Float($0) * 60 / 57.4 }
    let made = steadying.steadied(
      frames(60) { frame, band in band == 0 ? attack(frame) : band == 1 ? decay(frame) : -1 }, isCircular: false)
    #expect(error(made, band: 0, attack) < 0.01)
    #expect((3..<57).allSatisfy { abs(made[$0, 1] - decay($0)) * 50 < 0.01 })
    #expect(error(made, band: 2) { _ in -1 } < 1e-4)
  }

  @Test("What is too soft to be a tone flutters as it did")
  func noise() {
    let noise = RandomSource(seed: 3).normals(count: 100 * bands)
    // Band 0 at −20 dB, band 1 29 dB and band 2 some 40 dB below it.
    let made = frames(100) { frame, band in
      band == 0 ? 0.6 : band == 1 ? 0.02 + 0.001 * noise[frame * bands] : -0.2 + 0.02 * noise[frame * bands + 2]
    }
    let steady = steadying.steadied(made, isCircular: false)
    #expect((0..<100).allSatisfy { steady[$0, 2] == made[$0, 2] })
    #expect((0..<100).allSatisfy { steady[$0, 1] != made[$0, 1] })
  }

  @Test("A loop that is turned comes out turned, and short ones come out")
  func loops() {
    let noise = RandomSource(seed: 2).normals(count: 20 * bands)
    let loop = frames(20) { -0.4 + 0.05 * noise[$0 * bands + $1] }
    let turned = frames(20) { loop[($0 + 7) % 20, $1] }
    let (made, madeTurned) = (
      steadying.steadied(loop, isCircular: true), steadying.steadied(turned, isCircular: true)
    )
    #expect(madeTurned == frames(20) { made[($0 + 7) % 20, $1] })
    for count in 0...7 {
      let few = frames(count) { Float($0) * 0.01 - 0.02 * Float($1 % 2) }
      for isCircular in [false, true] {
        let made = steadying.steadied(few, isCircular: isCircular)
        #expect(made.frameCount == count && made.values.allSatisfy(\.isFinite))
      }
    }
  }

  /// A model whose lowest bands are bins, and whose network is not asked: it would predict the frames that a test gives.
  private func synthesizer(_ model: SmallModel) -> Synthesizer {
    var configuration = SmallModel.configuration
    configuration.mel.bandCount = 48
    configuration.denoiser.frameWidth = 48
    let bundle = ModelBundle(
      directory: model.folder, configuration: configuration,
      denoiser: SmallModel.randomNetwork(configuration.denoiser))
    return Synthesizer(model: bundle, encoder: model.encoder, threads: 1)
  }

  @Test("What begins with noise is steadied, beside a recording too; a recording that is changed flutters as it did")
  func clips() throws {
    let model = try SmallModel()
    let synthesizer = synthesizer(model)
    let steadying = BassSteadying(synthesizer.model.configuration.mel)
    #expect(steadying.steadiedBandCount > 3)
    let source = model.folder.appendingPathComponent("source.wav")
    let noise = RandomSource(seed: 4).normals(count: 6400).map { 5e-4 * $0 }
    try AudioFile.write(AudioClip(mono: noise, sampleRate: 8000), to: source, sampleFormat: .float32)

    /// What becomes of the same predicted frames, which flutter.
    func frames(_ change: ((inout EditRequest) -> Void)?) throws -> MelFrames {
      var request = GenerationRequest(prompt: "piano", duration: 0.8, steps: 3)
      // Which shows the network a recording as it is, however soft.
      request.revision = nil
      if let change {
        var edit = EditRequest()
        edit.source = try ControlFile(path: source.path)
        change(&edit)
        request.edit = edit
      }
      let plan = try synthesizer.plan(request)
      let start = synthesizer.noise(of: plan)
      let predicted = RandomSource(seed: 5).normals(start.shape).scaled(by: 0.1)
      return try synthesizer.soundFrames(plan, noise: start, step: {}, denoise: { _, _, _ in predicted }).mel
    }
    let changed = try frames { $0.strength = 0.5 }
    let steady = steadying.steadied(changed, isCircular: false)
    #expect(steady != changed)
    func difference(_ a: MelFrames, _ b: MelFrames) -> Float { zip(a.values, b.values).map { abs($0 - $1) }.max() ?? 0 }
    #expect(try difference(frames(nil), steady) < 1e-4)
    #expect(try frames { $0.strength = 1 } == frames(nil))
    // Half a second is kept, softer than what follows, which is made.
    let repainted = try frames { $0.repainted = [.init(start: 0.5, end: 0.8)] }
    let last = repainted.frameCount - 8
    func end(_ frames: MelFrames) -> ArraySlice<Float> { frames.values[(last * 48)...] }
    #expect(zip(end(repainted), end(steady)).allSatisfy { abs($0 - $1) < 1e-4 })
  }
}
