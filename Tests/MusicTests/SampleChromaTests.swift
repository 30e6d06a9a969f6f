import Audio
import Foundation
import Music
import Testing

/// What is heard in the clips of Samples/ against what their MIDI files say.
@Suite struct SampleChromaTests {
  struct Counts {
    var hits = 0
    var extra = 0
    var missed = 0
    var precision: Double { Double(hits) / Double(max(1, hits + extra)) }
    var recall: Double { Double(hits) / Double(max(1, hits + missed)) }
  }

  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Samples")

  /// Classes above one half, in the frames where the file has notes.
  static func compare(_ heard: ControlTrack, _ written: ControlTrack, into counts: inout Counts) {
    for frame in 0..<heard.frameCount where written[frame].prefix(12).contains(where: { $0 >= 0.5 }) {
      for (heard, written) in zip(heard[frame].prefix(12), written[frame].prefix(12)) {
        switch (heard >= 0.5, written >= 0.5) {
        case (true, true): counts.hits += 1
        case (true, false): counts.extra += 1
        case (false, true): counts.missed += 1
        case (false, false): break
        }
      }
    }
  }

  @Test func whatIsHeardIsWhatIsWritten() throws {
    let analysis = ControlAnalysis()
    var counts = Counts()
    var clips = 0
    for index in 0..<32 {
      let number = String(index)
      let name = "clip-" + String(repeating: "0", count: 6 - number.count) + number
      let midi = try MIDIFile.read(Self.folder.appending(path: name + ".mid"))
      guard midi.notes.contains(where: { $0.channel != GeneralMIDI.percussionChannel }) else { continue }
      let clip = try AudioFile.read(Self.folder.appending(path: name + ".flac"), sampleRate: ControlAnalysis.sampleRate)
      let heard = analysis.analyze(clip.samples)
      Self.compare(heard, ControlTrack(midi: midi, frameCount: heard.frameCount), into: &counts)
      clips += 1
    }
    #expect(clips >= 20 && counts.hits > 1000)
    #expect(counts.precision > 0.82)
    #expect(counts.recall > 0.76)
  }
}
