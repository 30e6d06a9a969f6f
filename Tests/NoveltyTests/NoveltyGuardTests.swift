import Audio
import Foundation
import Novelty
import Spectra
import Synthesis
import Testing

@Suite("Clips that must be new")
struct NoveltyGuardTests {
  private static let known = [110.0, 220, 440, 880]
  private static let guardian = NoveltyGuard(index: NoveltyIndexTests.index, threshold: 0.5, tries: 3)

  /// Clips by seed: those whose last digits are below ten are training clips, those from the second try on only when odd;
  /// others are something new.
  private func clip(_ seed: UInt64) -> AudioClip {
    let (again, number) = seed.quotientAndRemainder(dividingBy: NoveltyGuard.seedStride)
    let isKnown = number < 10 && (again == 0 || number % 2 == 1)
    let hertz = isKnown ? Self.known[Int(number) % 4] : 160 * (1 + Double(number + 10 * again) / 10)
    return AudioClip(mono: Tones.melody([hertz, 1.5 * hertz], seconds: 1), sampleRate: 44_100)
  }

  private func request(_ seed: UInt64) -> GenerationRequest { GenerationRequest(prompt: "tone", seed: seed) }

  @Test func copiesAreMadeAgainAndGivenUp() {
    var rejected: [NoveltyGuard.Rejection] = []
    var asked: [[UInt64]] = []
    let outcomes = Self.guardian.generate(
      [request(2), request(12), request(7)], reject: { rejected.append($0) },
      make: { requests in
        asked.append(requests.map(\.seed))
        return requests.map { clip($0.seed) }
      })
    #expect(asked == [[2, 12, 7], [1_000_002, 1_000_007], [2_000_007]])
    #expect(outcomes.map(\.request.seed) == [1_000_002, 12, 2_000_007])
    #expect(outcomes.map(\.isNovel) == [true, true, false])
    #expect(outcomes.allSatisfy { $0.isNovel == (($0.ratio ?? 0) >= 0.5) })
    #expect(rejected.map(\.seed) == [2, 7, 1_000_007, 2_000_007])
    #expect(rejected.map(\.next) == [1_000_002, 1_000_007, 2_000_007, nil])
    #expect(rejected.allSatisfy { $0.ratio < 1e-2 })
    #expect(outcomes[0].clip == clip(1_000_002))
  }

  @Test("Of several training sets the nearest counts")
  func severalSets() {
    let fingerprint = SoundFingerprint(
      MelSpectrogram(NoveltyIndexTests.index.mel).analyze(clip(12).samples), mel: NoveltyIndexTests.index.mel)
    let other = NoveltyIndex(dataset: "x", mel: NoveltyIndexTests.index.mel, training: [fingerprint], heldOut: [])
    let both = NoveltyGuard(indexes: [NoveltyIndexTests.index, other])
    #expect(both.ratio(of: clip(12)) == 0 && Self.guardian.ratio(of: clip(12)) > 0.1)
    #expect(both.ratio(of: clip(2)) < 1e-2)
  }
}
