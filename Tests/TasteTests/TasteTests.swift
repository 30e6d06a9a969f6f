import Foundation
import Novelty
import Spectra
import Taste
import Testing

@Suite struct TasteTests {
  private func darkAndSparse(_ values: [HeardQuality: Double]) -> Double {
    -(values[.brightness] ?? 0) - 0.7 * (values[.density] ?? 0)
  }

  @Test func aListenerIsLearnedAndToldInWords() {
    var listener = SimulatedPicks(seed: 1)
    let taste = Taste(TasteContents(clips: listener.clips, picks: listener.picks(60, darkAndSparse)))
    #expect(taste.isLearned)
    #expect(taste.accuracy > 0.75)
    #expect(listener.agreement(of: taste, darkAndSparse) > 0.8)
    #expect(taste.beliefs.first?.word == "darker")
    #expect(taste.beliefs.dropFirst().first?.word == "sparser")
    #expect(taste.beliefs.first?.isSure == true)
  }

  @Test func aListenerWhoLikesItModerateIsLearned() {
    var listener = SimulatedPicks(seed: 2)
    let moderate = { (values: [HeardQuality: Double]) in -pow(values[.tempo] ?? 0, 2) }
    let taste = Taste(TasteContents(clips: listener.clips, picks: listener.picks(150, moderate)))
    #expect(taste.isLearned)
    #expect(listener.agreement(of: taste, moderate) > 0.7)
  }

  @Test(arguments: [20, 60, 150]) func chanceTeachesNothing(count: Int) {
    let learned = (0..<20).count { seed in
      var listener = SimulatedPicks(seed: UInt64(100 + seed))
      return Taste(TasteContents(clips: listener.clips, picks: listener.picks(count))).isLearned
    }
    #expect(learned <= 2, "\(learned) of 20 listeners who pick by chance are believed")
  }

  @Test func tooFewPicksAreNotBelieved() {
    var listener = SimulatedPicks(seed: 3)
    let taste = Taste(TasteContents(clips: listener.clips, picks: listener.picks(5, darkAndSparse)))
    #expect(!taste.isLearned)
    #expect(taste.beliefs.isEmpty)
    #expect(!Taste(TasteContents()).isLearned)
  }

  @Test func aMindThatChangesIsFollowed() {
    var listener = SimulatedPicks(seed: 4)
    let before = listener.picks(60, darkAndSparse)
    let after = listener.picks(50) { -darkAndSparse($0) }
    let taste = Taste(TasteContents(clips: listener.clips, picks: before + after))
    #expect(taste.isChanging)
    #expect(listener.agreement(of: taste) { -darkAndSparse($0) } > 0.75)
  }

  @Test func wordsOfPromptsAreLearned() {
    var listener = SimulatedPicks(seed: 5)
    let contents = TasteContents(clips: listener.clips, picks: listener.picks(60))
    let pads = Set(contents.clips.filter { $0.prompt == "soft pad" }.map(\.id))
    let picks = contents.picks.map { pick -> TastePick in
      let shown = [pick.picked] + pick.over
      let liked = shown.first { pads.contains($0) } ?? pick.picked
      return TastePick(picked: liked, over: shown, at: pick.at)
    }
    let taste = Taste(TasteContents(clips: contents.clips, picks: picks))
    func mean(_ isPad: Bool) -> Double {
      let some = contents.clips.filter { pads.contains($0.id) == isPad }
      return some.reduce(0) { $0 + taste.score($1).mean } / Double(some.count)
    }
    #expect(taste.isLearned)
    #expect(mean(true) > mean(false) + 1)
  }

  @Test func picksOfClipsThatAreNotThereAreLeftOut() {
    var listener = SimulatedPicks(seed: 6)
    let lost = TastePick(picked: "gone", over: ["clip1"], at: Date(timeIntervalSince1970: 0))
    let taste = Taste(TasteContents(clips: listener.clips, picks: listener.picks(20, darkAndSparse) + [lost]))
    #expect(taste.pickCount == 20)
  }
}

@Suite struct TasteChoiceTests {
  private func taste(_ listener: inout SimulatedPicks) -> Taste {
    Taste(TasteContents(clips: listener.clips, picks: listener.picks(80) { -($0[.brightness] ?? 0) }))
  }

  @Test func threeInFourAreLikedAndOneIsByChance() {
    var listener = SimulatedPicks(seed: 7)
    let taste = taste(&listener)
    let candidates = Array(listener.clips.prefix(32))
    let places = TasteChoice.places(of: candidates, by: taste, count: 8, seed: 1)
    #expect(Set(places).count == 8)
    let liked = Set(
      candidates.indices.sorted { taste.score(candidates[$0]).mean > taste.score(candidates[$1]).mean }.prefix(12))
    #expect(places.count { liked.contains($0) } >= 6)
    let others = (1...20).map { TasteChoice.places(of: candidates, by: taste, count: 8, seed: UInt64($0)) }
    #expect(Set(others).count > 5, "what is drawn by chance differs with the seed")
  }

  @Test func withoutWeightAllAreByChance() {
    var listener = SimulatedPicks(seed: 8)
    let taste = taste(&listener)
    let candidates = Array(listener.clips.prefix(32))
    let means = (0..<40).map { seed -> Double in
      let places = TasteChoice.places(of: candidates, by: taste, count: 8, weight: 0, seed: UInt64(seed))
      return places.reduce(0) { $0 + taste.score(candidates[$1]).mean } / 8
    }
    let all = candidates.reduce(0) { $0 + taste.score($1).mean } / 32
    #expect(abs(means.reduce(0, +) / 40 - all) < 0.2)
  }
}

@Suite struct ClipQualitiesTests {
  /// Frames of one level in some bands, struck every so many frames.
  private func frames(bands: Range<Int>, every: Int?) -> MelFrames {
    var frames = MelFrames(frameCount: 230, bandCount: 192)
    for frame in 0..<230 {
      let fall = every.map { Float(frame % $0) * 0.15 } ?? 0
      for band in bands { frames[frame, band] = max(-1, 0.4 - fall) }
    }
    return frames
  }

  @Test func whatIsHeardIsMeasured() throws {
    func quality(_ quality: HeardQuality, _ frames: MelFrames) throws -> Double {
      try #require(ClipQualities(frames, mel: .standard)[quality])
    }
    let (low, high) = (frames(bands: 5..<20, every: nil), frames(bands: 140..<170, every: nil))
    for name in [HeardQuality.brightness, .register, .air] { #expect(try quality(name, high) > quality(name, low)) }
    #expect(try quality(.bass, low) > quality(.bass, high))
    let (busy, sparse) = (frames(bands: 5..<100, every: 8), frames(bands: 5..<100, every: 60))
    #expect(try quality(.density, busy) > quality(.density, sparse))
    #expect(try quality(.percussiveness, busy) > quality(.percussiveness, low))
    #expect(try quality(.sustain, low) > quality(.sustain, sparse))
  }

  @Test func silenceHasNoQualitiesButThoseThatAreGiven() {
    let silence = ClipQualities(MelFrames(frameCount: 20, bandCount: 192), mel: .standard, bpm: 120, isMinor: true)
    #expect(silence[.brightness] == nil)
    #expect(silence[.mode] == 1)
    #expect(ClipQualities(MelFrames(frameCount: 0, bandCount: 192), mel: .standard)[.length] == nil)
  }
}
