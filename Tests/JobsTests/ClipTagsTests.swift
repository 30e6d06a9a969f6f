import Audio
import Diffusion
import Foundation
import Synthesis
import TestSupport
import Testing

@Suite struct ClipTagsTests {
  private let directory: TemporaryDirectory
  private let clip = AudioClip(mono: (0..<4410).map { 0.1 * Float($0 % 7) }, sampleRate: 44_100)

  init() throws { directory = try TemporaryDirectory() }

  private func tags(_ prompt: String) -> ClipTags {
    let request = GenerationRequest(
      prompt: prompt, negativePrompt: String(prompt.reversed()), duration: 0.1, steps: 16, guidanceScale: 2.7,
      sampler: .dpmpp,
      seed: .max, vocoderIterations: 8)
    return ClipTags(hiss: "0.1.0", model: "first", modelHash: "0123456789abcdef", sampleRate: 44_100, request: request)
  }

  private static let prompts = [
    "warm pad", "„Größe“ 🎻 \\ \"quoted\" / l'été", "two\nlines\ttab\u{7}", "東京", String(repeating: "é", count: 3000),
  ]

  @Test(arguments: ["wav", "flac", "ogg", "mp3"], prompts)
  func surviveTheFile(_ name: String, _ prompt: String) throws {
    let url = directory.file("x.\(name)")
    try AudioFile.write(clip, to: url, tags: tags(prompt).audioTags)
    #expect(ClipTags(try AudioFile.tags(of: url)) == tags(prompt))
    #expect(try AudioFile.read(url).sampleRate == 44_100)
  }

  /// AIFF holds 8000 bytes.
  @Test(arguments: prompts.dropLast()) func surviveAIFF(_ prompt: String) throws {
    let url = directory.file("x.aiff")
    try AudioFile.write(clip, to: url, tags: tags(prompt).audioTags)
    #expect(ClipTags(try AudioFile.tags(of: url)) == tags(prompt))
  }

  @Test func areReadableByOtherPrograms() throws {
    let made = tags("„Größe“\nof two lines " + String(repeating: "x", count: 300)).audioTags
    #expect(made.title?.hasPrefix("„Größe“ of two lines xxx") == true)
    #expect(made.title?.count == 200 && made.title?.hasSuffix("…") == true)
    #expect(made.software == "Hiss 0.1.0")
    let comment = try #require(made.comment)
    #expect(comment.utf8.allSatisfy { (0x20..<0x7F).contains($0) })
    let object = try JSONSerialization.jsonObject(with: Data(comment.utf8)) as? [String: Any]
    #expect((object?["request"] as? [String: Any])?["seed"] as? UInt64 == .max)
  }

  @Test(arguments: [nil, "", "recorded at home", "{}", "{\"request\":{}}"])
  func otherCommentsAreNoTags(_ comment: String?) {
    #expect(ClipTags(AudioTags(comment: comment)) == nil)
  }
}
