import CFluidSynth
import Foundation
import Music

/// Renders MIDI through FluidSynth, every time from the same start.
///
/// The soundfont is loaded once; each rendering gets a synthesizer of its own on top of it, which costs a millisecond
/// and leaves nothing behind: a reset synthesizer would keep the phase of its reverb's modulation, so that a clip's
/// bytes would depend on the clips before it.
final class FluidSynthRenderer {
  static let sampleRate = 44100
  /// FluidSynth works in blocks of this many frames; events act at their starts.
  static let blockFrames = 64

  private let functions: FluidSynthFunctions
  private let settings: OpaquePointer
  /// Owns the soundfont and renders nothing.
  private let owner: OpaquePointer
  private let soundfont: OpaquePointer

  /// - Parameter hasReverb: whether FluidSynth's own room is heard.
  /// - Throws: `fluidSynthMissing`, `soundfontMissing`, `soundfontUnreadable` or `synthesizerFailed`.
  init(soundfont url: URL, hasReverb: Bool = true) throws(CorpusError) {
    let functions = try Self.functions()
    try Self.check(url)
    guard let settings = functions.newSettings() else { throw .synthesizerFailed(reason: "no settings") }
    Self.configure(settings, functions, hasReverb: hasReverb)
    guard let owner = functions.newSynth(settings) else {
      functions.deleteSettings(settings)
      throw .synthesizerFailed(reason: "no synthesizer")
    }
    let number = functions.loadSoundFont(owner, url.path, 0)
    guard number >= 0, let soundfont = functions.soundFont(owner, number) else {
      functions.deleteSynth(owner)
      functions.deleteSettings(settings)
      throw .soundfontUnreadable(path: url.path)
    }
    self.functions = functions
    self.settings = settings
    self.owner = owner
    self.soundfont = soundfont
  }

  deinit {
    functions.deleteSynth(owner)
    functions.deleteSettings(settings)
  }

  /// Looks at the file's form before FluidSynth does, whose loaders complain on stderr.
  private static func check(_ url: URL) throws(CorpusError) {
    guard let file = try? FileHandle(forReadingFrom: url) else { throw .soundfontMissing(path: url.path) }
    defer { try? file.close() }
    let header = (try? file.read(upToCount: 12)).flatMap { $0 } ?? Data()
    guard header.prefix(4) == Data("RIFF".utf8), header.suffix(4) == Data("sfbk".utf8) else {
      throw .soundfontUnreadable(path: url.path)
    }
  }

  static func functions() throws(CorpusError) -> FluidSynthFunctions {
    var reason: UnsafePointer<CChar>?
    guard let functions = cfluidsynth_functions(&reason) else {
      throw .fluidSynthMissing(reason: reason.map { String(cString: $0) } ?? "unknown reason")
    }
    return functions.pointee
  }

  private static func configure(_ settings: OpaquePointer, _ functions: FluidSynthFunctions, hasReverb: Bool) {
    let numbers = [
      ("synth.sample-rate", Double(sampleRate)), ("synth.gain", 0.2), ("synth.reverb.room-size", 0.35),
      ("synth.reverb.damp", 0.4), ("synth.reverb.width", 0.5), ("synth.reverb.level", 0.5),
    ]
    for (name, value) in numbers { _ = functions.setNumber(settings, name, value) }
    let integers = [
      ("synth.polyphony", 96), ("synth.chorus.active", 0), ("synth.reverb.active", hasReverb ? 1 : 0),
      ("synth.cpu-cores", 1),
      ("synth.threadsafe-api", 0), ("synth.lock-memory", 0), ("synth.dynamic-sample-loading", 0),
    ]
    for (name, value) in integers { _ = functions.setInteger(settings, name, Int32(value)) }
  }

  /// The mean of both channels, `frameCount` samples from the file's start, at FluidSynth's own level.
  func renderMono(_ midi: MIDIFile, frameCount: Int) throws(CorpusError) -> [Float] {
    let channels = try render(midi, frameCount: frameCount)
    return (0..<frameCount).map { (channels[0][$0] + channels[1][$0]) * 0.5 }
  }

  /// Both channels, `frameCount` samples from the file's start, at FluidSynth's own level.
  func render(_ midi: MIDIFile, frameCount: Int) throws(CorpusError) -> [[Float]] {
    guard let synth = functions.newSynth(settings) else { throw .synthesizerFailed(reason: "no synthesizer") }
    _ = functions.addSoundFont(synth, soundfont)
    defer {
      // Taken away first, or the synthesizer would free the soundfont with itself.
      _ = functions.removeSoundFont(synth, soundfont)
      functions.deleteSynth(synth)
    }
    let blockCount = (frameCount + Self.blockFrames - 1) / Self.blockFrames
    var left = [Float](repeating: 0, count: blockCount * Self.blockFrames)
    var right = left
    var position = 0
    func renderBlocks(upTo block: Int) throws(CorpusError) {
      let frames = (min(block, blockCount) - position) * Self.blockFrames
      guard frames > 0 else { return }
      let offset = Int32(position * Self.blockFrames)
      let status = left.withUnsafeMutableBufferPointer { left in
        right.withUnsafeMutableBufferPointer { right -> Int32 in
          guard let left = left.baseAddress, let right = right.baseAddress else { return -1 }
          return functions.writeFloat(synth, Int32(frames), left, offset, 1, right, offset, 1)
        }
      }
      guard status == 0 else { throw .synthesizerFailed(reason: "rendering returned \(status)") }
      position += frames / Self.blockFrames
    }
    for event in SynthesizerEvent.events(of: midi) {
      try renderBlocks(upTo: event.block)
      send(event, to: synth)
    }
    try renderBlocks(upTo: blockCount)
    return [Array(left.prefix(frameCount)), Array(right.prefix(frameCount))]
  }

  private func send(_ event: SynthesizerEvent, to synth: OpaquePointer) {
    switch event.message {
    case .noteOff(let channel, let key): _ = functions.noteOff(synth, Int32(channel), Int32(key))
    case .control(let channel, let controller, let value):
      _ = functions.controlChange(synth, Int32(channel), Int32(controller), Int32(value))
    case .program(let channel, let program): _ = functions.programChange(synth, Int32(channel), Int32(program))
    case .noteOn(let channel, let key, let velocity):
      _ = functions.noteOn(synth, Int32(channel), Int32(key), Int32(velocity))
    }
  }
}
