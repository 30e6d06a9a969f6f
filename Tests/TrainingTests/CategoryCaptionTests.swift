import Foundation
import Testing
import Training

@Suite("A clip's category is one of its captions")
struct CategoryCaptionTests {
  private func captions(_ captions: [String], _ category: String?) -> [String] {
    CaptionedClip(
      audio: URL(filePath: "a.wav"), name: "a.wav", captions: captions, labels: category.map { ["category": $0] } ?? [:]
    ).sayingItsCategory.captions
  }

  @Test("It stands behind the others, once, and not for a clip without words")
  func category() {
    #expect(captions(["deep kick drum"], "kick") == ["deep kick drum", "kick"])
    #expect(captions(["kick"], "kick") == ["kick"])
    #expect(captions(["deep kick drum"], nil) == ["deep kick drum"])
    #expect(captions(["deep kick drum"], "") == ["deep kick drum"])
    #expect(captions([""], "kick") == [""])
  }
}
