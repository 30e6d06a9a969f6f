import Music
import Text

/// What prompts say, each read once: many jobs of a batch share one. For drafts of one model.
public final class PromptMemory: Sendable {
  /// What a prompt says of its music, and what seems to say something of it and is not heard.
  struct Music: Sendable {
    let heard: PromptMusic
    let remarks: [String]
  }

  private static let capacity = 2048
  private let readings = RecentValues<String, PromptReading>(capacity: capacity)
  private let negativeReadings = RecentValues<String, PromptReading>(capacity: capacity)
  private let musics = RecentValues<String, Music>(capacity: capacity)
  private let readByRules = RecentValues<Rule, PromptMusic>(capacity: 2 * capacity)

  private struct Rule: Hashable {
    let prompt: String
    let rules: ReadingRules
  }

  public init() {}

  func reading(of prompt: String, _ vocabulary: Vocabulary?) -> PromptReading {
    readings.value(for: prompt) { PromptReading(prompt, vocabulary: vocabulary) }
  }

  func reading(ofNegative prompt: String) -> PromptReading {
    negativeReadings.value(for: prompt) { PromptReading(prompt) }
  }

  /// By whatever rules.
  func music(_ prompt: String, by rules: ReadingRules) -> PromptMusic {
    readByRules.value(for: Rule(prompt: prompt, rules: rules)) { PromptMusic(prompt, rules: rules) }
  }

  func music(in prompt: String) -> Music {
    musics.value(for: prompt) { Music(heard: PromptMusic(prompt), remarks: PromptMusic.remarks(on: prompt)) }
  }
}
