import Audio
import Synthesis
import Testing

extension StrangersTagsTests {
  /// A file that is no clip of Hiss may say anything.
  @Test("A text of megabytes is cut when it is read, which one line says")
  func longTexts() throws {
    let huge = String(repeating: "pad \u{1B}[31m", count: 300_000)
    var evil = tags(request { $0.prompt = huge })
    evil.model = huge
    let read = try #require(ClipTags(AudioTags(comment: evil.json)))
    #expect(read.json.utf8.count < 200_000 && read.request.prompt.hasPrefix("pad \u{1B}[31m"))
    let problem = try #require(read.problem)
    #expect(problem.contains("bytes for model is longer than 12000, and cut") && !problem.contains("\n"), "\(problem)")
    let spans = Array(repeating: EditRequest.Span(start: 0, end: 1), count: 50_000)
    let many = try #require(
      ClipTags(
        AudioTags(
          comment: tags(
            request {
              $0.edit = EditRequest()
              $0.edit?.repainted = spans
            }
          ).json)))
    #expect(many.request.edit?.repainted.count == 2000)
    #expect(many.problem?.hasPrefix("50000 values of repainted are more than 2000") == true)
    // What a later version may say is passed over, whatever its length.
    let plain = tags(request())
    let later = plain.json.dropLast() + #","later":"\#(huge.prefix(100_000).filter { $0 != "\u{1B}" })"}"#
    #expect(ClipTags(AudioTags(comment: String(later))) == plain)
    // What a clip may have stays whole.
    let long = tags(request { $0.prompt = String(repeating: "悲", count: 4000) })
    #expect(ClipTags(AudioTags(comment: long.json)) == long && long.problem == nil)
  }
}
