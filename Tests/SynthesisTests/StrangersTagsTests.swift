import Audio
import Foundation
import Music
import Synthesis
import Tensors
import Testing
import Text

/// Tags come with a clip, and a clip comes from anyone.
@Suite("What a stranger's tags say")
struct StrangersTagsTests {
  private let model: SmallModel
  private var folder: URL { model.folder.appendingPathComponent("clips") }
  private var clip: URL { folder.appendingPathComponent("clip.wav") }

  init() throws {
    model = try SmallModel()
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  func tags(_ request: GenerationRequest, sampleRate: Int = 44_100) -> ClipTags {
    ClipTags(hiss: "0.1.0", model: "m", modelHash: "0", sampleRate: sampleRate, request: request)
  }

  func request(_ change: (inout GenerationRequest) -> Void = { _ in }) -> GenerationRequest {
    var request = GenerationRequest(prompt: "pad", duration: 1)
    change(&request)
    return request
  }

  @Test("A sample rate that no file has", arguments: [0, -1, 1, 100, 7_999, 192_001, 1 << 31, .max, .min])
  func rates(rate: Int) { #expect(tags(request(), sampleRate: rate).problem?.hasPrefix("sample-rate \(rate)") == true) }

  @Test("Tags of a newer Hiss, or with a field that is changed, are told from those of others")
  func unreadable() throws {
    let json = tags(request()).json
    #expect(UnreadableTags(AudioTags(comment: json)) == nil)
    let newer = json.replacing("\"euler\"", with: "\"tomorrow\"").replacing("\"0.1.0\"", with: "\"9.0\"")
    let found = try #require(UnreadableTags(AudioTags(comment: newer)))
    #expect(found.version == "9.0" && found.field == "request.sampler")
    #expect(UnreadableTags(AudioTags(comment: json.replacing("\"request\"", with: "\"ask\"")))?.field == "request")
    let error = ClipTagsError.unreadable(path: "a.wav", found)
    #expect("\(error)" == "a.wav: Hiss 9.0 made it, and this version does not read its tags: request.sampler")
    for other in ["", "{}", "[1]", #"{"hiss":"1","title":"x"}"#, #"{"hiss":1,"request":{}}"#] {
      #expect(UnreadableTags(AudioTags(comment: other)) == nil, "\(other)")
    }
  }

  private static let impossible: [@Sendable (inout GenerationRequest) -> Void] = [
    { $0.prompt = "" }, { $0.prompt = "red\u{1B}[31m" }, { $0.prompt = String(repeating: "a", count: 500_000) },
    { $0.negativePrompt = "\u{9B}31m" }, { $0.duration = 1e308 }, { $0.duration = -1 }, { $0.duration = .nan },
    { $0.steps = .max }, { $0.steps = 0 }, { $0.vocoderIterations = 1 << 62 }, { $0.vocoderIterations = -1 },
    { $0.timeShift = 1e30 }, { $0.guidanceScale = 3e38 }, { $0.lufs = 1e300 },
    {
      $0.controls = ControlRequest()
      $0.controls?.tempo = 1e308
    },
    {
      $0.controls = ControlRequest()
      $0.controls?.beatsPerChord = 1e308
    },
    {
      $0.controls = ControlRequest()
      $0.controls?.scale = 1e38
    },
    {
      $0.controls = ControlRequest()
      $0.controls?.timeSignature = "9999999999999999999/4"
    },
    {
      $0.controls = ControlRequest()
      $0.controls?.chords = String(repeating: "C ", count: 300_000)
    },
    {
      $0.controls = ControlRequest()
      $0.controls?.followed = .init(rawValue: 1 << 6)
    },
    {
      $0.edit = EditRequest()
      $0.edit?.strength = .infinity
    },
    {
      $0.edit = EditRequest()
      $0.edit?.continues = true
    },
    {
      $0.edit = EditRequest()
      $0.edit?.repainted = Array(repeating: .init(start: 0, end: 1), count: 10_000)
    },
  ]

  @Test("Every other field is checked like an option")
  func fields() throws {
    #expect(tags(request()).problem == nil)
    for (index, change) in Self.impossible.enumerated() {
      let problem = try #require(tags(request(change)).problem, "change \(index)")
      #expect(!problem.isEmpty && !problem.contains("\n") && problem.utf8.count < 300, "\(problem)")
    }
    for name in ["m\u{1B}[2J", String(repeating: "m", count: 256)] {
      let tags = ClipTags(hiss: "0.1.0", model: name, modelHash: "0", sampleRate: 8_000, request: request())
      #expect(tags.problem?.hasPrefix("model is longer than 255 bytes, or holds control characters") == true)
    }
    for fraction in [1e308, -0.1, .nan] {
      let morph = MorphRequest(from: request(), to: request { $0.prompt = "choir" }, fraction: fraction)
      let tags = ClipTags(hiss: "0.1.0", model: "m", modelHash: "0", sampleRate: 8_000, morph: morph)
      #expect(tags.problem?.contains("fraction") == true)
    }
  }

  /// A recording in the clip's folder, and one that is not.
  @Test("What they name outside of the clip's folder is not read unless that is asked for")
  func outside() throws {
    let tone = AudioClip(mono: (0..<8000).map { 0.3 * sin(Float($0) / 9) }, sampleRate: 8000)
    let take = model.folder.appendingPathComponent("take.wav")
    try AudioFile.write(tone, to: take)
    var edited = request { $0.edit = EditRequest() }
    edited.edit?.source = try ControlFile(path: take.path, as: .sound)
    let stored = try JSONDecoder().decode(GenerationRequest.self, from: JSONEncoder().encode(edited))
    let synthesizer = model.synthesizer(threads: 1)
    let error = ControlError.outside(path: take.path)
    #expect(throws: error) { try synthesizer.plan(stored.findingFiles(beside: clip)) }
    #expect(error.description.contains("--outside") && error.description.contains("--set"))
    _ = try synthesizer.plan(stored.findingFiles(beside: clip, readsOutside: true))
    // Beside the clip the very file is found, whatever its path was, and another one is told.
    try FileManager.default.copyItem(at: take, to: folder.appendingPathComponent("take.wav"))
    _ = try synthesizer.plan(stored.findingFiles(beside: clip))
    try AudioFile.write(tone, to: folder.appendingPathComponent("take.wav"), sampleFormat: .float32)
    #expect(throws: error) { try synthesizer.plan(stored.findingFiles(beside: clip)) }
  }

  @Test(
    "Paths up and out of the folder, to devices and to nothing",
    arguments: [
      "../take.wav", "../../../../../../etc/passwd", "/etc/passwd", "/dev/zero", "/proc/kcore", "a/../../take.wav",
    ])
  func paths(path: String) throws {
    let json =
      #"{"prompt":"p","duration":1,"controls":{"midi":{"path":"\#(path)","hash":"0123456789abcdef"}},"#
      + #""edit":{"source":{"path":"\#(path)","hash":"0123456789abcdef"}}}"#
    let stored = try JSONDecoder().decode(GenerationRequest.self, from: Data(json.utf8))
    #expect(throws: ControlError.outside(path: path)) {
      try model.synthesizer(threads: 1).plan(stored.findingFiles(beside: clip))
    }
  }

  /// In the clip's own folder: the size and the beginning are looked at, and nothing is read to the end only to be refused.
  @Test("Three gigabytes without a byte on the disk are refused by their size and their beginning")
  func sparse() throws {
    let url = folder.appendingPathComponent("huge.mid")
    try Data("MThd".utf8).write(to: url)
    #expect(truncate(url.path, 3 << 30) == 0)
    let start = ContinuousClock.now
    for kind in ["midi", "follow"] {
      let json =
        #"{"prompt":"p","duration":1,"controls":{"\#(kind)":{"path":"huge.mid","hash":"0123456789abcdef"}}}"#
      let stored = try JSONDecoder().decode(GenerationRequest.self, from: Data(json.utf8))
      for _ in 0..<10 {
        #expect(throws: ControlError.self) {
          try model.synthesizer(threads: 1).plan(stored.findingFiles(beside: clip))
        }
      }
    }
    #expect(throws: ControlError.self) { try ControlFile(path: url.path, as: .midi) }
    #expect(throws: ControlError.self) { try ControlFile(path: url.path, as: .sound) }
    #expect(ContinuousClock.now - start < .seconds(5))
  }

