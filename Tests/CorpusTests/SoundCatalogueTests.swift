import Corpus
import Foundation
import Music
import Testing

/// Sounds and synthesizers as they are composed and described: what needs no Csound.
@Suite struct SoundCatalogueTests {
  static let sounds = (0..<1600).map { ClipRecipe(seed: 1, index: $0, captionCount: 3, parts: [.sounds]) }
  static let synths = (0..<800).map { ClipRecipe(seed: 1, index: $0, captionCount: 3, parts: [.synths]) }

  private static func said(_ recipe: ClipRecipe) -> [String] { [recipe.caption] + recipe.wordings }

  @Test func theCataloguesFitTheOrchestras() {
    #expect(SoundTables.faults == [])
    #expect(OrchestraTrials.soundNames.count >= 60)
    #expect(SoundTables.synthesisNames.count >= 14)
  }

  @Test func aRecipeDependsOnSeedAndIndexAlone() {
    for (recipes, part) in [(Self.sounds, CorpusPart.sounds), (Self.synths, .synths)] {
      for index in [0, 7, 399] {
        let again = ClipRecipe(seed: 1, index: index, parts: [part])
        #expect(again.caption == recipes[index].caption && again.labels == recipes[index].labels)
        #expect(again.midi == recipes[index].midi)
      }
      #expect(ClipRecipe(seed: 2, index: 7, parts: [part]).labels != recipes[7].labels)
    }
  }

  @Test func withoutOtherPartsAClipIsThePhraseThatItWas() {
    for index in 0..<60 {
      let (recipe, score) = (ClipRecipe(seed: 1, index: index, captionCount: 3), ComposingTests.scores[index])
      #expect(recipe.caption == score.caption && recipe.wordings == score.wordings)
      #expect(recipe.midi == score.midi && recipe.labels == score.labels)
    }
  }

  @Test func partsComeInTurn() {
    let recipes = (0..<6).map { ClipRecipe(seed: 3, index: $0, parts: [.sounds, .phrases, .synths]) }
    #expect(recipes.map { $0.labels.synthesis != nil } == [false, true, false, false, true, false])
    #expect(recipes.map { $0.labels.kind == .sound } == [false, false, true, false, false, true])
    #expect(recipes.map { $0.midi == nil } == [false, false, true, false, false, true])
  }

  @Test func everyKindAndFamilyComes() {
    #expect(Set(Self.sounds.map(\.labels.instrument)) == Set(OrchestraTrials.soundNames))
    #expect(Set(Self.synths.map(\.labels.instrument)) == Set(OrchestraTrials.synthNames))
  }

  @Test func soundsHaveTheirCategory() {
    for recipe in Self.sounds {
      #expect(recipe.labels.kind == .sound)
      #expect(recipe.labels.ucs?.isEmpty == false)
      #expect(recipe.labels.seconds > 0.05 && recipe.labels.seconds <= 12)
    }
    let categories = Set(Self.sounds.compactMap(\.labels.ucs))
    #expect(categories.isSuperset(of: ["WEAPSwrd", "FEETHmn", "GLASBrk", "UIClick", "RAIN", "THUN", "AEROHeli"]))
  }

  @Test func captionsSayTheKindOfSound() {
    for recipe in Self.sounds {
      let names = SoundTables.names(ofSound: recipe.labels.instrument).map { $0.lowercased() }
      for caption in Self.said(recipe) {
        #expect(names.contains { caption.lowercased().contains($0) }, "\(caption)")
        #expect((1...25).contains(caption.split(separator: " ").count), "\(caption)")
        #expect(!caption.contains("  ") && !caption.contains(", ,") && !caption.contains("{"), "\(caption)")
      }
    }
  }

  /// Of the words of a parameter only those are said that are true of its value.
  @Test func captionsSayNothingUntrue() {
    var words = 0
    for recipe in Self.sounds + Self.synths {
      let untrue = SoundTables.untrueWords(of: recipe.labels)
      let own = SoundTables.names(ofSound: recipe.labels.instrument).flatMap { $0.lowercased().split(separator: " ") }
      let isPlain = recipe.labels.effect == nil && recipe.labels.count == nil
      for caption in Self.said(recipe) where isPlain && [nil, "dry"].contains(recipe.labels.room) {
        let tokens = Set(caption.lowercased().split { !$0.isLetter && $0 != "-" }.map(String.init))
          .subtracting(own.map(String.init))
        words += tokens.count
        guard recipe.labels.kind == .sound else { continue }
        #expect(tokens.isDisjoint(with: untrue), "\(caption): \(tokens.intersection(untrue))")
      }
      guard let synthesis = recipe.labels.synthesis else { continue }
      for caption in Self.said(recipe) where !untrue.isEmpty {
        for word in ["bright", "dark", "plucky", "swelling", "detuned", "metallic"] where untrue.contains(word) {
          let tokens = caption.lowercased().split { !$0.isLetter && $0 != "-" }.map(String.init)
          #expect(!tokens.contains(word) || recipe.labels.instrument.contains(word), "\(synthesis): \(caption)")
        }
      }
    }
    #expect(words > 4000)
  }

  @Test func aKindIsSaidInManyWays() {
    for (name, recipes) in Dictionary(grouping: Self.sounds, by: \.labels.instrument) {
      let captions = Set(recipes.flatMap(Self.said).map { $0.lowercased() })
      #expect(captions.count >= min(8, recipes.count * 2), "\(name): \(captions.count)")
    }
    #expect(Set(Self.sounds.map { $0.caption.lowercased() }).count > 1300)
  }

  @Test func synthesizersAreDescribedAndPlayTheirNotes() throws {
    var described = 0
    for recipe in Self.synths {
      let midi = try #require(recipe.midi)
      #expect(!midi.notes.isEmpty)
      let values = try #require(recipe.labels.values)
      #expect(!values.isEmpty)
      #expect((3...40).contains(recipe.caption.split(separator: " ").count), "\(recipe.caption)")
      if recipe.caption.lowercased().contains(/bright|dark|detuned|pluck|swell|wobbl|gated|metallic|hollow|resonant/) {
        described += 1
      }
    }
    #expect(described > 350)
  }

  @Test func labelsSurviveJSONAndLackWhatIsNotThere() throws {
    for recipe in [Self.sounds[0], Self.synths[0], ClipRecipe(seed: 1, index: 0)] {
      let data = try JSONEncoder().encode(recipe.labels)
      #expect(try JSONDecoder().decode(ClipLabels.self, from: data) == recipe.labels)
      let text = String(decoding: data, as: UTF8.self)
      #expect(text.contains("\"ucs\"") == (recipe.labels.kind == .sound))
      #expect(text.contains("\"values\"") == (recipe.labels.values != nil))
    }
  }
}
