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

  public init() {}

  func reading(of prompt: String, _ vocabulary: Vocabulary?) -> PromptReading {
    readings.value(for: prompt) { PromptReading(prompt, vocabulary: vocabulary) }
  }

  func reading(ofNegative prompt: String) -> PromptReading {
    negativeReadings.value(for: prompt) { PromptReading(prompt) }
  }

  func music(in prompt: String) -> Music {
    musics.value(for: prompt) { Music(heard: PromptMusic(prompt), remarks: PromptMusic.remarks(on: prompt)) }
  }
}