  @Test(
    "They say which encoder and processor made a clip; what old ones lack is unknown, and the standard is not written")
  func environment() throws {
    let plain = tags(request())
    #expect(!plain.json.contains("processor") && !plain.json.contains("textEncoder"))
    let encoder = model.folder.appendingPathComponent("encoder")
    let here = try ClipEnvironment(encoder: encoder)
    let hash = try SentenceEncoder.hash(of: encoder)
    #expect(here.processor == Precision.instructionSet && here.textEncoder == hash)
    let made = ClipTags(
      hiss: "0.1.0", model: "m", modelHash: "0", sampleRate: 8000, request: request(), environment: here)
    let read = try #require(ClipTags(AudioTags(comment: made.json)))
    #expect(read == made && read.environment == here && here.differences(here: here).isEmpty)
    #expect(plain.environment == .unknown)
    // A file without fields was made with the standard encoder, on whatever processor.
    let differences = plain.environment.differences(here: here)
    #expect(differences.count == 1 && differences[0].hasPrefix("another text encoder (the standard one"))
    var elsewhere = here
    (elsewhere.processor, elsewhere.textEncoder) = ("z80", nil)
    #expect(elsewhere.differences(here: here).count == 2)
    #expect(elsewhere.differences(here: here)[1].hasPrefix("another kind of processor (z80; this one is "))
  }
}
