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

  /// Values of a group above one half, in the frames where the file has notes.
  static func compare(_ range: Range<Int>, _ heard: ControlTrack, _ written: ControlTrack, into counts: inout Counts) {
    func values(_ track: ControlTrack, _ frame: Int) -> ArraySlice<Float> { Array(track[frame])[range] }
    for frame in 0..<heard.frameCount where values(written, frame).contains(where: { $0 >= 0.5 }) {
      for (heard, written) in zip(values(heard, frame), values(written, frame)) {
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
    var (counts, octaves) = (Counts(), Counts())
    var clips = 0
    for index in 0..<32 {
      let number = String(index)
      let name = "clip-" + String(repeating: "0", count: 6 - number.count) + number
      let midi = try MIDIFile.read(Self.folder.appending(path: name + ".mid"))
      guard midi.notes.contains(where: { $0.channel != GeneralMIDI.percussionChannel }) else { continue }
      let clip = try AudioFile.read(
        Self.folder.appending(path: name + ".flac"), sampleRate: ControlAnalysis.sampleRate,
        channelCount: ControlAnalysis.channelCount)
      let heard = analysis.analyze(clip.samples)
      let written = ControlTrack(midi: midi, frameCount: heard.frameCount)
      Self.compare(0..<12, heard, written, into: &counts)
      Self.compare(18..<27, heard, written, into: &octaves)
      clips += 1
    }
    #expect(clips >= 20 && counts.hits > 1000)
    #expect(counts.precision > 0.82)
    #expect(counts.recall > 0.76)
    #expect(octaves.precision > 0.65 && octaves.recall > 0.6, "\(octaves.precision), \(octaves.recall)")
  }
}
