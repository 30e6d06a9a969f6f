import Audio
import Foundation
import Synthesis
import Testing

@Suite("Loops that are cut out of recordings")
struct RecordedLoopTests {
  private let rate = 44_100

  private func tone(_ hertz: Double, seconds: Double) -> [Float] {
    (0..<Int(seconds * Double(rate))).map { Float(0.5 * sin(2 * .pi * hertz * Double($0) / Double(rate))) }
  }

  private func noise(seconds: Double) -> [Float] {
    var state: UInt64 = 1
    return (0..<Int(seconds * Double(rate))).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Float(Int32(truncatingIfNeeded: state >> 33)) / Float(1 << 31) - 0.5
    }
  }

  /// How sharp the wave bends at each sample, the loop going round.
  private func bends(_ loop: [Float]) -> [Float] {
    let count = loop.count
    return (0..<count).map { abs(loop[($0 + 1) % count] - 2 * loop[$0] + loop[($0 + count - 1) % count]) }
  }

  @Test("A steady tone goes round without a click, whatever its pitch", arguments: [55.3, 220.7, 441.9, 1234.5])
  func steadyTones(hertz: Double) {
    let recording = tone(hertz, seconds: 3)
    let loop = RecordedLoop(channels: [recording], from: 40_000, count: 44_100, sampleRate: rate).channels[0]
    #expect(loop.count == 44_100)
    let usual = bends(Array(recording[40_000..<80_000]))[1..<39_000].max() ?? 0
    let cut = bends(Array(recording[40_000..<84_100]))
    let seam = bends(loop)
    let atSeam = max(seam[0], seam[44_099])
    #expect(atSeam < 1.5 * usual, "\(atSeam) against \(usual), cut \(max(cut[0], cut[44_099]))")
    #expect((seam.max() ?? 1) < 1.5 * usual)
  }

  @Test("The level stays, of what is alike and of what is not")
  func level() {
    func power(_ samples: ArraySlice<Float>) -> Float {
      samples.reduce(0) { $0 + $1 * $1 } / Float(samples.count)
    }
    for recording in [noise(seconds: 3), tone(220.7, seconds: 3)] {
      let loop = RecordedLoop(channels: [recording], from: 40_000, count: 44_100, sampleRate: rate).channels[0]
      for start in stride(from: 39_000, to: 43_500, by: 441) {
        let ratio = power(loop[start..<start + 441]) / power(recording[40_000..<84_000])
        #expect((0.6...1.6).contains(ratio), "\(ratio) at \(start)")
      }
    }
  }

  @Test("A stroke where the loop begins stays whole, and comes once")
  func strokes() {
    var recording = [Float](repeating: 0, count: 3 * rate)
    let stroke = noise(seconds: 0.1).enumerated().map { $1 * exp(-Float($0) / 1000) }
    for beat in 0..<6 { for (place, value) in stroke.enumerated() { recording[beat * 22_050 + place] += value } }
    let loop = RecordedLoop(channels: [recording], from: 22_050, count: 44_100, sampleRate: rate).channels[0]
    #expect(Array(loop[..<3000]) == Array(recording[22_050..<25_050]))
    let last = loop[43_500...].map(abs).max() ?? 1
    #expect(last < 0.05)
  }

  @Test("Beyond its fade a loop is the recording, sample for sample")
  func samplesStay() {
    let recording = noise(seconds: 2)
    let loop = RecordedLoop(channels: [recording], from: 20_000, count: 30_000, sampleRate: rate).channels[0]
    let starts = (20_000 - 221...20_000).filter { Array(recording[$0..<$0 + 50]) == Array(loop[..<50]) }
    #expect(starts.count == 1)
    guard let start = starts.first else { return }
    #expect(Array(loop[..<26_000]) == Array(recording[start..<start + 26_000]))
  }

  @Test(
    "Where nothing comes before it, what comes behind it fades out over it; where nothing does either, its ends meet")
  func edges() {
    let recording = tone(220.7, seconds: 1.1)
    let usual = bends(Array(recording[2000..<40_000]))[1..<30_000].max() ?? 0
    for count in [44_100, recording.count] {
      let loop = RecordedLoop(channels: [recording], from: 0, count: count, sampleRate: rate).channels[0]
      let seam = bends(loop)
      #expect(loop.count == count)
      // Ends that are made to meet may still bend.
      if count < recording.count { #expect(max(seam[0], seam[count - 1]) < 4 * usual) }
      #expect(abs(loop[0] - loop[count - 1]) < 0.05)
    }
  }

  @Test("Without a tempo the length is one at which the wave goes round")
  func freeLengths() {
    let recording = tone(100, seconds: 3)
    // 441 samples a period.
    let count = RecordedLoop.bestCount(near: 20_000, recording, from: 30_000, sampleRate: rate)
    #expect(abs(count - 20_000) <= 882 && count % 441 == 0, "\(count)")
  }

  @Test("Short and odd recordings make loops of their length", arguments: [1, 2, 50, 4410])
  func short(count: Int) {
    let recording = tone(220, seconds: 0.2)
    for start in [0, 1, 4000, recording.count - 1] {
      let loop = RecordedLoop(channels: [recording], from: start, count: count, sampleRate: rate).channels[0]
      #expect(loop.count == count && loop.allSatisfy(\.isFinite))
    }
    #expect(RecordedLoop(channels: [[]], from: 0, count: count, sampleRate: rate).channels[0].count == count)
  }

  @Test("A request says where the loop begins, and goes through JSON; others do not say it")
  func requests() throws {
    var edit = EditRequest()
    (edit.isLoop, edit.loopStart) = (true, 1.25)
    var request = GenerationRequest(prompt: "pad", edit: edit)
    #expect(
      request.problem
        == "a place where a loop begins wants a recording that goes round, and of which nothing is made anew")
    let file = FileManager.default.temporaryDirectory.appending(path: "loop-\(UUID().uuidString).wav")
    try AudioFile.write(AudioClip(mono: tone(220, seconds: 0.2), sampleRate: 44100), to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    request.edit?.source = try ControlFile(path: file.path, as: .sound)
    #expect(request.problem == nil)
    #expect(try JSONDecoder().decode(GenerationRequest.self, from: JSONEncoder().encode(request)) == request)
    for start in [-1, .nan, .infinity, 1e9] {
      request.edit?.loopStart = start
      #expect(request.problem != nil)
    }
    request.edit?.loopStart = nil
    #expect(request.problem == "a loop of a recording wants to be told where in it it begins (loop-start)")
    let plain = String(decoding: try JSONEncoder().encode(EditRequest()), as: UTF8.self)
    #expect(!plain.contains("loopStart"))
    var draft = RequestDraft(GenerationRequest(prompt: "pad"))
    draft.loopStart = 1
    #expect(draft.rangeProblem?.text(prefix: "--") == "--loop-start wants an --init-audio")
  }
}
