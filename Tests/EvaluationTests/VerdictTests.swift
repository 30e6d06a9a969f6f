import Evaluation
import Testing

@Suite("The verdict")
struct VerdictTests {
  private func fit(skill: Double, ratio: Double = 1, error: Double? = 0.02) -> FitReport {
    FitReport(
      levels: [], heldOutClips: 48, trainingClips: 48, lossRatio: ratio, lossRatioError: error, skill: skill)
  }

  private func novelty(_ ratios: [Double], heldOut: [Double] = [0.7, 0.9, 1, 1.1, 1.5]) -> NoveltyReport {
    NoveltyReport(
      medianHeldOutDistance: 1, heldOutRatios: heldOut,
      clips: ratios.map { .init(prompt: "p", seed: 0, ratio: $0, nearest: "n") }, keptRatios: ratios)
  }

  @Test(arguments: [
    (-0.5, Verdict.Fit.noise), (0, .noise), (0.1, .noise), (0.3, .learning), (0.5, .learning), (0.8, .trained),
    (1, .trained), (.nan, .noise),
  ])
  func fit(skill: Double, expected: Verdict.Fit) {
    let verdict = Verdict(fit(skill: skill), nil)
    #expect(verdict.fit == expected)
    #expect(
      verdict.lines[0].hasPrefix(
        ["noise": "This is still noise", "learning": "Learning, but"][expected.rawValue] ?? "Trained"))
  }

  @Test func gaps() {
    #expect(Verdict(fit(skill: 0.8, ratio: 1.05, error: 0.01), nil).memory == .general)
    #expect(Verdict(fit(skill: 0.8, ratio: 1.3, error: 0.05), nil).memory == .leaning)
    // As large, but within what so few clips differ by anyway.
    #expect(Verdict(fit(skill: 0.8, ratio: 1.3, error: 0.2), nil).memory == .general)
    #expect(Verdict(fit(skill: 0.8, ratio: 1.3, error: nil), nil).memory == .general)
    #expect(Verdict(fit(skill: 0.8, ratio: 0.8), nil).memory == .general)
  }

  @Test func copies() {
    let good = fit(skill: 0.9)
    #expect(Verdict(good, novelty([0.8, 1, 1.2, 1.4])).memory == .general)
    #expect(Verdict(good, novelty([0.1, 0.2, 1.2, 1.4])).memory == .copying)
    #expect(Verdict(good, novelty([0.1, 0.2, 0.3])).lines[1].contains("100 %"))
    // A set that repeats itself: real clips lie as near.
    #expect(Verdict(good, novelty([0.4, 1, 1.2, 1.4], heldOut: [0.2, 0.3, 1, 1, 1.4])).memory == .general)
    // Then half of the clips must be near.
    #expect(Verdict(good, novelty([0.3, 0.4, 0.4, 1.4], heldOut: [0.2, 0.3, 1, 1, 1.4])).memory == .copying)
    #expect(Verdict(good, novelty([])).memory == .general)
  }
}
