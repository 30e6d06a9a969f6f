/// Why a file could not be read or written as standard MIDI.
public enum MIDIError: Error, Hashable, Sendable, CustomStringConvertible {
  case unreadable(path: String, reason: String)
  case cannotWrite(path: String, reason: String)
  case tooLarge(byteCount: Int, limit: Int)
  case notMIDI
  case truncated(offset: Int, what: String)
  case unsupportedFormat(Int)
  case unsupportedDivision(Int)
  case badHeader(reason: String)
  case missingStatus(offset: Int)
  case badData(offset: Int, what: String)

  public var description: String {
    switch self {
    case .unreadable(let path, let reason): "\(path): cannot be read: \(reason)"
    case .cannotWrite(let path, let reason): "\(path): cannot be written: \(reason)"
    case .tooLarge(let byteCount, let limit): "MIDI file of \(byteCount) bytes; the limit is \(limit)"
    case .notMIDI: "not a MIDI file: it does not start with MThd"
    case .truncated(let offset, let what): "MIDI file ends at byte \(offset), within \(what)"
    case .unsupportedFormat(let format): "MIDI file of format \(format); there are formats 0, 1 and 2"
    case .unsupportedDivision(let division):
      "MIDI file with time division \(division), which is neither ticks per quarter note nor frames per second"
    case .badHeader(let reason): "MIDI file with a bad header: \(reason)"
    case .missingStatus(let offset): "MIDI file with a data byte at byte \(offset) where an event should start"
    case .badData(let offset, let what): "MIDI file with bad data at byte \(offset): \(what)"
    }
  }

  /// What is wrong, without saying of what.
  var reason: String {
    switch self {
    case .truncated(let offset, let what): "it ends at byte \(offset), within \(what)"
    case .missingStatus(let offset): "a data byte at byte \(offset) where an event should start"
    case .badData(let offset, let what): "\(what), at byte \(offset)"
    default: description
    }
  }
}
