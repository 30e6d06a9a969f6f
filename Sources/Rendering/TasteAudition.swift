public import Parallelism
import Spectra
public import Synthesis
public import Taste

/// Candidates for a prompt, sketched in few steps, of which those are made whole that a taste chooses: a best-of-n.
public struct TasteAudition: Sendable {
  /// Steps of a sketch, which is heard as mel frames alone: the vocoder adds nothing that a taste hears. A judgement.
  private static let steps = 3
  /// Of relatives that are sketched first, one in so many is one that the others lean toward. A judgement.
  private static let likedEvery = 8

  private let synthesizer: Synthesizer
  private let taste: Taste
  private let weight: Double

  /// - Parameter weight: how much liking counts: 1 as it is, 0 not at all.
  public init(_ synthesizer: Synthesizer, taste: Taste, weight: Double = 1) {
    (self.synthesizer, self.taste, self.weight) = (synthesizer, taste, weight)
  }

  /// As many requests as are given, of one prompt, with the seeds of what is liked among four times as many: theirs, and
  /// those that follow.
  /// - Throws: `ControlError`, as `Synthesizer.plan`.
  public func chosen(
    of requests: [GenerationRequest], threads: Int = Parallel.coreCount,
    progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) throws(ControlError) -> [GenerationRequest] {
    guard let first = requests.first else { return [] }
    let candidates = (0..<requests.count * TasteChoice.candidatesEach).map { place in
      var request = place < requests.count ? requests[place] : first
      if place >= requests.count { request.seed = first.seed &+ UInt64(place) }
      return request
    }
    let done = WorkCounter(total: candidates.count, tell: progress)
    return choice(requests.count, of: candidates, try sketches(of: candidates, threads, done))
  }

  /// So many of a set of relatives. The second half of the candidates leans toward those of the first that are liked most: so
  /// it begins with noise that was liked (HERO: Hiranaka et al. 2024, arXiv 2410.05116). What does not begin with noise of its
  /// own is chosen as it is.
  /// - Throws: `ControlError`, as `Synthesizer.plan`.
  public func chosen(
    _ count: Int, amongRelatives candidates: [GenerationRequest], threads: Int = Parallel.coreCount,
    progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) throws(ControlError) -> [GenerationRequest] {
    let done = WorkCounter(total: candidates.count, tell: progress)
    let first = Array(candidates.prefix(candidates.count / 2))
    let heard = try sketches(of: first, threads, done)
    let scores = heard.map { taste.score($0).mean }
    let best = first.indices.sorted { (scores[$1], $0) < (scores[$0], $1) }
      .prefix((first.count + Self.likedEvery - 1) / Self.likedEvery)
    let second = candidates.dropFirst(first.count).map { request in
      var request = request
      guard weight > 0, !best.isEmpty, request.relation != nil else { return request }
      request.relation?.liked = best.map { first[$0].seed }
      request.relation?.lean = RelationRequest.usualLean
      return request
    }
    return choice(count, of: first + second, heard + (try sketches(of: second, threads, done)))
  }

  private func choice(_ count: Int, of candidates: [GenerationRequest], _ sketches: [TasteClip]) -> [GenerationRequest]
  {
    guard let first = candidates.first, count > 0 else { return [] }
    return TasteChoice.places(of: sketches, by: taste, count: count, weight: weight, seed: first.seed)
      .map { candidates[$0] }
  }

  private func sketches(
    of requests: [GenerationRequest], _ threads: Int, _ done: WorkCounter
  ) throws(ControlError) -> [TasteClip] {
    let listener = TasteListener(mel: synthesizer.model.configuration.mel)
    let heard = Parallel.map(requests.count, threads: threads) { place in
      defer { done.advance() }
      return Result { () throws(ControlError) in try sketch(requests[place], listener) }
    }
    var clips: [TasteClip] = []
    for sketch in heard { clips.append(try sketch.get()) }
    return clips
  }

  private func sketch(_ request: GenerationRequest, _ listener: TasteListener) throws(ControlError) -> TasteClip {
    var sketch = request
    sketch.steps = min(request.steps, Self.steps)
    return listener.clip(try synthesizer.frames(try synthesizer.plan(sketch)), of: request)
  }
}
