import Audio
import Foundation
import Rendering
import TestSupport
import Testing

@Suite("Stems and their mix")
struct IdeaStemsTests {
  @Test("The mix as it is read is the sum of the stems as they are read, to the bit")
  func sum() throws {
    let folder = try TemporaryDirectory()
    let clips = (1...4).map { number in
      let samples = (0..<3000).map { Float(0.24 * sin(Double($0 * number) * 0.1373 + Double(number))) }
      return IdeaStems.onGrid(AudioClip(mono: samples, sampleRate: 44_100))
    }
    for (number, clip) in clips.enumerated() { try AudioFile.write(clip, to: folder.file("\(number).wav")) }
    try AudioFile.write(IdeaStems.sum(clips), to: folder.file("mix.wav"))
    let read = try (0..<4).map { try AudioFile.read(folder.file("\($0).wav")).samples }
    let mix = try AudioFile.read(folder.file("mix.wav")).samples
    for frame in mix.indices { #expect(mix[frame] == read.reduce(0) { $0 + $1[frame] }, "frame \(frame)") }
  }

  @Test("A folder that is taken is passed over; a file is no place for folders")
  func folders() throws {
    let folder = try TemporaryDirectory()
    try FileManager.default.createDirectory(at: folder.file("idea-1"), withIntermediateDirectories: true)
    let names = try IdeaStems.folders(2, in: folder.url.path).map(\.lastPathComponent)
    #expect(names == ["idea-1-2", "idea-2"])
    _ = try folder.write([1], as: "file")
    #expect(throws: OutputError.notAFolder(path: folder.file("file").path)) {
      _ = try IdeaStems.folders(1, in: folder.file("file").path)
    }
  }
}
