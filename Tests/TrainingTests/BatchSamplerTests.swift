import Tensors
import Testing
import Text
import Training

@Suite("Batch sampler")
struct BatchSamplerTests {
  /// Clips numbered from 100 on, of 1 to 60 frames at 10 frames a second, in patches of 4.
  private func sampler(
    clipCount: Int = 23, seed: UInt64 = 0, change: (inout TrainingPlan) -> Void = { _ in }
  ) -> BatchSampler {
    var plan = TrainingPlan()
    (plan.batchSize, plan.seed, plan.maximumSeconds, plan.minimumSeconds) = (5, seed, 4, 0.9)
    plan.windows = nil
    change(&plan)
    return BatchSampler(
      plan, clips: (0..<clipCount).map { 100 + $0 }, frameCounts: (0..<clipCount).map { frameCount(100 + $0) },
      patchLength: 4, framesPerSecond: 10)
  }

  private func frameCount(_ clip: Int) -> Int { 1 + (clip - 100) * 37 % 60 }

  @Test("Every clip comes once per pass, in an order of its own for each pass", arguments: [1, 5, 23, 40])
  func passes(clipCount: Int) {
    var sampler = sampler(clipCount: clipCount)
    let clips = (0..<clipCount).flatMap { sampler.batch(at: $0) }.map(\.clip)
    let passes = (0..<5).map { Array(clips[($0 * clipCount)..<(($0 + 1) * clipCount)]) }
    for pass in passes { #expect(pass.sorted() == (0..<clipCount).map { 100 + $0 }) }
    if clipCount > 5 { #expect(Set(passes).count == 5) }
  }

  @Test("A batch is a function of plan and step: asked for again, or out of order, it is the same")
  func deterministic() {
    var (forward, backward) = (sampler(), sampler())
    let ahead = (0..<30).map { forward.batch(at: $0) }
    let back = (0..<30).reversed().map { backward.batch(at: $0) }
    #expect(ahead == back.reversed())
    var other = sampler(seed: 1)
    #expect(other.batch(at: 0) != ahead[0])
  }

  @Test("No two examples share their noise")
  func noise() {
    var sampler = sampler()
    let first = (0..<40).flatMap { sampler.batch(at: $0) }.map { $0.random.bits(at: 0) }
    #expect(Set(first).count == 200)
  }

  @Test("Crops lie within their clips but for the last patch, and are as long as the plan says")
  func crops() {
    var sampler = sampler()
    var (whole, elsewhere, count) = (0, 0, 0)
    for example in (0..<400).flatMap({ sampler.batch(at: $0) }) {
      let frames = frameCount(example.clip)
      // 4 s are 40 frames or 10 patches; 0.9 s are 9 frames or 3 patches.
      let longest = min(10, (frames + 3) / 4)
      #expect(example.patchCount >= min(3, longest) && example.patchCount <= longest)
      #expect(example.start >= 0 && example.start <= max(0, frames - 4 * example.patchCount))
      guard frames > 44 else { continue }
      count += 1
      // 2.5 s are 25 frames or 7 patches.
      if example.patchCount == longest { whole += 1 } else { #expect(example.patchCount <= 7) }
      if example.start > 0 { elsewhere += 1 }
    }
    // Of all, half begin at a random place.
    #expect(abs(Double(whole) / Double(count) - 0.3) < 0.08)
    #expect(abs(Double(elsewhere) / Double(count) - 0.5) < 0.12)
  }

  @Test("Captions and their tokens are dropped as often as the plan says")
  func captions() {
    for share: Float in [0, 0.12, 1] {
      var captions = sampler { $0.captionDropout = share }
      var tokens = sampler { $0.tokenDropout = share }
      let dropped = [
        (0..<400).flatMap { captions.batch(at: $0) }.filter(\.dropsCaption).count,
        (0..<400).flatMap { tokens.batch(at: $0) }.filter(\.dropsTokens).count,
      ]
      // Binomial of 2,000: five deviations either way.
      let deviation = (2000 * Double(share) * Double(1 - share)).squareRoot()
      for count in dropped { #expect(abs(Double(count) - 2000 * Double(share)) <= 5 * deviation + 1e-3) }
    }
  }

  @Test("A dropped caption says nothing, one without its tokens its sentence alone")
  func conditioning() {
    let caption = TextEmbedding(tokens: Tensor([3, 2], [1, 2, 3, 4, 5, 6]), sentence: Tensor([2], [0.6, 0.8]))
    let empty = TextEmbedding(tokens: Tensor([1, 2], [7, 8]), sentence: Tensor([2], [1, 0]))
    func given(caption dropsCaption: Bool, tokens dropsTokens: Bool) -> [[Float]] {
      let example = TrainingExample(
        clip: 0, start: 0, patchCount: 1, dropsCaption: dropsCaption, dropsTokens: dropsTokens,
        random: RandomSource(seed: 1))
      let shown = example.conditioning(by: caption, empty: empty)
      return [shown.tokens.values, shown.sentence.values]
    }
    #expect(given(caption: false, tokens: false) == [[1, 2, 3, 4, 5, 6], [0.6, 0.8]])
    #expect(given(caption: false, tokens: true) == [[7, 8], [0.6, 0.8]])
    #expect(given(caption: true, tokens: false) == [[7, 8], [1, 0]])
    #expect(given(caption: true, tokens: true) == [[7, 8], [1, 0]])
  }
}
