import CCsound
import Synchronization

/// Plays scores through Csound, every time from the same start.
///
/// The orchestra is compiled once, which takes longer than most clips; the performance then never ends. Each clip begins with
/// generators seeded anew and an empty bus, and its events begin and end on control periods, so that nothing depends on when it
/// is played or on what was played before.
final class CsoundRenderer {
  static let sampleRate = 44100
  /// The control period in samples; events begin and end on its grid.
  static let blockFrames = 64

  private let functions: CsoundFunctions
  private let csound: OpaquePointer
  private var numbers: [String: Double] = [:]
  /// Where instrument Played hears what another synthesizer played, a control period at a time; left and right.
  private let inputs: [UnsafeMutablePointer<Double>]

  /// Csound builds its list of opcodes while it is made, one at a time.
  private static let making = Mutex(())

  /// - Throws: `csoundMissing` or `csoundFailed`.
  init() throws(CorpusError) {
    let functions = try Self.functions()
    let orchestra = Orchestra.text
    let made = Self.making.withLock { _ -> OpaquePointer? in
      guard let csound = functions.create(nil) else { return nil }
      for option in ["-n", "-d", "-m0"] { _ = functions.setOption(csound, option) }
      guard functions.compileOrchestra(csound, orchestra) == 0, functions.start(csound) == 0 else {
        functions.destroy(csound)
        return nil
      }
      return csound
    }
    guard let made else {
      throw .csoundFailed(reason: "the orchestra does not compile: \(String(cString: ccsound_complaint()))")
    }
    inputs = ["playedLeft", "playedRight"].compactMap { name in
      var samples: UnsafeMutablePointer<Double>?
      return functions.channel(made, &samples, name, Int32(CSOUND_AUDIO_INPUT)) == 0 ? samples : nil
    }
    guard inputs.count == 2 else {
      functions.destroy(made)
      throw .csoundFailed(reason: "it has no channels for audio")
    }
    self.functions = functions
    self.csound = made
  }

  deinit { functions.destroy(csound) }

  static func functions() throws(CorpusError) -> CsoundFunctions {
    var reason: UnsafePointer<CChar>?
    guard let functions = ccsound_functions(&reason) else {
      throw .csoundMissing(reason: reason.map { String(cString: $0) } ?? "unknown reason")
    }
    return functions.pointee
  }

  /// Two channels of the score's length, at the instruments' own level.
  /// - Parameter played: what instrument Played hears, two channels; nil where none plays.
  /// - Throws: `csoundFailed`.
  func render(_ score: CsoundScore, played: [[Float]]? = nil) throws(CorpusError) -> [[Float]] {
    let frameCount = Int((score.seconds * Double(Self.sampleRate)).rounded())
    let blockCount = (frameCount + Self.blockFrames - 1) / Self.blockFrames
    try play("Begin", blocks: 1, [Double(score.seed)])
    for _ in 0..<2 { try advance() }
    try play("Finish", blocks: blockCount, score.finish)
    var waiting = Self.placed(score.events, blockCount: blockCount)[...]
    var channels = [[Float]](repeating: [Float](repeating: 0, count: blockCount * Self.blockFrames), count: 2)
    for block in 0..<blockCount {
      while let next = waiting.first, next.block <= block {
        try play(next.event.instrument, blocks: next.count, next.event.values)
        waiting.removeFirst()
      }
      if let played { hear(played, from: block * Self.blockFrames) }
      try advance()
      guard let output = functions.output(csound) else { throw .csoundFailed(reason: "it has no output") }
      for frame in 0..<Self.blockFrames {
        channels[0][block * Self.blockFrames + frame] = Float(output[2 * frame])
        channels[1][block * Self.blockFrames + frame] = Float(output[2 * frame + 1])
      }
    }
    // What ended with the last block is put away before the next clip.
    for _ in 0..<3 { try advance() }
    return channels.map { Array($0.prefix(frameCount)) }
  }

  private func hear(_ channels: [[Float]], from start: Int) {
    for (samples, input) in zip(channels, inputs) {
      for frame in 0..<Self.blockFrames {
        input[frame] = start + frame < samples.count ? Double(samples[start + frame]) : 0
      }
    }
  }

  /// The events by their first block, with as many blocks as they last within the clip.
  private static func placed(
    _ events: [CsoundScore.Event], blockCount: Int
  ) -> [(block: Int, count: Int, event: CsoundScore.Event)] {
    let blocksPerSecond = Double(sampleRate) / Double(blockFrames)
    let placed = events.enumerated().map { index, event in
      let block = Int((event.startSeconds * blocksPerSecond).rounded())
      let count = max(1, Int((event.durationSeconds * blocksPerSecond).rounded()))
      return (index: index, block: block, count: min(count, blockCount - block), event: event)
    }
    return placed.filter { $0.count > 0 }.sorted { ($0.block, $0.index) < ($1.block, $1.index) }
      .map { ($0.block, $0.count, $0.event) }
  }

  private func play(_ instrument: String, blocks: Int, _ values: [Double]) throws(CorpusError) {
    // A quarter of a block more, so that the end is never rounded two ways.
    let seconds = (Double(blocks) + 0.25) * Double(Self.blockFrames) / Double(Self.sampleRate)
    let fields = [try number(of: instrument), 0, seconds] + values
    guard functions.scoreEvent(csound, CChar(UInt8(ascii: "i")), fields, fields.count) == 0 else {
      throw .csoundFailed(reason: "instrument \(instrument): \(String(cString: ccsound_complaint()))")
    }
  }

  private func advance() throws(CorpusError) {
    guard functions.performControlPeriod(csound) == 0 else {
      throw .csoundFailed(reason: "the performance ended: \(String(cString: ccsound_complaint()))")
    }
  }

  private func number(of instrument: String) throws(CorpusError) -> Double {
    if let number = numbers[instrument] { return number }
    let number = functions.evaluate(csound, "return nstrnum(\"\(instrument)\")")
    guard number >= 1 else { throw .csoundFailed(reason: "the orchestra has no instrument \(instrument)") }
    numbers[instrument] = number
    return number
  }
}
