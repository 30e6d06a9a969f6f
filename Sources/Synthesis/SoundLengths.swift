import Foundation
import Music
import Storage
import Text

/// How long the sounds are that a model learned from: what decides how long one of its own is, and when a clip that is
/// longer falls silent.
///
/// A prompt is held against the clips' categories and the words of their captions; of the clips that it seems to ask for,
/// the seed takes a length as they have (inverse transform sampling of their empirical distribution, in octaves). So a kick
/// is as long as one of the folder's kicks, at whatever duration it is asked for.
public struct SoundLengths: Sendable, Equatable {
  /// A clip that was learned.
  public struct Clip: Sendable, Equatable {
    /// What it is one of, as "kick"; empty where nothing says so.
    public var category: String
    public var caption: String
    /// Up to where it is silent for good.
    public var seconds: Double
    /// Whether it has died away by then; else it could go on.
    public var diesAway: Bool

    public init(category: String, caption: String, seconds: Double, diesAway: Bool) {
      (self.category, self.caption, self.seconds, self.diesAway) = (category, caption, seconds, diesAway)
    }
  }

  /// How long one sound is to be.
  public struct Length: Sendable, Equatable {
    public var seconds: Double
    /// Whether it is silent then, however long the clip is.
    public var diesAway: Bool
  }

  /// Those of the largest folders are a selection.
  package static let mostClips = 4096
  /// With fewer clips that have a word in common, a category is not divided by it.
  private static let leastClips = 3
  /// Clips whose words weigh less than this share of those of the best are not what a prompt asks for.
  private static let leastShare = 0.6
  /// Words that say of no sound what it is.
  private static let fillers = PromptMusic.oneShotWords.union([
    "a", "an", "and", "at", "for", "from", "in", "of", "on", "the", "to", "with",
  ])
  /// Sounds of which half are no longer, in seconds, end by themselves, though their files may cut them off. A judgement.
  private static let longestHit = 2.0

  public let clips: [Clip]
  /// Words of each clip's caption, and of all categories.
  private let words: [Set<String>]
  /// Whether each clip's caption is of one sound, and not of a phrase.
  private let areOneShots: [Bool]
  private let categories: [(name: String, words: Set<String>)]
  /// ln (clips / clips with the word): what a rare word says is more than what a frequent one does.
  private let weights: [String: Double]

  public init(_ clips: [Clip]) {
    self.clips = clips
    words = clips.map { Self.words($0.caption) }
    areOneShots = clips.map { PromptMusic.namesOneShot($0.caption) }
    categories = Set(clips.map(\.category)).filter { !$0.isEmpty }.sorted().map { ($0, Self.words($0)) }
    var counts: [String: Int] = [:]
    for word in words.joined() { counts[word, default: 0] += 1 }
    weights = counts.mapValues { log(Double(clips.count + 1) / Double($0)) }
  }

  public static func == (a: SoundLengths, b: SoundLengths) -> Bool { a.clips == b.clips }

  /// The length that a prompt's sound gets from a seed; nil where no clip has a word in common with it.
  /// - Parameter tellsOneShots: Whether one sound is as long as others, and a phrase as other phrases, where no category is
  ///   named: a "kick one-shot" is no beat with a kick. Not so before `SoundRevision` 5.
  public func length(of prompt: String, seed: UInt64, tellsOneShots: Bool = true) -> Length? {
    let words = Self.words(prompt)
    let asked = candidates(words, areOneShots: tellsOneShots ? PromptMusic.namesOneShot(prompt) : nil)
    guard !asked.isEmpty else { return nil }
    let octaves = Self.withoutOutliers(asked.map { log2(max(clips[$0].seconds, 1e-3)) }.sorted())
    let place = Self.fraction(words, seed: seed) * Double(octaves.count - 1)
    let (low, part) = (Int(place), place - place.rounded(.down))
    let value = octaves[low] + part * (octaves[min(low + 1, octaves.count - 1)] - octaves[low])
    let isShort = octaves[octaves.count / 2] < log2(Self.longestHit)
    return Length(
      seconds: exp2(value), diesAway: isShort || 2 * asked.count { clips[$0].diesAway } >= asked.count)
  }

  /// Without what is far longer than the others, a loop among hits: above the third quartile by more than 1.5 times the
  /// distance of the quartiles (Tukey 1977). A judgement: of fewer than eight all stay.
  private static func withoutOutliers(_ sorted: [Double]) -> [Double] {
    guard sorted.count >= 8 else { return sorted }
    let (first, third) = (sorted[sorted.count / 4], sorted[3 * sorted.count / 4])
    return sorted.filter { $0 <= third + 1.5 * (third - first) }
  }

  /// Where in a distribution a seed lies, 0 ..< 1: steps of the golden ratio, by which a few seeds in a row are spread evenly
  /// over it (Knuth 1973, section 6.4), from a beginning that the prompt's words decide.
  private static func fraction(_ words: Set<String>, seed: UInt64) -> Double {
    let beginning = StableHash.of(words.sorted().joined(separator: " "))
    return Double((beginning &+ seed &* 0x9E37_79B9_7F4A_7C15) >> 11) * 0x1p-53
  }

  /// The clips that a prompt seems to ask for: of the longest category that it names, those with more of its words where
  /// there are some; without a category those that share the most, of clips that are one-shots as it is if there are any.
  private func candidates(_ asked: Set<String>, areOneShots kind: Bool?) -> [Int] {
    let named = categories.filter { $0.words.isSubset(of: asked) && !$0.words.isEmpty }
      .max { ($0.words.count, $1.name) < ($1.words.count, $0.name) }
    guard let named else {
      let all = Array(clips.indices)
      guard let kind else { return best(all, sharing: asked) }
      // What says that it is one sound, or nothing, does not say which.
      let specific = asked.subtracting(Self.fillers)
      let found = [(all.filter { areOneShots[$0] == kind }, specific), (all, specific), (all, asked)].lazy
        .map { best($0, sharing: $1) }
      return found.first { !$0.isEmpty } ?? []
    }
    let members = clips.indices.filter { clips[$0].category == named.name }
    let nearer = best(members, sharing: asked.subtracting(named.words))
    return nearer.count >= Self.leastClips ? nearer : members
  }

  /// Those whose captions share the most with a prompt; none where none shares anything.
  private func best(_ members: [Int], sharing asked: Set<String>) -> [Int] {
    let scores = members.map { words[$0].intersection(asked).reduce(0) { $0 + (weights[$1] ?? 0) } }
    guard let most = scores.max(), most > 0 else { return [] }
    return zip(members, scores).filter { $0.1 >= Self.leastShare * most }.map(\.0)
  }

  /// The words of a text in lower case, without a plural's end.
  private static func words(_ text: String) -> Set<String> {
    Set(
      PromptToken.tokens(of: text.lowercased()).map(\.text).filter { $0.contains(where: \.isLetter) }.map {
        $0.count > 3 && $0.hasSuffix("s") && !$0.hasSuffix("ss") ? String($0.dropLast()) : $0
      })
  }
}
