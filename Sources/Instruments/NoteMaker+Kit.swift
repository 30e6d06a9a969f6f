import Audio
import Foundation
import Synthesis

extension NoteMaker {
  /// The drums of a kit, each from its attack on to where it is silent.
  /// - Parameter progress: is told how many are made, and of how many.
  /// - Throws: `ControlError`, `RequestProblem`, `InstrumentError.nothingSounds`.
  public func kit(_ plan: DrumKitPlan, progress: (Int, Int) -> Void = { _, _ in }) throws -> Result {
    let wanted = plan.drums.flatMap { drum in (0..<plan.takes).map { (drum: drum, take: $0) } }
    var result = Result(notes: [], remarks: [])
    var made: [AudioClip?] = []
    // In portions, so that progress can be told.
    for start in stride(from: 0, to: wanted.count, by: 8) {
      let some = Array(wanted[start..<min(wanted.count, start + 8)])
      let clips = try strokes(
        some.map { ("\(plan.style) \($0.drum.words)", $0.drum.seconds, plan.seed &+ UInt64($0.take)) })
      made += clips
      progress(min(wanted.count, start + 8), wanted.count)
    }
    for (number, drum) in plan.drums.enumerated() {
      let takes = made[number * plan.takes..<(number + 1) * plan.takes]
      guard let sounding = takes.compactMap(\.self).first else {
        result.remarks.append("\(drum.name) stayed silent, and is left out: another --seed may do")
        continue
      }
      // A take that is silent is another one: a player that takes them in turns finds all of them.
      result.notes += takes.enumerated().map { Self.sampled(drum, take: $0, $1 ?? sounding) }
    }
    guard !result.notes.isEmpty else { throw InstrumentError.nothingSounds(prompt: plan.style) }
    return result
  }

  private static func sampled(_ drum: KitDrum, take: Int, _ clip: AudioClip) -> SampledNote {
    SampledNote(
      name: drum.name, clip: clip.normalized(peak: pow(10, drum.peak / 20)), root: drum.key, keys: drum.key...drum.key,
      take: take, release: max(0.5, clip.duration), chokeGroup: drum.chokeGroup)
  }

  /// Single strokes from their attack on; nil for one that is silent.
  func strokes(_ wanted: [(prompt: String, seconds: Double, seed: UInt64)]) throws -> [AudioClip?] {
    let requests = try wanted.map { wanted in
      var draft = RequestDraft()
      draft.prompt = wanted.prompt
      draft.vocabulary = vocabulary
      (draft.duration, draft.trims, draft.seed) = (wanted.seconds, false, wanted.seed)
      return try draft.resolve(takesControls: synthesizer.model.configuration.takesControls).request
    }
    return try synthesizer.generate(requests).map { clip in
      guard !clip.isAllButSilent else { return nil }
      return SampleShape.ended(SampleShape.aligned(clip))
    }
  }
}
