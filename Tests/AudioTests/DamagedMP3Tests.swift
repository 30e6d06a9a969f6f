import Audio
import Foundation
import TestSupport
import Testing

@Suite struct DamagedMP3Tests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  /// mpg123 knows nothing but pages of its own words on stderr, and libsndfile no reason.
  @Test("A damaged MP3 is refused in our words")
  func damagedMP3() throws {
    let url = directory.file("a.mp3")
    // This libsndfile may not write MP3.
    guard (try? AudioFile.write(chord(channels: 1, sampleRate: 44100, frames: 88200), to: url)) != nil else { return }
    let whole = [UInt8](try Data(contentsOf: url))
    var holed = whole
    holed.replaceSubrange(whole.count / 10..<whole.count * 9 / 10, with: repeatElement(0, count: whole.count * 8 / 10))
    for (bytes, words) in [
      (holed, "it is damaged 0."), (Array(whole.prefix(60)), "it is no sound, or a damaged one"),
      (Array("ID3".utf8) + [UInt8](repeating: 7, count: 5000), "it is no sound, or a damaged one"),
    ] {
      let damaged = try directory.write(bytes, as: "b.mp3")
      let error = #expect(throws: AudioFileError.self) { try AudioFile.read(damaged) }
      guard case .unreadable(damaged.path, let reason) = error else {
        Issue.record("\(String(describing: error))")
        continue
      }
      #expect(reason.contains(words), "\(reason)")
    }
  }
}
