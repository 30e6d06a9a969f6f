import Music

/// Which rules make a request's clip sound as it does, so that clips of earlier versions are made again as they were.
///
/// A request keeps its revision in the tags of its clip. A rule that changes what requests sound like is a new revision;
/// what can be asked for is a field of its own.
///
/// | revision | since then |
/// |---|---|
/// | nil | clips as the vocoder leaves them; a strength is the share of the way from noise that is left open |
/// | 2 | ends fade (`ClipFinish`); strengths are even steps away from the source (`StrengthScale`); a variation is as loud as its source, and what goes on from a recording as loud as that; a source above full scale is scaled |
/// | 3 | peaks stay below full scale where notes are brought in tune (`PartialTuning`), as the vocoder's do |
/// | 4 | clips of two steps leap, where the model has learned to (`LeapNetwork`) |
/// | 5 | where a prompt names no category, one sound is as long as others, and a phrase as phrases (`SoundLengths`) |
/// | 6 | what is made beside a kept part of a recording stays below full scale where both sound |
public enum SoundRevision {
  /// The revision of requests that are made today.
  public static let current = 6
}

extension GenerationRequest {
  /// Whether the rules are those before there were revisions.
  var isOfFirstRevision: Bool { revision == nil }

  /// Whether they are those of the second revision.
  var isOfSecondRevision: Bool { revision == 2 }

  /// Whether the fades beside what is kept of a recording stay within full scale.
  var hasFadesWithinScale: Bool { (revision ?? 0) >= 6 }

  /// The requests that an earlier version would have made of the same words; none where they ask for what it did not know.
  package var ofEarlierRevisions: [GenerationRequest] {
    guard let revision, relation == nil, variation == nil, edit?.share == nil, peak == nil, pan == nil, width == nil
    else { return [] }
    let later = (2..<max(2, revision)).reversed().map { earlier in
      var request = self
      request.revision = earlier
      return request
    }
    guard tail == nil else { return later }
    var first = self
    (first.revision, first.trims) = (nil, nil)
    first.controls?.range = nil
    if negativeScale == Self.usualNegativeScale { first.negativeScale = nil }
    var withoutRegister = first
    withoutRegister.controls?.followed.remove(.register)
    return later + [first, withoutRegister]
  }

  /// What of tail, trimming and revision is impossible, in one line; nil if nothing is.
  var soundProblem: String? {
    if let tail, !(tail.isFinite && (0...Self.longestTail).contains(tail)) {
      return "a tail of \(tail) s is not between 0 and \(Int(Self.longestTail))"
    }
    guard seconds <= Self.maximumDuration else {
      return "\(duration) s and a tail of \(tail ?? 0) s are more than \(Int(Self.maximumDuration)) s"
    }
    if edit?.isLoop == true {
      if tail != nil { return "a loop has no end that a tail could follow" }
      if trims == true { return "a loop has no end that could be trimmed" }
    }
    if tail != nil, edit?.repainted.isEmpty == false { return "a recording that is repainted has no tail" }
    if let revision, !(2...SoundRevision.current).contains(revision) {
      return "revision \(revision) of the sound is not known: a newer Hiss made this"
    }
    return nil
  }

  /// The longest tail that can be asked for, in seconds.
  static let longestTail = 20.0
}
