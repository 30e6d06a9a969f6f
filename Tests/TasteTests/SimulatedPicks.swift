import Foundation
import Novelty
import Spectra
import Taste

/// Clips whose qualities are drawn by chance, and listeners who choose among eight of them.
struct SimulatedPicks {
  private var state: UInt64
  let clips: [TasteClip]
  private let values: [[HeardQuality: Double]]

  init(seed: UInt64, clipCount: Int = 300) {
    state = seed
    var random = SimulatedPicks.Normals(state: seed)
    let fingerprint = SoundFingerprint(MelFrames(frameCount: 1, bandCount: 192), mel: .standard)
    var (clips, values): ([TasteClip], [[HeardQuality: Double]]) = ([], [])
    for place in 0..<clipCount {
      let drawn = Dictionary(uniqueKeysWithValues: HeardQuality.allCases.map { ($0, random.next()) })
      values.append(drawn)
      clips.append(
        TasteClip(
          id: "clip\(place)", name: "\(place).wav", prompt: place % 3 == 0 ? "soft pad" : "drum loop",
          qualities: ClipQualities(drawn), fingerprint: fingerprint))
    }
    (self.clips, self.values) = (clips, values)
    state = random.state
  }

  /// Picks of a listener who likes what has the greatest utility; without one by chance.
  mutating func picks(_ count: Int, _ utility: (([HeardQuality: Double]) -> Double)? = nil) -> [TastePick] {
    (0..<count).map { _ in
      var random = Normals(state: state)
      var shown: [Int] = []
      while shown.count < 8 {
        let place = Int(random.bits() % UInt64(clips.count))
        if !shown.contains(place) { shown.append(place) }
      }
      let picked = utility.map { of in shown.max { of(values[$0]) < of(values[$1]) } ?? shown[0] } ?? shown[0]
      state = random.state
      return TastePick(
        picked: clips[picked].id, over: shown.filter { $0 != picked }.map { clips[$0].id },
        at: Date(timeIntervalSince1970: 0))
    }
  }

  /// What a listener picks of some clips.
  func pick(among places: [Int], _ utility: ([HeardQuality: Double]) -> Double) -> TastePick {
    let picked = places.max { utility(values[$0]) < utility(values[$1]) } ?? 0
    return TastePick(
      picked: clips[picked].id, over: places.filter { $0 != picked }.map { clips[$0].id },
      at: Date(timeIntervalSince1970: 0))
  }

  /// The share of pairs that a taste puts in the order of a utility.
  func agreement(of taste: Taste, _ utility: ([HeardQuality: Double]) -> Double) -> Double {
    var right = 0
    for place in clips.indices.dropLast() {
      let liked = taste.score(clips[place]).mean > taste.score(clips[place + 1]).mean
      if liked == (utility(values[place]) > utility(values[place + 1])) { right += 1 }
    }
    return Double(right) / Double(clips.count - 1)
  }

  struct Normals {
    var state: UInt64

    mutating func bits() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 33
    }

    /// A sum of twelve evenly distributed numbers less their mean has deviation 1.
    mutating func next() -> Double { (0..<12).reduce(-6.0) { sum, _ in sum + Double(bits()) / Double(1 << 31) } }
  }
}
