/// Why an instrument cannot be made.
public enum InstrumentError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Nothing that can be played came of the prompt.
  case nothingSounds(prompt: String)
  /// A drum that no kit has.
  case unknownDrum(String, known: [String])

  public var description: String {
    switch self {
    case .nothingSounds(let prompt):
      "\"\(prompt)\" makes nothing that can be played, neither a note in tune nor a stroke: try another --seed, or other words"
    case .unknownDrum(let name, let known):
      "no kit has a drum \"\(name)\"; there are \(known.joined(separator: ", "))"
    }
  }
}
