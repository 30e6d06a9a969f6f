/// What Csound plays: events of the orchestras' instruments, and the room and effects around them.
struct CsoundScore: Sendable, Equatable {
  struct Event: Sendable, Equatable {
    /// The instrument's name in the orchestras.
    var instrument: String
    var startSeconds: Double
    var durationSeconds: Double
    /// Its fields from p4 on.
    var values: [Double]
  }

  /// What all chance in the orchestras comes from; 1 and up.
  var seed: Int
  /// How long the clip is: events do not sound beyond it.
  var seconds: Double
  var events: [Event]
  /// The fields of instrument Finish from p4 on.
  var finish: [Double]

  /// The score as Csound reads it, of the very numbers that are played: the clip's recipe, which a reader of the orchestras can
  /// play by hand.
  func text(title: String) -> String {
    let lines = [
      "; \(title)", Self.line("Begin", 0, 0.001, [Double(seed)]), Self.line("Finish", 0, seconds, finish),
    ]
    return
      (lines + events.map { Self.line($0.instrument, $0.startSeconds, $0.durationSeconds, $0.values) } + ["e", ""])
      .joined(separator: "\n")
  }

  private static func line(_ instrument: String, _ start: Double, _ seconds: Double, _ values: [Double]) -> String {
    (["i \"\(instrument)\""] + ([start, seconds] + values).map { "\($0)" }).joined(separator: " ")
  }
}
