public import Audio
import Foundation
public import Music

/// Why a clip cannot be made as it was asked for.
public enum ControlError: Error, Equatable, Sendable, CustomStringConvertible {
  case chords(ChordChartError)
  case key(String)
  case note(String)
  case timeSignature(String)
  case midi(path: String, MIDIError)
  case audio(AudioFileError)
  /// A MIDI file without a note.
  case noNotes(path: String)
  /// A MIDI file in which no time passes: its notes never end.
  case noLength(path: String)
  /// There is no such file, or it cannot be read.
  case missing(path: String)
  /// The file is not the one that the clip was made with.
  case changed(path: String)
  /// A clip's tags name a file outside of the clip's own folder, and nobody has asked for it to be read.
  case outside(path: String)
  /// The network makes numbers that are none, or infinite: its weights overflow.
  case noNumbers(model: String)
  /// Whoever asked for the clip does not want it any more.
  case stopped
  /// The model's network takes no controls.
  case unsupported(model: String)
  /// A recording that a clip should go on from is as long as the clip already.
  case nothingToContinue(path: String)
  /// A loop is to be cut out of a recording that ends before it does.
  case loopTooLong(path: String, seconds: Double)
  /// A recording to follow has nothing in it.
  case silent(path: String)

  public var description: String {
    switch self {
    case .stopped: "it was stopped"
    case .chords(let error): "\(error)"
    case .key(let name): "\"\(name)\" is no key; A minor, F#, B flat and D dorian are"
    case .note(let name): "\"\(name)\" is no note; C4, F#2 and Bb are"
    case .timeSignature(let name): "\"\(name)\" is no time signature; 4/4 and 6/8 are"
    case .midi(let path, let error): "\(error)".hasPrefix(path) ? "\(error)" : "\(path): \(error)"
    case .audio(let error): "\(error)"
    case .noNotes(let path): "\(path): there is no note in it"
    case .noLength(let path):
      "\(path): it is over as it begins: its notes never end, and its track ends at once; give them lengths"
    case .missing(let path): "\(path): there is no such file, or it cannot be read"
    case .changed(let path): "\(path): this is not the file that the clip was made with"
    case .outside(let path):
      "\(path): the clip's tags name this file outside of the clip's folder, so it was not read: put it beside the clip, or "
        + "have all such files read with --outside, or name it to `hiss replay` with --set"
    case .noNumbers(let model):
      "the model \(model) makes no numbers: its weights overflow; it is damaged, or was made to be"
    case .unsupported(let model): "the model \(model) takes no controls: it learned without them"
    case .nothingToContinue(let path):
      "\(path): nothing is left to continue: ask for a clip that is longer than the recording"
    case .loopTooLong(let path, let seconds):
      "\(path): it ends after \(String(format: "%.3f", seconds)) s, before the loop does: let it begin earlier, or be shorter"
    case .silent(let path): "\(path): there is nothing but silence to follow"
    }
  }
}
