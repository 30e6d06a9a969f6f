import Audio
import Foundation
import Spectra
import Synthesis
import Tensors
import Testing

/// A model whose frames have both channels and attacks: two channels on the whole way, whose mean is the mid.
@Suite("A model of two channels")
struct StereoModelTests {
  private let model: SmallModel
  private let original: [[Float]]
  private let source: URL

  init() throws {
    model = try SmallModel(configuration: SmallModel.stereoConfiguration)
    original = [220.0, 330].map { hertz in
      (0..<9600).map { Float(0.3 * cos(hertz * 2 * Double.pi * Double($0) / 8000)) }
    }
    source = model.folder.appendingPathComponent("source.wav")
    try AudioFile.write(AudioClip(channels: original, sampleRate: 8000), to: source, sampleFormat: .float32)
  }

  private func request(
    duration: Double = 1.2, _ change: ((inout EditRequest) throws -> Void)? = nil
  ) throws -> GenerationRequest {
    var edit: EditRequest?
    if let change {
      edit = EditRequest()
      try change(&edit!)
    }
    return GenerationRequest(prompt: "piano", duration: duration, steps: 3, seed: 3, vocoderIterations: 4, edit: edit)
  }

  private func made(_ request: GenerationRequest, threads: Int = 2) throws -> AudioClip {
    try model.synthesizer(threads: threads).generate([request])[0]
  }

  private func file() throws -> ControlFile { try ControlFile(path: source.path) }

  @Test("A clip has two channels, the same with any number of threads; one channel alone is their mean")
  func channels() throws {
    let clip = try made(request())
    #expect(clip.channelCount == 2 && clip.frameCount == 9600 && clip.channels[0] != clip.channels[1])
    #expect(try made(request(), threads: 1) == clip)
    var mono = try request()
    mono.mono = true
    let mid = try made(mono)
    #expect(mid.channelCount == 1)
    // Both channels may have been made softer, so that none clips.
    let gain = clip.samples.reduce(0) { $0 + $1 * $1 } / mid.samples.reduce(0) { $0 + $1 * $1 }
    #expect(gain <= 1.0001)
    #expect(zip(clip.samples, mid.samples).allSatisfy { abs($0 - gain.squareRoot() * $1) < 1e-4 })
  }

  @Test("A level that is asked for is that of both channels, and both end alike")
  func finish() throws {
    var request = try request()
    request.peak = -3
    let clip = try made(request)
    #expect(abs(clip.peak - pow(10, -3 / 20)) < 1e-5)
    #expect(clip.channels.allSatisfy { abs($0[0]) < 1e-3 && abs($0[9599]) < 1e-3 })
  }

  @Test("What is kept of a recording is sample for sample its own, on both sides")
  func edits() throws {
    #expect(try made(request { ($0.source, $0.strength) = (try file(), 0) }).channels == original)
    let changed = try made(request { ($0.source, $0.strength) = (try file(), 0.4) })
    #expect(changed.channelCount == 2 && changed.channels != original)
    let inpainted = try made(request { ($0.source, $0.repainted) = (try file(), [.init(start: 0.6, end: 0.9)]) })
    let longer = try made(request(duration: 1.8) { ($0.source, $0.continues) = (try file(), true) })
    #expect(longer.frameCount == 14_400)
    for channel in 0..<2 {
      #expect(inpainted.channels[channel][..<4500].elementsEqual(original[channel][..<4500]))
      #expect(inpainted.channels[channel][7500...].elementsEqual(original[channel][7500...]))
      #expect(!inpainted.channels[channel][4900..<7100].elementsEqual(original[channel][4900..<7100]))
      #expect(longer.channels[channel][..<9600].elementsEqual(original[channel]))
    }
    var mono = try request { ($0.source, $0.repainted) = (try file(), [.init(start: 0.6, end: 0.9)]) }
    mono.mono = true
    let mid = zip(original[0], original[1]).map { ($0 + $1) / 2 }
    #expect(try made(mono).channels.map { Array($0[..<4500]) } == [Array(mid[..<4500])])
  }

