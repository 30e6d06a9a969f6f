/// Tempos, keys and notes that are not what is heard.
extension FindingRules {
  static func music(_ files: [FileFacts]) -> [Finding] {
    func contradiction(
      _ kind: Finding.Kind, _ one: String, _ many: String, _ told: (FileFacts) -> String?
    ) -> [Finding] {
      let lines = files.compactMap { file in told(file).map { "\(file.file) (\($0))" } }
      guard !lines.isEmpty else { return [] }
      return [
        Finding(
          kind: kind, what: lines.count == 1 ? "1 \(one)" : "\(lines.count) \(many)",
          advice: "listen, and mend the name or metadata.csv if it is wrong", files: lines)
      ]
    }
    let tempos = contradiction(
      .tempo, "clip seems to have another tempo than it says", "clips seem to have other tempos than they say"
    ) { file in
      guard let named = file.tempo, let heard = file.heard?.tempo, !agrees(heard, with: named) else { return nil }
      return "\(number(named)), heard \(number(heard))"
    }
    let keys = contradiction(
      .key, "clip seems to be in another key than it says", "clips seem to be in other keys than they say"
    ) { file in
      guard let named = file.key, let heard = file.heard, heard.refutesKey, let key = heard.key else { return nil }
      return "\(named), heard \(key)"
    }
    let notes = contradiction(
      .note, "clip seems to be another note than it says", "clips seem to be other notes than they say"
    ) { file in
      guard let named = file.note, let heard = file.heard, heard.refutesNote, let note = heard.note else { return nil }
      return "\(named), heard \(note)"
    }
    return [tempos, keys, notes].flatMap(\.self)
  }

  /// Twice or half as fast, and half as fast again, are the same beat.
  private static func agrees(_ heard: Double, with named: Double) -> Bool {
    let ratios: [Double] = [0.3333, 0.5, 0.6667, 0.75, 1, 1.3333, 1.5, 2, 3]
    return ratios.contains { ratio in abs(heard / (named * ratio) - 1) <= 0.02 }
  }

  private static func number(_ tempo: Double) -> String {
    tempo == tempo.rounded() ? "\(Int(tempo)) bpm" : "\(tempo) bpm"
  }
}
