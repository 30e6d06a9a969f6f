import Audio
import Foundation
import Synthesis
import TestSupport
import Testing

@Suite("The lengths that sounds have by themselves")
struct SoundLengthsTests {
  static func clips(_ category: String, _ words: [String], _ seconds: [Double], diesAway: Bool = true)
    -> [SoundLengths.Clip]
  {
    zip(words, seconds).map {
      SoundLengths.Clip(category: category, caption: "\(category) \($0)", seconds: $1, diesAway: diesAway)
    }
  }

  let lengths = SoundLengths(
    clips("kick", ["dirty", "dark", "dark", "dark", "short"], [0.3, 0.8, 0.9, 1.0, 0.2])
      + clips("bass", ["low", "dirty"], [0.5, 0.6])
      + clips("click", ["one", "two"], [0.1, 0.1], diesAway: false)
      + clips("bass loop", ["slow", "fast"], [4, 5], diesAway: false))

  func drawn(_ prompt: String) -> [Double] {
    (0..<200).compactMap { lengths.length(of: prompt, seed: $0)?.seconds }.sorted()
  }

  @Test("Lengths are drawn from those of the category that a prompt names, as they are distributed")
  func categories() {
    let kicks = drawn("punchy kick")
    #expect(kicks.count == 200 && kicks[0] >= 0.2 && kicks[199] <= 1)
    // The median of the five.
    #expect(abs(kicks[100] - 0.8) < 0.02)
    // A few seeds in a row are spread over it too.
    #expect((0..<5).compactMap { lengths.length(of: "kick", seed: $0)?.seconds }.filter { $0 > 0.7 }.count >= 2)
    #expect((0..<5).compactMap { lengths.length(of: "kick", seed: $0)?.seconds }.filter { $0 < 0.9 }.count >= 2)
    #expect(lengths.length(of: "KICKS", seed: 1) == lengths.length(of: "kick", seed: 1))
    #expect(drawn("bass").allSatisfy { (0.5...0.6).contains($0) })
    // The longest name counts, not a word of it.
    #expect(drawn("bass loop").allSatisfy { (4...5).contains($0) })
    #expect(lengths.length(of: "bass loop", seed: 0)?.diesAway == false)
    // A hit ends, though all files of it are cut.
    #expect(lengths.length(of: "click", seed: 0)?.diesAway == true)
  }

  @Test("A loop among hits is no length of a hit, but of few clips nobody can say")
  func outliers() {
    let hits = Self.clips("hat", (0..<9).map { "no \($0)" }, [0.1, 0.1, 0.12, 0.15, 0.2, 0.2, 0.25, 0.3, 3])
    func longest(_ clips: [SoundLengths.Clip]) -> Double {
      (0..<200).compactMap { SoundLengths(clips).length(of: "hat", seed: $0)?.seconds }.max() ?? 0
    }
    #expect(longest(hits) <= 0.3)
    #expect(longest(hits.suffix(5)) > 2)
  }

  @Test("More words of a prompt count where there are some clips with them")
  func words() {
    #expect(drawn("dark kick").allSatisfy { (0.8...1).contains($0) })
    // One clip says too little of what all dirty kicks are like.
    #expect((drawn("dirty kick").last ?? 0) > 0.95)
    // Without a category the words alone.
    #expect(drawn("something dirty").allSatisfy { (0.3...0.6).contains($0) })
    #expect(lengths.length(of: "an oboe", seed: 0) == nil)
  }

  @Test("Without categories one sound is as long as others, and a phrase as phrases")
  func oneShots() throws {
    func clips(_ captions: [String], _ seconds: Double) -> [SoundLengths.Clip] {
      captions.map { SoundLengths.Clip(category: "", caption: $0, seconds: seconds, diesAway: true) }
    }
    let lengths = SoundLengths(
      clips(["a single kick sound", "909 kick drum, single hit", "snare one-shot", "cowbell one-shot"], 0.3)
        + clips(
          ["techno kick and snare beat", "kick pattern", "trap drumming with an 808 kick", "electronic kick groove"], 5)
        + clips(["flute melody", "warm pad"], 4))
    func seconds(_ prompt: String, tellsOneShots: Bool = true) -> [Double] {
      (0..<20).compactMap { lengths.length(of: prompt, seed: $0, tellsOneShots: tellsOneShots)?.seconds }
    }
    #expect(seconds("kick drum one-shot").allSatisfy { $0 < 0.31 })
    #expect(seconds("electronic kick one-shot").allSatisfy { $0 < 0.31 })
    #expect(seconds("driving kick pattern").allSatisfy { $0 > 4.9 })
    // Of something that is no one-shot anywhere, the phrases say more than nothing.
    // "A" says less than "flute".
    #expect(seconds("a flute note").allSatisfy { abs($0 - 4) < 0.01 })
    #expect(seconds("one flute note").allSatisfy { abs($0 - 4) < 0.01 } && seconds("one flute note").count == 20)
    #expect(seconds("electronic kick one-shot", tellsOneShots: false).contains { $0 > 1 })
  }