  @Test("A recording of one channel lies in the middle")
  func monoRecording() throws {
    try AudioFile.write(AudioClip(mono: original[0], sampleRate: 8000), to: source, sampleFormat: .float32)
    let clip = try made(request { ($0.source, $0.repainted) = (try file(), [.init(start: 0.6, end: 0.9)]) })
    #expect(clip.channels.allSatisfy { $0[..<4500].elementsEqual(original[0][..<4500]) })
  }

  @Test("Loops, clips on the way and tails have two channels")
  func others() throws {
    let loop = try made(request { $0.isLoop = true })
    #expect(loop.channelCount == 2 && loop.frameCount == 9600 && loop.channels[0] != loop.channels[1])
    let cut = try made(request(duration: 0.5) { ($0.source, $0.loopStart, $0.isLoop) = (try file(), 0.2, true) })
    #expect(cut.channelCount == 2 && cut.frameCount == 4000 && cut.channels[0] != cut.channels[1])
    var other = try request()
    other.seed = 8
    let morphs = try [0, 0.5, 1].map { MorphRequest(from: try request(), to: other, fraction: $0) }
    let clips = try model.synthesizer(threads: 2).generate(morphs: morphs)
    #expect(clips.allSatisfy { $0.channelCount == 2 } && Set(clips.map(\.channels)).count == 3)
    #expect(try clips[0] == made(request()) && clips[2] == made(other))
    var tail = try request()
    tail.tail = 1
    let frames = try model.synthesizer(threads: 1).soundFrames(model.synthesizer(threads: 1).plan(tail))
    let attacks = try #require(frames.attacks?.decibels)
    #expect(attacks[..<40].contains { $0 != 0 } && attacks[(4 * 28)...].allSatisfy { $0 == 0 })
  }

  @Test("Its configuration says what its frames have, and one that is not its network's is refused")
  func configuration() throws {
    try model.bundle.write()
    let read = try ModelBundle(reading: model.bundle.directory).configuration
    #expect(read == model.bundle.configuration && read.layout.valueCount == 22)
    let url = model.bundle.directory.appendingPathComponent("config.json")
    let text = try String(contentsOf: url, encoding: .utf8)
    for (old, new) in [
      ("\"stereoBandCount\" : 3", "\"stereoBandCount\" : 4"), ("\"hasAttacks\" : true", "\"hasAttacks\" : false"),
    ] {
      #expect(text.contains(old))
      try text.replacing(old, with: new).write(to: url, atomically: true, encoding: .utf8)
      #expect(throws: ModelError.self) { try ModelBundle.configuration(in: model.bundle.directory) }
    }
    let mono = try JSONEncoder().encode(SmallModel.configuration)
    #expect(!String(decoding: mono, as: UTF8.self).contains("\"frame\""))
  }

  @Test("Mel values have the scale of the training set, the others one of their own")
  func scale() {
    let layout = model.bundle.configuration.layout
    let scale = ValueScale(mean: -0.5, deviation: 0.3)
    var values = [Float](repeating: -0.5, count: 2 * layout.valueCount)
    for frame in 0..<2 { for place in layout.widths { values[frame * layout.valueCount + place] = -0.4 } }
    for frame in 0..<2 { for place in layout.attacks { values[frame * layout.valueCount + place] = 0.42 } }
    let original = values
    scale.normalize(&values, count: values.count, layout: layout)
    for frame in 0..<2 {
      func all(_ places: Range<Int>, are wanted: Float) -> Bool {
        places.allSatisfy { abs(values[frame * layout.valueCount + $0] - wanted) < 1e-5 }
      }
      #expect(all(layout.mel, are: 0) && all(layout.widths, are: 0) && all(layout.attacks, are: 0.6))
      #expect(all(layout.differences, are: -0.5 / 0.42 * 0.6))
    }
    scale.restore(&values, count: values.count, layout: layout)
    #expect(zip(values, original).allSatisfy { abs($0 - $1) < 1e-6 })
  }
}
