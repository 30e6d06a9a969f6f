import Audio
import Corpus
import Foundation
import Testing

/// What needs FluidSynth, both soundfonts and Csound (`scripts/setup --corpus`).
@Suite(.enabled(if: CorpusGenerator.canRender([.music]))) struct MusicRenderingTests {
  @Test func aClipIsTheSameWhateverWasRenderedBefore() throws {
    let first = try CorpusGenerator(seed: 3, maximumSeconds: 5, parts: [.music])
    let second = try CorpusGenerator(seed: 3, maximumSeconds: 5, parts: [.music])
    for index in 0..<12 { _ = try second.clip(index) }
    for index in [5, 7, 9] {
      let (alone, after) = (try first.clip(index), try second.clip(index))
      // Not within the expectation, which would write out every sample.
      let (isSameSound, isSameScore) = (after.audio == alone.audio, after.midi == alone.midi)
      #expect(isSameSound && isSameScore, "clip \(index)")
    }
  }

  @Test func clipsHaveTwoChannelsAndSound() throws {
    let generator = try CorpusGenerator(seed: 5, maximumSeconds: 5, parts: [.music])
    for index in 0..<40 {
      let clip = try generator.clip(index)
      #expect(clip.audio.channels.count == 2 && clip.audio.sampleRate == 44100)
      #expect(abs(clip.audio.duration - clip.labels.seconds) < 0.001)
      #expect(clip.audio.peak <= 0.8911 && clip.audio.peak > 0.03, "\(clip.caption)")
      #expect(clip.audio.channels.allSatisfy { $0.allSatisfy(\.isFinite) })
    }
  }

  /// Clips that are said to be mono, left or right are so.
  @Test func clipsAreWhereTheirCaptionsSay() throws {
    let generator = try CorpusGenerator(seed: 6, maximumSeconds: 4, kinds: [.note, .chord], parts: [.music])
    var heard = (mono: 0, left: 0, right: 0)
    for index in 0..<900 {
      let recipe = ClipRecipe(seed: 6, index: index, maximumSeconds: 4, kinds: [.note, .chord], parts: [.music])
      // Rooms and chorus have sides of their own.
      guard recipe.labels.room?.hasPrefix("dry") == true, recipe.labels.effect ?? "none" == "none" else { continue }
      let caption = recipe.caption.lowercased()
      let (isMono, isLeft, isRight) = (
        caption.contains(/, mono|in mono/), caption.contains("left"), caption.contains("right")
      )
      guard isMono || isLeft || caption.hasSuffix("right") || caption.contains("panned right") else { continue }
      let audio = try generator.clip(index).audio
      let (left, right) = (energy(audio.channels[0]), energy(audio.channels[1]))
      if isMono {
        heard.mono += 1
        let side = zip(audio.channels[0], audio.channels[1]).reduce(Float(0)) { max($0, abs($1.0 - $1.1)) }
        #expect(side < 1e-4, "\(caption)")
      } else if isLeft {
        heard.left += 1
        #expect(left > 2 * right, "\(caption)")
      } else if isRight {
        heard.right += 1
        #expect(right > 2 * left, "\(caption)")
      }
      if heard.mono > 3, heard.left > 3, heard.right > 3 { break }
    }
    #expect(heard.mono > 3 && heard.left > 3 && heard.right > 3)
  }

  private func energy(_ samples: [Float]) -> Float { samples.reduce(0) { $0 + $1 * $1 } }

  /// The drum machine's kick: deep, and of another tune and length in each clip.
  @Test func machinesKicksDiffer() throws {
    let generator = try CorpusGenerator(seed: 7, maximumSeconds: 4, kinds: [.drumHit], parts: [.music])
    var kicks: [[Float]] = []
    for index in 0..<9000 where kicks.count < 4 {
      let recipe = ClipRecipe(seed: 7, index: index, maximumSeconds: 4, kinds: [.drumHit], parts: [.music])
      guard recipe.caption.contains("909"), recipe.caption.contains(/kick|bass drum/),
        recipe.labels.room?.hasPrefix("dry") == true, recipe.labels.effect ?? "none" == "none"
      else { continue }
      let clip = try generator.clip(index)
      #expect(clip.labels.soundfont == nil)
      kicks.append(clip.audio.channels[0])
    }
    let differing = Set(kicks).count
    #expect(kicks.count == 4 && differing == 4)
    for kick in kicks {
      // Behind the click a tone of 40 to 70 Hz: 16 to 28 crossings in 0.2 s, and few more of what is left of its fall.
      let crossings = zip(kick[4000...], kick[4001...]).prefix(8820).count { ($0 < 0) != ($1 < 0) }
      #expect((12...40).contains(crossings), "\(crossings)")
    }
  }

  @Test func theOtherSoundfontIsNamedWithItsRemedy() {
    let error = CorpusError.soundfontMissing(path: "/nowhere.sf2")
    #expect(throws: error) {
      try CorpusGenerator(seed: 1, second: URL(filePath: "/nowhere.sf2"), parts: [.music])
    }
  }
}
