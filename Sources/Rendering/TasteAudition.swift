public import Parallelism
import Spectra
public import Synthesis
public import Taste

/// Candidates for a prompt, sketched in few steps, of which those are made whole that a taste chooses: a best-of-n.
public struct TasteAudition: Sendable {
  /// Steps of a sketch, which is heard as mel frames alone: the vocoder adds nothing that a taste hears. A judgement.
  private static let steps = 3

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
    let listener = TasteListener(mel: synthesizer.model.configuration.mel)
    let done = WorkCounter(total: candidates.count, tell: progress)
    let sketches = Parallel.map(candidates.count, threads: threads) { place in
      defer { done.advance() }
      return Result { () throws(ControlError) in try sketch(candidates[place], listener) }
    }
    var clips: [TasteClip] = []
    for sketch in sketches { clips.append(try sketch.get()) }
    let places = TasteChoice.places(of: clips, by: taste, count: requests.count, weight: weight, seed: first.seed)
    return places.map { candidates[$0] }
  }

  private func sketch(_ request: GenerationRequest, _ listener: TasteListener) throws(ControlError) -> TasteClip {
    var sketch = request
    sketch.steps = min(request.steps, Self.steps)
    return listener.clip(try synthesizer.frames(try synthesizer.plan(sketch)), of: request)
  }
}
