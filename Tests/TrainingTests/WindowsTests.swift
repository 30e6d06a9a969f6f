import Foundation
import Tensors
import Testing
import Training

@Suite("Windows")
struct WindowsTests {
  /// The examples of 4,000 draws of a clip of so many frames, 10 to the second, in patches of 2.
  private func examples(frames: Int, _ change: (inout TrainingPlan) -> Void = { _ in }) -> [TrainingExample] {
    var plan = TrainingPlan()
    plan.batchSize = 1
    change(&plan)
    var sampler = BatchSampler(plan, clips: [0], frameCounts: [frames], patchLength: 2, framesPerSecond: 10)
    return (0..<4000).flatMap { sampler.batch(at: $0) }
  }

  @Test("A short clip is shown in windows of its own length and of any other up to the longest")
  func shortClips() {
    // Half a second, shown in windows of 0.5 to 8 s.
    let lengths = examples(frames: 5).map { 0.2 * Double($0.patchCount) }
    let own = lengths.filter { $0 < 0.7 }
    #expect(lengths.allSatisfy { (0.5...8.01).contains($0) })
    #expect(Double(own.count) / 4000 > 0.75 && Double(own.count) / 4000 < 0.9)
    #expect(lengths.count { $0 > 1.2 } > 250 && lengths.count { $0 > 4 } > 60)
  }

  @Test("A long clip's end is shown with silence behind it, and each of its parts is shown")
  func longClips() {
    // 40 s: windows are of 12 s at most, and a second of silence.
    let shown = examples(frames: 400)
    var covered = [Int](repeating: 0, count: 400)
    for example in shown {
      for frame in example.start..<min(400, example.start + 2 * example.patchCount) { covered[frame] += 1 }
    }
    #expect(covered.allSatisfy { $0 > 20 })
    let beyond = shown.count { $0.start + 2 * $0.patchCount > 402 }
    #expect(beyond > 40 && shown.allSatisfy { $0.start + 2 * $0.patchCount <= 412 })
  }

  @Test("Without windows, as in plans of older versions, crops are what they were")
  func older() throws {
    var plan = TrainingPlan()
    plan.windows = nil
    let old = try JSONDecoder().decode(TrainingPlan.self, from: JSONEncoder().encode(plan))
    #expect(old == plan && examples(frames: 5) { $0.windows = nil }.allSatisfy { $0.patchCount == 3 })
  }
}
