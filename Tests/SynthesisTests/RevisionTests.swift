import Audio
import Foundation
import Music
import Synthesis
import Testing

@Suite("What new requests are, and what old ones were")
struct RevisionTests {
  private func draft(_ prompt: String, _ change: (inout RequestDraft) throws -> Void = { _ in }) throws
    -> GenerationRequest
  {
    var draft = RequestDraft()
    draft.prompt = prompt
    try change(&draft)
    return try draft.resolve().request
  }

  @Test("Requests in the tags of earlier versions are of the first revision, and go through JSON so")
  func old() throws {
    let json = #"{"prompt":"bass","controls":{"follow":{"path":"a.wav","hash":"0"}},"edit":{"strength":0.4}}"#
    let read = try JSONDecoder().decode(GenerationRequest.self, from: Data(json.utf8))
    #expect(read.revision == nil && read.tail == nil && read.trims == nil)
    #expect(read.controls?.followed == [.pitch, .loudness, .brightness] && read.controls?.range == nil)
    let again = String(decoding: try JSONEncoder().encode(read), as: UTF8.self)
    for field in ["revision", "tail", "trims", "range", "firstBeat"] { #expect(!again.contains("\"\(field)\"")) }
    // What is changed of one is changed by its own rules.
    var replayed = RequestDraft(read)
    try replayed.set("seed", to: .untyped("8"))
    let request = try replayed.resolve(takesControls: false).request
    #expect(request.revision == nil && request.trims == nil && request.seed == 8)
    try replayed.set("revision", to: .untyped("2"))
    #expect(try replayed.resolve(takesControls: false).request.revision == 2)
  }

  @Test("New ones are of today's, also through JSON")
  func new() throws {
    var request = try draft("bass, C2 note") { $0.tail = 1.5 }
    #expect(request.revision == SoundRevision.current && request.trims == true && request.tail == 1.5)
    #expect(request.duration == 4 && request.seconds == 5.5)
    #expect(try JSONDecoder().decode(GenerationRequest.self, from: JSONEncoder().encode(request)) == request)
    request.controls?.range = 28...57
    request.controls?.firstBeat = 0.25
    #expect(try JSONDecoder().decode(GenerationRequest.self, from: JSONEncoder().encode(request)) == request)
  }

  @Test("One of a later version is refused, and what ends cannot be")
  func problems() {
    func problem(_ change: (inout GenerationRequest) -> Void) -> String? {
      var request = GenerationRequest(prompt: "bass")
      change(&request)
      return request.problem
    }
    for revision in [0, 1, SoundRevision.current + 1, -1, .max] {
      #expect(problem { $0.revision = revision }?.contains("revision \(revision)") == true)
    }
    for tail in [-1, 21, .nan, .infinity] as [Double] { #expect(problem { $0.tail = tail }?.contains("tail") == true) }
    #expect(problem { ($0.duration, $0.tail) = (115, 10) }?.contains("120") == true)
    func looped(_ request: inout GenerationRequest) {
      request.edit = EditRequest()
      request.edit?.isLoop = true
    }
    #expect(
      problem {
        looped(&$0)
        $0.tail = 1
      }?.contains("loop") == true)
    #expect(
      problem {
        looped(&$0)
        $0.trims = true
      }?.contains("loop") == true)
  }

  @Test("Silence is cut off of what is one sound and has no length")
  func oneShots() throws {
    #expect(try draft("snare drum one-shot").trims == true)
    #expect(try draft("snare drum one-shot") { $0.duration = 2 }.trims == nil)
    #expect(try draft("snare drum one-shot") { $0.trims = false }.trims == nil)
    #expect(try draft("snare drum one-shot, 120 bpm").trims == nil)
    #expect(try draft("snare drum one-shot") { $0.isLoop = true }.trims == nil)
    #expect(try draft("rock drum beat").trims == nil)
    #expect(try draft("rock drum beat") { ($0.duration, $0.trims) = (2, true) }.trims == true)
    // What was made without stays without.
    var request = try draft("snare drum one-shot") { $0.duration = 4 }
    request = try RequestDraft(request).resolve().request
    #expect(request.trims == nil && request.duration == 4)
  }

  @Test("A followed line is brought into the range of the prompt's instrument")
  func range() throws {
    let model = try SmallModel()
    let url = model.folder.appendingPathComponent("hum.wav")
    let hum = (0..<88_200).map { sample -> Float in
      let time = 2 * Double.pi * 130.81 * Double(sample) / 44_100
      return Float(0.2 * (sin(time) + 0.5 * sin(2 * time) + 0.25 * sin(3 * time)))
    }
    try AudioFile.write(AudioClip(mono: hum, sampleRate: 44_100), to: url)
    let violin = try draft("solo violin") { $0.controls.follow = try ControlFile(path: url.path) }
    #expect(violin.controls?.range == 55...93 && violin.controls?.followed.contains(.register) == true)
    let other = try draft("something") { $0.controls.follow = try ControlFile(path: url.path) }
    #expect(other.controls?.range == nil)
    func octave(_ request: GenerationRequest) throws -> Int? {
      let track = try request.controls?.track(frameCount: 60, framesPerSecond: 57.4)
      return (0..<9).max { track!.strength(ofOctave: $0, frame: 30) < track!.strength(ofOctave: $1, frame: 30) }
    }
    #expect(try octave(other) == 3 && octave(violin) == 4)
    let remarks = try model.synthesizer(threads: 1).remarks(on: violin)
    #expect(remarks.map { $0.contains("below the instrument (G3 to A6): it is followed an octave higher") } == [true])
    #expect(try model.synthesizer(threads: 1).remarks(on: other) == [])
  }

  @Test("What goes on from a recording has its tempo, unless another is said, or none is clear")
  func tempo() throws {
    let model = try SmallModel()
    let url = model.folder.appendingPathComponent("beat.wav")
    func write(_ sample: (Double) -> Double) throws -> ControlFile {
      let samples = (0..<176_400).map { Float(sample(Double($0) / 44_100)) }
      try AudioFile.write(AudioClip(mono: samples, sampleRate: 44_100), to: url)
      return try ControlFile(path: url.path)
    }
    let beat = 60 / 137.0
    let strokes = try write { time in
      let since = time.truncatingRemainder(dividingBy: beat)
      return 0.5 * exp(-since * 30) * sin(2 * .pi * 180 * since)
    }
    func controls(_ prompt: String, _ file: ControlFile) throws -> ControlRequest? {
      try draft(prompt) { ($0.continuedRecording, $0.duration) = (file, 8) }.controls
    }
    let heard = try #require(try controls("drums", strokes))
    #expect(abs((heard.tempo ?? 0) - 137) < 1.4 && abs(heard.firstBeat ?? 1) < 0.02)
    let said = try controls("drums, 120 bpm", strokes)
    #expect(said?.tempo == 120 && said?.firstBeat == nil)
    let request = try draft("drums") { ($0.continuedRecording, $0.duration) = (strokes, 8) }
    // Made again it is not listened to again.
    #expect(try RequestDraft(request).resolve(takesControls: false).request == request)
    #expect(try controls("pad", write { 0.3 * sin(2 * .pi * 220 * $0) }) == nil)
  }
}
