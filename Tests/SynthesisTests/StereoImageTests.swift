import Audio
import Denoising
import Foundation
import Music
import Spectra
import Synthesis
import Testing

/// Where a clip lies, and how wide it is, of models of one channel and of two.
@Suite("Pan and width")
struct StereoImageTests {
  private let mono: SmallModel
  private let stereo: SmallModel

  init() throws {
    // Of enough bins for bands.
    var configuration = SmallModel.stereoConfiguration
    configuration.frame = nil
    configuration.denoiser.frameWidth = configuration.layout.valueCount
    mono = try SmallModel(configuration: configuration)
    stereo = try SmallModel(configuration: SmallModel.stereoConfiguration)
  }

  private func made(
    _ model: SmallModel, pan: Double? = nil, width: Double? = nil, threads: Int = 2,
    change: (inout GenerationRequest) throws -> Void = { _ in }
  ) throws -> AudioClip {
    var request = GenerationRequest(prompt: "piano", duration: 1.2, steps: 3, seed: 3, vocoderIterations: 4)
    (request.pan, request.width, request.peak) = (pan, width, -6)
    try change(&request)
    return try model.synthesizer(threads: threads).generate([request])[0]
  }

  private func power(_ samples: [Float]) -> Double { samples.reduce(0) { $0 + Double($1 * $1) } }

  /// Decibels of left over right.
  private func difference(_ clip: AudioClip) -> Double { 10 * log10(power(clip.channels[0]) / power(clip.channels[1])) }

  private func coherence(_ clip: AudioClip) -> Double {
    let product = zip(clip.channels[0], clip.channels[1]).reduce(0) { $0 + Double($1.0 * $1.1) }
    return product / (power(clip.channels[0]) * power(clip.channels[1])).squareRoot()
  }

  /// Whether both sound alike, one some times as loud.
  private func isAlike(_ first: [Float], _ second: [Float]) -> Bool {
    let gain = Float((power(first) / power(second)).squareRoot())
    let peak = first.reduce(0) { max($0, abs($1)) }
    return zip(first, second).allSatisfy { abs($0 - gain * $1) < 1e-4 * peak }
  }

  @Test("A model of one channel makes two where a place is asked for: as loud, in a tangent's place")
  func panOfMono() throws {
    let plain = try made(mono)
    #expect(plain.channelCount == 1)
    for (pan, decibels) in [(-0.7, 15.07), (0.7, -15.07), (-0.35, 6.35), (0, 0)] {
      let clip = try made(mono, pan: pan) { $0.peak = nil }
      let unscaled = try made(mono) { $0.peak = nil }
      #expect(abs(difference(clip) - decibels) < 0.01)
      #expect(isAlike(clip.channels[0], plain.samples) && isAlike(clip.channels[1], plain.samples))
      // Unless it would clip, both have the power of the one twice.
      let both = power(clip.channels[0]) + power(clip.channels[1])
      #expect(both < 2.0001 * power(unscaled.samples))
      if clip.peak < 0.97 { #expect(both > 1.9999 * power(unscaled.samples)) }
    }
    let hard = try made(mono, pan: -1)
    #expect(hard.channels[1].allSatisfy { $0 == 0 } && isAlike(hard.channels[0], plain.samples))
  }

  @Test("A model of one channel gets a side that is as wide as is asked for, and sums to what it was")
  func widthOfMono() throws {
    let plain = try made(mono)
    let clips = try [0, 0.5, 1, 2].map { try made(mono, width: $0) }
    #expect(clips[0].channels[0] == clips[0].channels[1])
    let coherences = clips.map(coherence)
    #expect(zip(coherences, coherences.dropFirst()).allSatisfy { $0 > $1 + 0.03 }, "\(coherences)")
    for clip in clips {
      #expect(clip.channelCount == 2 && isAlike(clip.samples, plain.samples) && abs(difference(clip)) < 1)
    }
    #expect(try made(mono, width: 2, threads: 1) == clips[3])
    let loop = try made(mono, pan: 0.5, width: 1) { request in
      var edit = EditRequest()
      edit.isLoop = true
      request.edit = edit
    }
    #expect(loop.channelCount == 2 && loop.frameCount == 9600 && loop.channels[0] != loop.channels[1])
  }

  @Test("Of two channels the side is as many times as loud, and all is heard on a side")
  func ofStereo() throws {
    let plain = try made(stereo) { $0.peak = nil }
    #expect(try made(stereo, pan: 0, width: 1) { $0.peak = nil } == plain)
    let single = try made(stereo, width: 0)
    #expect(single.channels[0] == single.channels[1] && isAlike(single.samples, plain.samples))
    func share(_ clip: AudioClip) -> Double {
      let side = zip(clip.channels[0], clip.channels[1]).map { ($0 - $1) / 2 }
      return (power(side) / power(clip.samples)).squareRoot()
    }
    for width in [0.5, 1.5, 2] {
      let clip = try made(stereo, width: width)
      #expect(abs(share(clip) / share(plain) - width) < 1e-3 && isAlike(clip.samples, plain.samples))
    }
    let right = try made(stereo, pan: 1)
    #expect(right.channels[0].allSatisfy { abs($0) < 1e-6 } && isAlike(right.channels[1], plain.samples))
    #expect(
      try difference(made(stereo, pan: -0.5)) > difference(plain)
        && isAlike(made(stereo, pan: -0.5).samples, plain.samples))
  }

  @Test("What is kept of a recording stays where it is, and one of two channels keeps both")
  func edits() throws {
    let original = [220.0, 330].map { hertz in
      (0..<9600).map { Float(0.3 * cos(hertz * 2 * Double.pi * Double($0) / 8000)) }
    }
    let source = mono.folder.appendingPathComponent("source.wav")
    try AudioFile.write(AudioClip(channels: original, sampleRate: 8000), to: source, sampleFormat: .float32)
    for model in [mono, stereo] {
      let clip = try made(model, pan: -1) { request in
        var edit = EditRequest()
        (edit.source, edit.repainted) = (try ControlFile(path: source.path), [.init(start: 0.6, end: 0.9)])
        (request.edit, request.peak) = (edit, nil)
      }
      #expect(clip.channels.map { Array($0[..<4500]) } == original.map { Array($0[..<4500]) })
      #expect(clip.channels[1][5200..<6800].allSatisfy { abs($0) < 1e-5 })
      #expect(power(Array(clip.channels[0][5200..<6800])) > 0)
    }
  }

  @Test("Between two clips there are their places' means")
  func morphs() throws {
    var ends = [GenerationRequest(prompt: "piano", duration: 1.2, steps: 3, seed: 3, vocoderIterations: 4)]
    ends.append(ends[0])
    (ends[0].pan, ends[1].pan) = (-0.7, 0.7)
    let path = [0, 0.25, 0.5, 1].map { MorphRequest(from: ends[0], to: ends[1], fraction: $0) }
    let clips = try mono.synthesizer(threads: 2).generate(morphs: path)
    #expect(zip(clips.map(difference), [15.07, 6.35, 0, -15.07]).allSatisfy { abs($0 - $1) < 0.01 })
    ends[1].pan = nil
    let half = MorphRequest(from: ends[0], to: ends[1], fraction: 0.5)
    #expect(try abs(difference(mono.synthesizer(threads: 1).generate(morphs: [half])[0]) - 6.35) < 0.01)
  }
}
