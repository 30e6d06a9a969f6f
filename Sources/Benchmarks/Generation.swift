public import Synthesis

extension Timing {
  /// A warm synthesizer making one clip of `seconds`: text, eight steps with guidance, vocoder.
  public static func generation(_ seconds: Double, with synthesizer: Synthesizer) -> Timing {
    let request = GenerationRequest(prompt: "warm electric piano chords in A minor, 90 bpm", duration: seconds)
    return Timing(seconds: Stopwatch.median(budget: 1) { _ = synthesizer.generate([request]) })
  }
}
