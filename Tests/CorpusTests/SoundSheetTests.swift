import Audio
import Corpus
import Foundation
import Pictures
import Spectra
import Testing

/// The picture of `docs/corpus.md`: a spectrogram of every kind of sound, written where `HISS_SOUND_SHEET` names a file.
@Suite(.enabled(if: CorpusGenerator.isCsoundAvailable)) struct SoundSheetTests {
  @Test func everyKindCanBeDrawn() throws {
    let file = ProcessInfo.processInfo.environment["HISS_SOUND_SHEET"]
    let names = OrchestraTrials.soundNames
    let trials = try OrchestraTrials()
    let drawn = file == nil ? Array(names.prefix(3)) : names
    let pictures = try drawn.map { try Self.picture(of: trials.sound($0, at: 0.6)) }
    let captions = drawn.map { String($0.prefix(22)) }
    let sheet = PictureSheet.grid(of: pictures, columns: 10, captions: captions)
    #expect(sheet.width > 100)
    if let file { try sheet.writePNG(to: URL(fileURLWithPath: file)) }
  }

  /// 30 Hz at the bottom, 20 kHz on top, the whole sound from left to right.
  private static func picture(of clip: AudioClip) throws -> Picture {
    let hop = max(64, min(512, clip.frameCount / 200))
    let mel = MelSpectrogram(
      MelConfiguration(fftLength: clip.duration < 1 ? 1024 : 2048, hopLength: hop, bandCount: 96, warpHertz: 400))
    let frames = mel.analyze(clip.normalized().samples)
    return SpectrogramThumbnail.draw(
      values: frames.values, melBandCount: frames.bandCount, width: 132, height: 72, levels: 20)
  }
}
