import Audio
import Foundation
import Music

/// A note on its way to a sample.
struct NoteDraft: Sendable {
  /// From its attack on.
  var clip: AudioClip
  var pitch: NotePitch.Deviation?
  var timbre: Timbre
  /// In dBFS; nil for silence.
  var level: Double?

  /// What is farther out of tune cannot be played, in cents.
  private static let farthestCents = 50.0

  /// Whether it can be played at all.
  var isSound: Bool { level != nil && (pitch.map { abs($0.cents) <= Self.farthestCents } ?? false) }
}

/// The notes of one layer and take, from low to high, which should be of one timbre.
struct NoteRow: Sendable {
  private(set) var drafts: [NoteDraft]

  /// What stands out: a note so far from its neighbours, in decibels, and in times of what is usual.
  private static let farthestTimbre = 5.0
  private static let farthestShare = 1.7
  /// Partials that are farther apart, in cents, do not agree on a pitch; nor does a pitch that moves so far.
  private static let farthestSpread = 5.0

  init(_ drafts: [NoteDraft]) { self.drafts = drafts }

  /// Takes of one layer, in which a note that cannot be played is another take of it, if there is one: a player that takes
  /// them in turns finds all of them.
  static func lending(_ takes: [NoteRow]) -> [NoteRow] {
    var takes = takes
    for place in takes[0].drafts.indices {
      guard let lent = takes.first(where: { $0.drafts[place].isSound })?.drafts[place] else { continue }
      for take in takes.indices where !takes[take].drafts[place].isSound { takes[take].drafts[place] = lent }
    }
    return takes
  }

  /// The places of the notes to make again.
  var outstanding: [Int] {
    let distances = drafts.indices.map { distance(drafts[$0].timbre, at: $0) }
    let usual = distances.sorted()[distances.count / 2]
    let most = max(Self.farthestTimbre, Self.farthestShare * usual)
    return drafts.indices.filter {
      !drafts[$0].isSound || distances[$0] > most || (drafts[$0].pitch?.spread ?? 0) > Self.farthestSpread
    }
  }

  /// Whether a note can be played, and is as much in tune as its neighbours are, which could play it.
  func isKept(at place: Int) -> Bool {
    guard drafts[place].isSound else { return false }
    return isSteady(place) || ![place - 1, place + 1].contains { drafts.indices.contains($0) && isSteady($0) }
  }

  /// Whether a note has one pitch.
  private func isSteady(_ place: Int) -> Bool {
    drafts[place].isSound && (drafts[place].pitch?.spread ?? 0) <= Self.farthestSpread
  }

  /// Takes another note for a place if it fits better there.
  mutating func offer(_ other: NoteDraft, at place: Int) {
    guard other.isSound else { return }
    if !drafts[place].isSound || misfit(other, at: place) < misfit(drafts[place], at: place) { drafts[place] = other }
  }

  /// How badly a note fits: 1 is as far from its neighbours, or as much at odds with itself, as may be.
  private func misfit(_ draft: NoteDraft, at place: Int) -> Double {
    max(distance(draft.timbre, at: place) / Self.farthestTimbre, (draft.pitch?.spread ?? 0) / Self.farthestSpread)
  }

  /// How far a timbre is from the nearer of those beside its place.
  private func distance(_ timbre: Timbre, at place: Int) -> Double {
    [place - 1, place + 1].filter { drafts.indices.contains($0) && drafts[$0].isSound }
      .map { timbre.distance(to: drafts[$0].timbre) }.min() ?? 0
  }
}
