import Instruments
import Jobs
import Rendering
import Synthesis

/// What the sounds of a pack's folder are, and what follows from that unless the plan says otherwise.
public enum PackKind: String, CaseIterable, Sendable {
  /// Goes round, of whole bars, at one loudness.
  case loop
  /// A single sound: from its attack on, without the silence behind it, at one peak.
  case oneShot = "one-shot"
  /// Music that is none of both: of one loudness.
  case phrase
  /// A folder for each prompt, which samplers play.
  case instrument, kit
  /// Compositions: a folder for each, with its stems, their mix and its notes.
  case stems

  /// What is in it, in the plural.
  public var title: String {
    switch self {
    case .loop: "loops"
    case .oneShot: "one-shots"
    case .phrase: "phrases"
    case .instrument: "instruments"
    case .kit: "drum kits"
    case .stems: "stems"
    }
  }

  /// Whether a folder of its own is made of a prompt.
  var isInstrument: Bool { self == .instrument || self == .kit }

  /// Fields that a plan need not say, and those in whose place they would stand.
  var usual: [(name: String, value: String, unless: [String])] {
    switch self {
    case .loop:
      [("loop", "true", []), ("bars", "4", ["duration"]), ("lufs", "-20", ["peak"]), ("trim", "false", [])]
    case .oneShot:
      [("duration", "2", ["bars"]), ("trim", "true", []), ("peak", "-1", ["lufs"])]
    case .phrase: [("lufs", "-20", ["peak"]), ("trim", "false", [])]
    case .stems: [("lufs", "-16", [])]
    case .instrument, .kit: []
    }
  }

  /// The fields of its own, besides those that all folders have.
  var fields: [String] {
    switch self {
    case .loop, .oneShot, .phrase: RequestField.names.filter { !Self.plansOwn.contains($0) }
    case .instrument: ["range", "every", "velocities", "takes", "seconds"]
    case .kit: ["drums", "takes"]
    case .stems: StemPlan.fields + RequestField.names.filter(Self.ofPlayers.contains)
    }
  }

  /// What all players of a composition have in common.
  private static let ofPlayers: Set<String> = [
    "negative-prompt", "negative-scale", "bpm", "key", "time-signature", "lufs", "steps", "cfg-scale", "control-scale",
    "sampler", "time-shift", "vocoder-iterations", "draft", "sample-rate",
  ]

  /// What the plan itself says of clips, under names of its own.
  private static let plansOwn: Set<String> = [
    "prompt", "count", "seed", "understood", "revision", "vary-seed", "vary-distance", "vary-set", "vary-seconds",
    "vary-liked", "vary-lean", "vary-share", "vary-what", "vary-amount", "vary-draw",
  ]
}
