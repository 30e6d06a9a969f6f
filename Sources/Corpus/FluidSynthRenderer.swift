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

  /// - Throws: `fluidSynthMissing`, `soundfontMissing`, `soundfontUnreadable` or `synthesizerFailed`.
  init(soundfont url: URL) throws(CorpusError) {
    let functions = try Self.functions()
    guard FileManager.default.isReadableFile(atPath: url.path) else { throw .soundfontMissing(path: url.path) }
    guard let settings = functions.newSettings() else { throw .synthesizerFailed(reason: "no settings") }
    Self.configure(settings, functions)
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

  static func functions() throws(CorpusError) -> FluidSynthFunctions {
    var reason: UnsafePointer<CChar>?
    guard let functions = cfluidsynth_functions(&reason) else {
      throw .fluidSynthMissing(reason: reason.map { String(cString: $0) } ?? "unknown reason")
    }
    return functions.pointee
  }

  private static func configure(_ settings: OpaquePointer, _ functions: FluidSynthFunctions) {
    let numbers = [
      ("synth.sample-rate", Double(sampleRate)), ("synth.gain", 0.2), ("synth.reverb.room-size", 0.35),
      ("synth.reverb.damp", 0.4), ("synth.reverb.width", 0.5), ("synth.reverb.level", 0.5),
    ]
    for (name, value) in numbers { _ = functions.setNumber(settings, name, value) }
    let integers = [
      ("synth.polyphony", 96), ("synth.chorus.active", 0), ("synth.reverb.active", 1), ("synth.cpu-cores", 1),
      ("synth.threadsafe-api", 0), ("synth.lock-memory", 0), ("synth.dynamic-sample-loading", 0),
    ]
    for (name, value) in integers { _ = functions.setInteger(settings, name, Int32(value)) }
  }

  /// The mean of both channels, `frameCount` samples from the file's start, at FluidSynth's own level.
  func render(_ midi: MIDIFile, frameCount: Int) throws(CorpusError) -> [Float] {
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
    for event in Self.events(of: midi) {
      try renderBlocks(upTo: event.block)
      send(event, to: synth)
    }
    try renderBlocks(upTo: blockCount)
    return (0..<frameCount).map { (left[$0] + right[$0]) * 0.5 }
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

  /// The file's events in the order of playing, each at the block nearest to its time.
  private static func events(of midi: MIDIFile) -> [SynthesizerEvent] {
    func block(_ beat: Double) -> Int {
      Int((midi.seconds(atBeat: beat) * Double(sampleRate) / Double(blockFrames)).rounded())
    }
    var events: [SynthesizerEvent] = []
    for track in midi.tracks {
      for change in track.programs {
        events.append(.init(block: block(change.beat), message: .program(change.channel, change.program)))
      }
      for change in track.controls {
        let message = SynthesizerEvent.Message.control(change.channel, change.controller, change.value)
        events.append(.init(block: block(change.beat), message: message))
      }
      for note in track.notes {
        let start = block(note.startBeats)
        let end = max(block(note.endBeats), start + 1)
        events.append(.init(block: start, message: .noteOn(note.channel, note.key, note.velocity)))
        events.append(.init(block: end, message: .noteOff(note.channel, note.key)))
      }
    }
    let ordered = events.enumerated().sorted {
      ($0.element.block, $0.element.message.order, $0.offset) < ($1.element.block, $1.element.message.order, $1.offset)
    }
    return ordered.map(\.element)
  }
}

/// A MIDI message at a block of the rendering.
private struct SynthesizerEvent {
  enum Message {
    case noteOff(Int, Int)
    case program(Int, Int)
    case control(Int, Int, Int)
    case noteOn(Int, Int, Int)

    /// At the same moment: releases, then programs, then controllers, then strikes.
    var order: Int {
      switch self {
      case .noteOff: 0
      case .program: 1
      case .control: 2
      case .noteOn: 3
      }
    }
  }

  var block: Int
  var message: Message
}
