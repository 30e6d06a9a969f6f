import Foundation

/// How long a sound is that has a length of its own, whatever the clip's: see `SoundLengths`.
extension Synthesizer {
  /// A sound is no longer by itself, and no shorter.
  private static let bounds = 0.1...12.0

  /// The seconds that a request's sound lasts; nil where it is to fill the clip: where the model knows of no such sounds,
  /// where something else says what happens when, or where the clip has a length and its sound could go on.
  func soundSeconds(of request: GenerationRequest) -> Double? {
    guard request.edit == nil, request.tail == nil, request.controls?.saysWhen != true,
      let length = model.lengths?.length(
        of: request.englishPrompt, seed: request.chanceSeed, tellsOneShots: (request.revision ?? 0) >= 5),
      request.trims == true || length.diesAway
    else { return nil }
    return min(max(length.seconds, Self.bounds.lowerBound), Self.bounds.upperBound)
  }

  /// What is to be said where a clip is longer than its sound; nil where it is not.
  public func lengthRemark(on request: GenerationRequest) -> String? {
    guard request.trims != true, let seconds = soundSeconds(of: request), seconds + Self.unnoticed < request.seconds
    else { return nil }
    return String(
      format: "this sound lasts %.2g s, as those do that the model learned; the rest of %g s is silence", seconds,
      request.seconds)
  }

  /// So many seconds of silence need not be told.
  private static let unnoticed = 0.3

  /// The seconds that the sound of a clip on the way lasts: in octaves, as far from the one end as the clip is.
  func soundSeconds(of morph: MorphRequest) -> Double? {
    let (from, to) = (soundSeconds(of: morph.from), soundSeconds(of: morph.to))
    guard from != nil || to != nil else { return nil }
    let (first, second) = (from ?? morph.from.seconds, to ?? morph.to.seconds)
    return first == second ? first : first * pow(second / first, morph.fraction)
  }
}

extension ControlRequest {
  /// Whether it places anything in time.
  fileprivate var saysWhen: Bool { chords != nil || tempo != nil || midi != nil || follow != nil }
}
