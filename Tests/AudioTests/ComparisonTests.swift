import Audio
import Foundation
import TestSupport
import Testing

@Suite("Whether a file is the same clip again")
struct ComparisonTests {
  @Test(
    "It is, whatever number an OGG stream draws; it is not with one sample or one tag changed",
    arguments: ["wav", "flac", "aiff", "ogg"])
  func again(format: String) throws {
    let directory = try TemporaryDirectory()
    let url = directory.file("clip.\(format)")
    let clip = AudioClip(mono: (0..<30_000).map { 0.3 * sin(Float($0) * 0.05) }, sampleRate: 44_100)
    let tags = AudioTags(title: "pad", comment: "{}")
    try AudioFile.write(clip, to: url, tags: tags)
    #expect(AudioFile.holds(try AudioFile.encode(clip, for: url, tags: tags), at: url))
    var edited = clip.samples
    for sample in 10_000..<11_000 { edited[sample] = 0 }
    let other = AudioClip(mono: edited, sampleRate: 44_100)
    #expect(!AudioFile.holds(try AudioFile.encode(other, for: url, tags: tags), at: url))
    let renamed = AudioTags(title: "pat", comment: "{}")
    #expect(!AudioFile.holds(try AudioFile.encode(clip, for: url, tags: renamed), at: url))
    #expect(!AudioFile.holds(try AudioFile.encode(clip, for: url, tags: tags), at: directory.file("gone.\(format)")))
  }

  @Test("Damaged pages are no clip")
  func damaged() throws {
    let directory = try TemporaryDirectory()
    let pages: [[UInt8]] = [
      Array("OggS".utf8), Array("OggS".utf8) + [UInt8](repeating: 255, count: 30), Array(repeating: 0, count: 64),
    ]
    for (index, page) in pages.enumerated() {
      let url = try directory.write(page, as: "\(index).ogg")
      #expect(AudioFile.holds(page, at: url))
      var other = page
      other[other.count - 1] ^= 1
      #expect(!AudioFile.holds(other, at: url))
    }
  }
}
