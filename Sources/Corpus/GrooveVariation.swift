import Music

/// The same groove as another drummer, or the same one on another day, might play it: so that a caption has many clips.
struct GrooveVariation {
  private static let hats = [
    "x.x.x.x.x.x.x.x.", "x...x...x...x...", "xoxoxoxoxoxoxoxo", "X.x.X.x.X.x.X.x.", "..x...x...x...x.",
    "x.x.x.xxx.x.x.xx",
    "xxxxxxxxxxxxxxxx", "x.xxx.xxx.xxx.xx",
  ]
  private static let fourOnTheFloor = "X...X...X...X"

  let groove: DrumStyle.Groove
  let timeSignature: TimeSignature

  func drawn(_ random: inout CorpusRandom) -> DrumStyle.Groove {
    var groove = groove
    let isSixteenth = groove.allSatisfy { $0.steps.split(separator: "|").allSatisfy { $0.count == 16 } }
    for index in groove.indices {
      switch groove[index].voice {
      case .closedHat where isSixteenth && timeSignature == .common && random.chance(0.35):
        groove[index].steps = random.pick(Self.hats)
      case .closedHat where random.chance(0.12): groove[index].voice = random.pick([.ride, .maracas, .pedalHat])
      case .kick where !groove[index].steps.hasPrefix(Self.fourOnTheFloor):
        groove[index].steps = kicks(groove[index].steps, &random)
      case .snare where random.chance(0.3):
        groove[index].steps = with("o", in: groove[index].steps, count: random.integer(1...2), &random)
      case .snare where random.chance(0.1): groove[index].voice = random.pick([.rim, .clap])
      default: break
      }
    }
    // A voice that came by another name would be played twice.
    var seen: Set<Int> = []
    groove = groove.filter { seen.insert($0.voice.rawValue).inserted }
    if timeSignature == .common, isSixteenth, random.chance(0.14) {
      let voice = random.pick([DrumVoice.tambourine, .maracas, .cowbell, .openConga])
      if !seen.contains(voice.rawValue) {
        groove.append(
          (voice, random.pick(["..x...x...x...x.", "x.x.x.x.x.x.x.x.", "...x..x....x..x.", "....x.......x..."])))
      }
    }
    return groove
  }

  /// A kick more or less, never the first.
  private func kicks(_ steps: String, _ random: inout CorpusRandom) -> String {
    var steps = steps
    if random.chance(0.35) { steps = with("x", in: steps, count: 1, &random) }
    if random.chance(0.15) {
      var characters = Array(steps)
      let strikes = characters.indices.filter { $0 > 0 && characters[$0] == "x" && characters[$0 - 1] != "|" }
      if strikes.count > 1 { characters[random.pick(strikes)] = "." }
      steps = String(characters)
    }
    return steps
  }

  /// With so many strokes more, off the beats.
  private func with(
    _ symbol: Character, in steps: String, count: Int, _ random: inout CorpusRandom
  ) -> String {
    var characters = Array(steps)
    for _ in 0..<count {
      let rests = characters.indices.filter { index in
        let step = index - (characters[..<index].lastIndex(of: "|").map { $0 + 1 } ?? 0)
        return characters[index] == "." && step % 2 == 1
      }
      if !rests.isEmpty { characters[random.pick(rests)] = symbol }
    }
    return String(characters)
  }
}