  @Test("The file keeps them, and one that is none is refused")
  func file() throws {
    let directory = try TemporaryDirectory()
    try lengths.write(inModel: directory.url)
    let url = directory.file("lengths.tsv")
    #expect(try SoundLengths(reading: url) == lengths)
    let text = try String(contentsOf: url, encoding: .utf8)
    for broken in ["kick\t0.3\n", text + "0.3\tdies away\tkick\n", text + "nan\tdies away\tkick\tkick\n"] {
      try Data(broken.utf8).write(to: url)
      #expect(throws: ModelError.self) { try SoundLengths(reading: url) }
    }
  }
}

@Suite("Clips of sounds that have a length of their own")
struct SoundDurationTests {
  let model: SmallModel
  let synthesizer: Synthesizer

  init() throws {
    model = try SmallModel()
    let lengths = SoundLengths([
      SoundLengths.Clip(category: "drum", caption: "drum", seconds: 0.5, diesAway: true),
      SoundLengths.Clip(category: "piano", caption: "piano", seconds: 2.5, diesAway: false),
    ])
    let bundle = ModelBundle(
      directory: model.bundle.directory, configuration: model.bundle.configuration, denoiser: model.bundle.denoiser,
      lengths: lengths)
    synthesizer = Synthesizer(model: bundle, encoder: model.encoder, threads: 1)
  }

  func request(_ prompt: String, _ duration: Double, trims: Bool? = nil) -> GenerationRequest {
    var request = GenerationRequest(prompt: prompt, duration: duration, steps: 2, vocoderIterations: 2)
    request.trims = trims
    return request
  }

  func clip(_ request: GenerationRequest) throws -> [Float] { try synthesizer.generate([request])[0].samples }

  @Test("A sound that dies away is the same at all durations, then silent")
  func same() throws {
    let (short, long) = (try clip(request("drum", 0.3)), try clip(request("drum", 1)))
    #expect(short.count == 2400 && long.count == 8000)
    // Up to where the short one is led out.
    #expect(Array(short.prefix(2000)) == Array(long.prefix(2000)))
    #expect(long[3500..<3990].contains { $0 != 0 })
    #expect(long[4000...].allSatisfy { $0 == 0 })
    #expect(synthesizer.lengthRemark(on: request("drum", 1))?.hasPrefix("this sound lasts 0.5 s") == true)
    #expect(synthesizer.lengthRemark(on: request("drum", 0.3)) == nil)
  }

  @Test("One that could go on fills the clip; where no length is given all are as long as by themselves")
  func goesOn() throws {
    #expect(try clip(request("piano", 1))[6000...].contains { $0 != 0 })
    #expect(try clip(request("piano", 4, trims: true)).count <= 20_000)
    #expect(try clip(request("drum", 4, trims: true)).count <= 4000)
  }

  @Test("Where something is placed in time the clip's own length counts")
  func placed() throws {
    var timed = request("drum", 1)
    timed.controls = ControlRequest()
    timed.controls?.tempo = 120
    #expect(try clip(timed)[6000...].contains { $0 != 0 })
    var loop = request("drum", 1)
    loop.edit = EditRequest()
    loop.edit?.isLoop = true
    #expect(try clip(loop)[6000...].contains { $0 != 0 })
  }

  @Test("The ends of a morph are the plain clips, and what lies between has a length between them")
  func morphs() throws {
    let (from, to) = (request("drum", 2), request("piano", 2))
    let clips = try synthesizer.generate(morphs: MorphRequest.path(from: from, to: to, count: 3)).map(\.samples)
    let ends = (try clip(from), try clip(to))
    #expect(clips[0] == ends.0 && clips[2] == ends.1)
    // Half of the way from a half to two seconds, in octaves.
    #expect(clips[1].count == 16_000 && clips[1][8000...].allSatisfy { $0 == 0 })
    #expect(clips[1][6000..<7900].contains { $0 != 0 })
  }
}
