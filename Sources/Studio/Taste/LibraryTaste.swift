import Foundation
import Library
import Music
import Novelty
import Synchronization
import Taste

/// What the picks of a library say of all its clips: learned from what was starred, compared and shown beside it, of which
/// the library knows enough by itself.
final class LibraryTaste: Sendable {
  /// A taste, and what it thinks of each clip.
  struct Judged: Sendable {
    let taste: Taste
    /// In deviations of the clips that were shown; none where nothing was learned.
    let scores: [String: Double]
    let clips: [String: TasteClip]
    /// What it was learned from.
    let preferences: [ClipPreference]
  }

  /// Clips that may be asked about.
  private static let mostAsked = 512
  private let library: ClipLibrary
  private let state = Mutex<(revision: Int, openings: Int, judged: Judged)?>(nil)

  init(_ library: ClipLibrary) { self.library = library }

  /// Of this very moment; it is learned anew where something was preferred since.
  /// - Throws: `LibraryError`.
  func current() throws -> Judged {
    let (revision, openings) = (try library.revision(), library.openings)
    let known = state.withLock { $0 }
    if let known, known.revision == revision, known.openings == openings { return known.judged }
    let former = known.flatMap { $0.openings == openings ? $0 : nil }
    let preferences = try library.preferences()
    var clips = former?.judged.clips ?? [:]
    var new: [String] = []
    for traits in try library.traits(since: former?.revision ?? -1) {
      guard let clip = Self.clip(traits), clips.updateValue(clip, forKey: traits.id) != clip else { continue }
      new.append(traits.id)
    }
    let same = former.flatMap { $0.judged.preferences == preferences ? $0.judged : nil }
    let taste = same?.taste ?? learn(preferences, clips)
    var scores = same?.scores ?? [:]
    if taste.isLearned {
      for id in same == nil ? Array(clips.keys) : new { scores[id] = clips[id].map { taste.score($0).mean } }
    }
    let judged = Judged(taste: taste, scores: scores, clips: clips, preferences: preferences)
    state.withLock { $0 = (revision, openings, judged) }
    return judged
  }

  private func learn(_ preferences: [ClipPreference], _ clips: [String: TasteClip]) -> Taste {
    let picks = preferences.map { TastePick(picked: $0.winner, over: $0.losers, at: $0.at) }
    let named = Set(picks.flatMap { [$0.picked] + $0.over })
    return Taste(TasteContents(clips: named.sorted().compactMap { clips[$0] }, picks: picks))
  }

  /// A page of the clips that a query finds, the best liked first; of equal ones, as where nothing is learned, the newest.
  /// - Throws: `LibraryError`.
  func page(_ query: ClipQuery) throws -> ClipPage {
    var all = query
    (all.sort, all.isAscending) = (.created, false)
    let (ids, scores) = (try library.ids(all), try current().scores)
    let sign: Double = query.isAscending ? 1 : -1
    let order = ids.enumerated().map { (place: $0, id: $1, score: sign * (scores[$1] ?? 0)) }
      .sorted { ($0.score, $0.place) < ($1.score, $1.place) }
    let wanted = order.dropFirst(max(0, query.offset)).prefix(min(query.limit, ClipQuery.mostClips)).map(\.id)
    return ClipPage(total: ids.count, offset: max(0, query.offset), clips: try library.clips(Array(wanted)))
  }

  /// Of the latest clips the two whose comparison teaches the most, and what it is expected to tell, in bits; nil where no pair
  /// is left.
  /// - Throws: `LibraryError`.
  func question() throws -> (clips: [LibraryClip], bits: Double)? {
    let judged = try current()
    let clips = try library.ids(ClipQuery()).lazy.compactMap { judged.clips[$0] }.prefix(Self.mostAsked)
    guard let question = judged.taste.mostTelling(of: Array(clips)) else { return nil }
    let pair = [question.first, question.second].map { clips[clips.index(clips.startIndex, offsetBy: $0)].id }
    return (try library.clips(pair), question.bits)
  }

  /// A clip as a taste knows it, by what the library has measured.
  private static func clip(_ traits: ClipTraits) -> TasteClip? {
    guard let print = SoundFingerprint(values: traits.features) else { return nil }
    var values: [HeardQuality: Double] = [:]
    if traits.seconds > 0 { values[.length] = log2(traits.seconds) }
    if let brightness = traits.brightness, brightness > 0 { values[.brightness] = log2(brightness) }
    if let bpm = traits.bpm, bpm > 0 { values[.tempo] = log2(bpm / 110) }
    if let key = traits.key.flatMap({ Key(name: $0) }) { values[.mode] = key.mode == .minor ? 1 : -1 }
    return TasteClip(
      id: traits.id, name: traits.id, prompt: traits.prompt, qualities: ClipQualities(values), fingerprint: print)
  }
}
