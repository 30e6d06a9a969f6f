public import Taste
import Tensors
public import Text

/// What clips are made of, for a taste to judge: prompts of its picks, and others in the model's words.
public enum PreferencePrompts {
  /// - Parameter vocabulary: the words of the model's captions; without them all prompts are those of the picks.
  public static func prompts(_ plan: PreferencePlan, of taste: TasteContents, vocabulary: Vocabulary?) -> [String] {
    var random = RandomSource(seed: plan.seed).stream(.preference)
    var seen: Set<String> = []
    let picked = taste.clips.map(\.prompt).filter { !$0.isEmpty && seen.insert($0).inserted }.shuffled(using: &random)
    let others = vocabulary.flatMap { RehearsalPrompts($0) }
    let share = others == nil ? 1 : plan.pickedShare
    let own = picked.prefix(max(1, Int(share * Double(plan.promptCount))))
    let source = RandomSource(seed: plan.seed).stream(.preference).split(UInt64.max)
    let made = (0..<max(0, plan.promptCount - own.count)).compactMap { number in
      others?.prompt(from: source.split(UInt64(number)))
    }
    return Array(own) + made
  }
}
