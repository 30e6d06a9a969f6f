/// Why a file could not be read or written as standard MIDI.
public enum MIDIError: Error, Equatable, Sendable, CustomStringConvertible {
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
    case .unsupportedFormat(let format): "MIDI file of format \(format); formats 0 and 1 can be read"
    case .unsupportedDivision(let division):
      "MIDI file with time division \(division); only ticks per quarter note can be read"
    case .badHeader(let reason): "MIDI file with a bad header: \(reason)"
    case .missingStatus(let offset): "MIDI file with a data byte at byte \(offset) where an event should start"
    case .badData(let offset, let what): "MIDI file with bad data at byte \(offset): \(what)"
    }
  }
}
