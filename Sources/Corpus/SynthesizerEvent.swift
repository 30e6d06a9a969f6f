import Music

/// A MIDI message at a block of the rendering.
struct SynthesizerEvent {
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

  /// The file's events in the order of playing, each at the block nearest to its time.
  static func events(of midi: MIDIFile) -> [SynthesizerEvent] {
    let blocksPerSecond = Double(FluidSynthRenderer.sampleRate) / Double(FluidSynthRenderer.blockFrames)
    func block(_ beat: Double) -> Int {
      Int((midi.seconds(atBeat: beat) * blocksPerSecond).rounded())
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
