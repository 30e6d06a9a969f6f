import Corpus
import Foundation
import Music
import Testing

/// Part `music` as it is composed and described: what needs no synthesizer.
@Suite struct MusicTests {
  static let clips = (0..<4000).map { ClipRecipe(seed: 1, index: $0, captionCount: 3, parts: [.music]) }

  private static func said(_ recipe: ClipRecipe) -> [String] {
    ([recipe.caption] + recipe.wordings).map { $0.lowercased() }
  }

  @Test func aClipDependsOnSeedAndIndexAlone() {
    for index in [0, 7, 399, 3999] {
      let (again, first) = (ClipRecipe(seed: 1, index: index, parts: [.music]), Self.clips[index])
      #expect(again.caption == first.caption && again.labels == first.labels && again.midi == first.midi)
    }
    #expect(ClipRecipe(seed: 2, index: 7, parts: [.music]).midi != Self.clips[7].midi)
  }

  @Test func lengthsAreWholeBarsOfTheMetre() throws {
    let beats = ["4/4": 4.0, "3/4": 3, "6/8": 3, "12/8": 6]
    var counts: [String: Int] = [:]
    for clip in Self.clips {
      let labels = clip.labels
      #expect((1...12.001).contains(labels.seconds))
      guard let metre = labels.timeSignature, let bars = labels.bars, let tempo = labels.tempo else { continue }
      counts[metre, default: 0] += 1
      let length = Double(bars) * (try #require(beats[metre])) * 60 / Double(tempo)
      #expect(abs(length - labels.seconds) < 0.001, "\(clip.caption)")
      #expect(clip.midi?.timeSignatures.map(\.timeSignature.name) == [metre])
    }
    for metre in beats.keys { #expect(counts[metre, default: 0] > 100, "\(metre)") }
  }

  /// A bar of 6/8 has two beats: more of what is played lies on its first and fourth eighth than on the others.
  @Test func compoundMetresAreFelt() {
    for (metre, eighths) in [("6/8", 6), ("12/8", 12)] {
      var counts = [Int](repeating: 0, count: eighths)
      for clip in Self.clips where clip.labels.timeSignature == metre && clip.labels.kind != .drumFill {
        for note in clip.midi?.notes ?? [] {
          let place = note.startBeats * 2
          if abs(place - place.rounded()) < 0.1 { counts[Int(place.rounded()) % eighths] += 1 }
        }
      }
      let pulses = stride(from: 0, to: eighths, by: 3).map { counts[$0] }
      let others = counts.indices.filter { $0 % 3 != 0 }.map { counts[$0] }
      // Half as many again on average: there are two other eighths for each beat.
      #expect(4 * pulses.reduce(0, +) > 3 * others.reduce(0, +), "\(metre): \(counts)")
    }
  }

  @Test func captionsSayTheMetreThatIsPlayed() {
    var told = 0
    for clip in Self.clips {
      for caption in Self.said(clip) {
        for metre in ["3/4", "6/8", "12/8"] {
          guard caption.contains("in \(metre)") || caption.contains(" \(metre),") else { continue }
          told += 1
          #expect(clip.labels.timeSignature == metre, "\(caption)")
        }
      }
    }
    #expect(told > 400)
  }

  @Test func staccatoIsShortAndLegatoGoesOn() throws {
    var (short, long) = (0, 0)
    for clip in Self.clips where [.melody, .riff, .bassLine].contains(clip.labels.kind) {
      let midi = try #require(clip.midi)
      let notes = midi.notes.sorted { $0.startBeats < $1.startBeats }
      let beat = 60 / Double(try #require(clip.labels.tempo))
      switch clip.labels.articulation {
      case "staccato":
        short += 1
        #expect(notes.allSatisfy { $0.durationBeats * beat < 0.16 }, "\(clip.caption)")
      case "legato":
        long += 1
        let pairs = zip(notes, notes.dropFirst()).filter { $0.key != $1.key }
        // Over short rests too; swing and looseness move starts a little.
        let apart = pairs.filter { $1.startBeats - $0.startBeats <= 2 && $0.endBeats < $1.startBeats - 0.02 }
        #expect(apart.isEmpty, "\(clip.caption)")
      default: break
      }
      for caption in Self.said(clip) {
        if caption.contains("staccato") { #expect(clip.labels.articulation == "staccato", "\(caption)") }
        if caption.contains("legato") { #expect(clip.labels.articulation == "legato", "\(caption)") }
      }
    }
    #expect(short > 100 && long > 100)
  }

  @Test func stabsAreShort() throws {
    var found = 0
    for clip in Self.clips where [.chord, .progression].contains(clip.labels.kind) {
      guard Self.said(clip).allSatisfy({ $0.contains("stab") }), !clip.labels.instrument.contains("stab") else {
        continue
      }
      found += 1
      let beat = 60 / Double(clip.labels.tempo ?? 120)
      #expect(clip.midi?.notes.allSatisfy { $0.durationBeats * beat < 0.3 } == true, "\(clip.caption)")
    }
    #expect(found > 40)
  }

  @Test func captionsSayWhoPlaysInFewWords() {
    for clip in Self.clips {
      for caption in [clip.caption] + clip.wordings {
        #expect((3...25).contains(caption.split(separator: " ").count), "\(caption)")
        #expect(!caption.contains("  ") && !caption.contains(", ,"), "\(caption)")
      }
    }
  }

  @Test func kindsOfPhrasesThatWereMissing() {
    func count(_ words: String...) -> Int {
      Self.clips.count { clip in Self.said(clip).contains { caption in words.allSatisfy(caption.contains) } }
    }
    #expect(count("fingerpick") > 15 && count("build") > 10 && count("ending") > 8)
    #expect(count("909") > 100 && count("root-note") > 10 && count("kick") > 40)
    #expect(count("four-on-the-floor") + count("four to the floor") > 10)
  }

  /// One caption has many clips.
  @Test func patternsOfAStyleDiffer() {
    let house = (0..<6000).map { Score(musicSeed: 2, index: $0, kinds: [.drumPattern]) }
      .filter { $0.labels.style == "house" }
    let patterns = Set(
      house.map { score in
        score.midi.notes.filter { $0.startBeats < 3.9 }.map { "\($0.key)@\(Int(($0.startBeats * 4).rounded()))" }
          .sorted()
          .joined(separator: " ")
      })
    // Six grooves are written.
    #expect(house.count > 100 && patterns.count >= 30, "\(patterns.count) of \(house.count)")
  }

  @Test func bothSoundfontsAreHeardAndSeldomNamed() {
    let known = Self.clips.compactMap(\.labels.soundfont)
    let fluid = known.count { $0 == "FluidR3" }
    #expect(fluid * 10 > known.count * 4 && fluid * 10 < known.count * 6)
    var named = 0
    for clip in Self.clips {
      for caption in Self.said(clip) where caption.contains("soundfont") {
        named += 1
        #expect(caption.contains("fluid") == (clip.labels.soundfont == "FluidR3"), "\(caption)")
      }
    }
    #expect(named > 50 && named < 900)
  }

  @Test func whatIsHeldOutIsNeverPutTogether() {
    let synths = (0..<4000).map { ClipRecipe(seed: 1, index: $0, parts: [.synths]) }
    for clip in Self.clips + synths {
      let isHeldOut = HeldOutCombination.all.contains {
        $0.instrument == clip.labels.instrument && $0.kind == clip.labels.kind
      }
      #expect(!isHeldOut, "\(clip.caption)")
    }
    let scores = (0..<3000).map { Score(musicSeed: 4, index: $0, kinds: [.ensemble]) }
    for score in scores { #expect(!score.playsHeldOut, "\(score.caption)") }
  }

  @Test func whatIsHeldOutCanBeRendered() {
    let clips = (0..<3000).map { ClipRecipe(seed: 1, index: $0, parts: [.music, .synths], isHeldOut: true) }
    for combination in HeldOutCombination.all {
      let own = clips.filter {
        $0.labels.instrument == combination.instrument && $0.labels.kind == combination.kind
      }
      #expect(own.count > 3, "\(combination)")
    }
    #expect(
      clips.allSatisfy { clip in
        HeldOutCombination.all.contains { $0.instrument == clip.labels.instrument && $0.kind == clip.labels.kind }
      })
  }

  /// What is held out is known apart: the instrument and the kind are both heard, with others.
  @Test func whatIsHeldOutIsKnownApart() {
    let clips = Self.clips + (0..<3000).map { ClipRecipe(seed: 1, index: $0, parts: [.synths]) }
    for combination in HeldOutCombination.all {
      #expect(clips.count { $0.labels.instrument == combination.instrument } >= 8, "\(combination)")
    }
  }
}
