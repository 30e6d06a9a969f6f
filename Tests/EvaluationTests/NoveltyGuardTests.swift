import Audio
import Evaluation
import Foundation
import Spectra
import Synthesis
import Testing

@Suite("Clips that must be new")
struct NoveltyGuardTests {
  private static let known = [110.0, 220, 440, 880]
  private static let guardian = NoveltyGuard(index: NoveltyIndexTests.index, threshold: 0.5, tries: 3)

  /// Clips by seed: those below ten are training clips, others something new.
  private func clip(_ seed: UInt64) -> AudioClip {
    let hertz = seed < 10 ? Self.known[Int(seed) % 4] : 160 * (1 + Double(seed) / 10)
    return AudioClip(mono: Sounds.melody([hertz, 1.5 * hertz], seconds: 1), sampleRate: 44_100)
  }

  private func request(_ seed: UInt64) -> GenerationRequest { GenerationRequest(prompt: "tone", seed: seed) }

  @Test func copiesAreMadeAgain() throws {
    var rejected: [NoveltyGuard.Rejection] = []
    var asked: [[UInt64]] = []
    let outcomes = try Self.guardian.generate(
      [request(2), request(12), request(8)], stride: 7, reject: { rejected.append($0) },
      make: { requests in
        asked.append(requests.map(\.seed))
        return requests.map { clip($0.seed) }
      })
    #expect(asked == [[2, 12, 8], [9, 15], [16]])
    #expect(outcomes.map(\.request.seed) == [16, 12, 15])
    #expect(outcomes.allSatisfy { $0.isNovel && $0.ratio >= 0.5 })
    #expect(rejected.map(\.seed) == [2, 8, 9] && rejected.map(\.next) == [9, 15, 16])
    #expect(rejected.allSatisfy { $0.ratio < 1e-2 })
    #expect(outcomes[0].clip == clip(16))
  }

  @Test func itGivesUp() throws {
    var last: [NoveltyGuard.Rejection] = []
    let outcomes = try Self.guardian.generate(
      [request(0)], stride: 1, reject: { last.append($0) }, make: { $0.map { clip($0.seed) } })
    #expect(last.map(\.seed) == [0, 1, 2] && last.last?.next == nil)
    #expect(outcomes.count == 1 && !outcomes[0].isNovel && outcomes[0].request.seed == 2)
  }
}
