import Denoising
import Foundation
import Synthesis
import Tensors
import Testing
import Training

@Suite("A training by a taste")
struct LikingLessonsTests {
  private func example(_ clip: Int, _ seed: UInt64) -> TrainingExample {
    TrainingExample(clip: clip, start: 0, patchCount: 1, random: RandomSource(seed: seed))
  }

  @Test("Buckets are fifths of the scores; what is liked is learned more often, what is left out not at all")
  func buckets() throws {
    #expect(LikingBucket.buckets(of: [3, 1, 2, 5, 4]) == [2, 0, 1, 4, 3])
    #expect(LikingBucket.buckets(of: [7]) == [0])
    let scores = (0..<20).map { Double(($0 * 7) % 20) }
    let lessons = LikingLessons(LikingPlan(taste: "mine"), scores: scores, training: Array(0..<18))
    let often = Dictionary(grouping: lessons.clips, by: \.self).mapValues(\.count)
    #expect(Set(often.keys) == Set(0..<18))
    let best = (0..<18).max { scores[$0] < scores[$1] } ?? 0
    let worst = (0..<18).min { scores[$0] < scores[$1] } ?? 0
    #expect(often[best] == 3 && often[worst] == 1)
    let kept = LikingLessons(LikingPlan(taste: "mine", keep: 0.5), scores: scores, training: Array(0..<18))
    // As ranks tell each other.
    #expect(try JSONDecoder().decode(LikingLessons.self, from: JSONEncoder().encode(kept)) == kept)
    #expect(Set(kept.clips) == Set((0..<18).sorted { scores[$0] > scores[$1] }.prefix(9)))
  }

  @Test("The network is told the bucket, and of a share of examples nothing")
  func told() throws {
    let lessons = LikingLessons(LikingPlan(taste: "mine"), scores: [0, 1, 2, 3, 4], training: Array(0..<5))
    let examples = (0..<2000).map { example($0 % 5, UInt64($0)) }
    let values = try #require(lessons.values(of: examples, count: LikingBucket.count)).values
    let rows = examples.indices.map { Array(values[$0 * 5..<$0 * 5 + 5]) }
    let silent = rows.count { $0.allSatisfy { $0 == 0 } }
    #expect(abs(Double(silent) / 2000 - 0.2) < 0.03)
    for (row, example) in zip(rows, examples) where row.contains(1) {
      #expect(row.firstIndex(of: 1) == example.clip && row.reduce(0, +) == 1)
    }
    #expect(lessons.values(of: examples, count: 0) == nil)
  }

  @Test("A training learns what the telling changes; without one a network has no such layer")
  func training() throws {
    let training = try SmallTraining()
    var (plan, sizes) = (SmallTraining.plan, SmallTraining.sizes)
    plan.liking = LikingPlan(taste: "mine")
    sizes.likingCount = LikingBucket.count
    let scores = training.dataset.clips.indices.map(Double.init)
    let trainer = Trainer(
      plan, configuration: sizes, dataset: training.dataset, empty: CountingEncoder.embedding(of: ""),
      scale: ValueScale(measuring: training.dataset),
      liking: LikingLessons(LikingPlan(taste: "mine"), scores: scores, training: training.dataset.trainingIndices))
    for _ in 0..<5 { _ = trainer.advance() }
    let weight = try #require(trainer.network.parameters.first { $0.name == "liking.weight" })
    #expect(weight.value.values.contains { $0 != 0 })
    #expect(!training.trainer().network.parameters.contains { $0.name == "liking.weight" })
  }
}
