import Audio
import Foundation
import TestSupport
import Testing

@Suite("What is wrong with a file is said, not guessed")
struct FileErrorTests {
  let directory: TemporaryDirectory
  private let clip = chord(channels: 2, sampleRate: 44100, frames: 4000)

  init() throws { directory = try TemporaryDirectory() }

  /// The error of reading a file; `nil` if it can be read.
  private func readError(_ url: URL) -> AudioFileError? {
    do {
      _ = try AudioFile.read(url)
      return nil
    } catch {
      return error
    }
  }

  private func writeError(_ clip: AudioClip, _ url: URL, _ format: SampleFormat = .pcm24) -> AudioFileError? {
    do {
      try AudioFile.write(clip, to: url, sampleFormat: format)
      return nil
    } catch {
      return error
    }
  }

  @Test("Missing files, also below something that is no directory")
  func missing() throws {
    let url = directory.file("none.wav")
    #expect(readError(url) == .missing(path: url.path))
    let plain = try directory.write([1], as: "plain")
    let below = plain.appending(path: "none.wav")
    #expect(readError(below) == .missing(path: below.path))
    #expect(throws: AudioFileError.missing(path: url.path)) { try AudioFile.tags(of: url) }
  }

  @Test("Directories and devices are not files")
  func notAFile() {
    #expect(readError(directory.url) == .notAFile(path: directory.url.path))
    #expect(readError(URL(filePath: "/dev/zero")) == .notAFile(path: "/dev/zero"))
  }

  @Test("Other bytes under a sound's name are refused with libsndfile's reason")
  func notAudio() throws {
    let text = Array("This is a letter, and not a recording of anything at all.\n".utf8)
    for name in ["letter.wav", "letter.flac", "letter.sln"] {
      let url = try directory.write(text + text + text, as: name)
      guard case .unreadable(url.path, let reason) = readError(url) else {
        Issue.record("\(name): \(String(describing: readError(url)))")
        continue
      }
      #expect(!reason.isEmpty && !reason.contains("\n"))
    }
  }

  @Test("Files of no bytes and files of no frames are empty")
  func empty() throws {
    let nothing = try directory.write([], as: "nothing.wav")
    #expect(readError(nothing) == .empty(path: nothing.path))
    let header = try directory.write(RawWave(floats: [], channels: 1).bytes, as: "header.wav")
    #expect(readError(header) == .empty(path: header.path))
    // A file that ends where the audio should begin.
    let whole = RawWave(floats: [Float](repeating: 0.25, count: 100), channels: 1).bytes
    let cut = try directory.write(Array(whole.dropLast(400)), as: "cut.wav")
    #expect(readError(cut) == .empty(path: cut.path))
  }

  @Test("NaN and infinities are refused, with their place", arguments: [Float.nan, .infinity, -.infinity])
  func notFinite(bad: Float) throws {
    var floats = [Float](repeating: 0.1, count: 80_000)
    floats[70_001] = bad
    let url = try directory.write(RawWave(floats: floats, channels: 2).bytes, as: "bad.wav")
    #expect(readError(url) == .notFinite(path: url.path, frame: 35_000, channel: 1))
    let target = directory.file("out.wav")
    let broken = AudioClip(channels: [[0, 0, 0], [0, bad, 0]], sampleRate: 44100)
    #expect(writeError(broken, target) == .notFinite(path: target.path, frame: 1, channel: 1))
    #expect(!FileManager.default.fileExists(atPath: target.path))
  }

  @Test("A file cut short is no whole clip", arguments: ["wav", "aiff", "flac"])
  func truncated(name: String) throws {
    let noise = (0..<20_000).map { Float(($0 &* 7919) % 2001 - 1000) / 1000 }
    let url = directory.file("whole.\(name)")
    try AudioFile.write(AudioClip(mono: noise, sampleRate: 44100), to: url)
    let bytes = Array(try Data(contentsOf: url))
    let cut = try directory.write(Array(bytes.prefix(bytes.count / 2)), as: "cut.\(name)")
    guard case .truncated(cut.path, let frames, let expectedFrames) = readError(cut) else {
      Issue.record("\(String(describing: readError(cut)))")
      return
    }
    #expect(abs(expectedFrames - 20_000) <= 1)
    #expect((1..<20_000).contains(frames))
  }

  @Test("A header that miscounts itself by 36 bytes is no truncation, nor is a streamer's placeholder")
  func sloppyHeaders() throws {
    let floats = [Float](repeating: 0.25, count: 100)
    for claim in [UInt32(436), 0xFFFF_FFFF, 0x7FFF_FFFF] {
      let url = try directory.write(RawWave(floats: floats, channels: 1, claimedBytes: claim).bytes, as: "sloppy.wav")
      #expect(try AudioFile.read(url).samples == floats)
    }
  }

  @Test("A header that claims 16 hours does not allocate them")
  func hostileLength() throws {
    let wave = RawWave(floats: [0.5, 0.5], channels: 1, claimedBytes: 0x7000_0000)
    let url = try directory.write(wave.bytes, as: "hostile.wav")
    #expect(readError(url) == .truncated(path: url.path, frames: 2, expectedFrames: 0x7000_0000 / 4))
  }

  @Test("FLAC: a header without a length is no error, one that claims days is a truncation, and nothing is allocated")
  func lengthOfFLAC() throws {
    let url = directory.file("clip.flac")
    try AudioFile.write(clip, to: url)
    var bytes = Array(try Data(contentsOf: url))
    // STREAMINFO's 36 bits of total samples end at byte 26 of the file.
    for (claim, low) in [(UInt8(0x00), UInt8(0x00)), (0xFF, 0x0F)] {
      bytes[21] = bytes[21] & 0xF0 | low
      for index in 22..<26 { bytes[index] = claim }
      let patched = try directory.write(bytes, as: "patched.flac")
      if claim == 0 {
        #expect(greatestDifference(try AudioFile.read(patched), clip) < 1e-6)
      } else {
        let expected = AudioFileError.truncated(path: patched.path, frames: 4000, expectedFrames: 0xF_FFFF_FFFF)
        #expect(readError(patched) == expected)
      }
    }
  }

  @Test("Rates too far apart to convert are an error of the file")
  func rateOutOfRange() throws {
    let url = directory.file("slow.wav")
    try AudioFile.write(AudioClip(mono: [0, 0.5], sampleRate: 100), to: url)
    let reason = "its sample rate of 100 Hz cannot be brought to 44100 Hz"
    #expect(throws: AudioFileError.unreadable(path: url.path, reason: reason)) {
      try AudioFile.read(url, sampleRate: 44100, channelCount: 1)
    }
  }

  @Test("Unknown extensions and impossible combinations are refused before anything is written")
  func unsupported() throws {
    for (name, format) in [("clip.xyz", SampleFormat.pcm24), ("clip", .pcm16), ("clip.flac", .float32)] {
      let url = directory.file(name)
      guard case .unsupportedFormat(url.path, _) = writeError(clip, url, format) else {
        Issue.record("\(name): \(String(describing: writeError(clip, url, format)))")
        continue
      }
    }
    #expect(try directory.contents() == [])
  }

  @Test("Places that cannot be written to are named, and nothing is left behind")
  func cannotWrite() throws {
    let nowhere = directory.file("no/such/place.wav")
    #expect(writeError(clip, nowhere) == .cannotWrite(path: nowhere.path, reason: "No such file or directory"))
    let occupied = directory.file("folder.wav")
    try FileManager.default.createDirectory(at: occupied, withIntermediateDirectories: true)
    guard case .cannotWrite(occupied.path, _) = writeError(clip, occupied) else {
      Issue.record("\(String(describing: writeError(clip, occupied)))")
      return
    }
    #expect(try directory.contents() == ["folder.wav"])
    let empty = directory.file("empty.wav")
    let reason = "the clip holds no audio"
    #expect(writeError(AudioClip(mono: [], sampleRate: 44100), empty) == .cannotWrite(path: empty.path, reason: reason))
  }

  @Test("Every error is one line that names the file")
  func descriptions() {
    let errors: [AudioFileError] = [
      .missing(path: "/a/b.wav"), .notAFile(path: "/a/b.wav"), .unreadable(path: "/a/b.wav", reason: "r"),
      .empty(path: "/a/b.wav"), .notFinite(path: "/a/b.wav", frame: 3, channel: 1),
      .truncated(path: "/a/b.wav", frames: 1, expectedFrames: 2), .unsupportedFormat(path: "/a/b.wav", reason: "r"),
      .cannotWrite(path: "/a/b.wav", reason: "r"),
    ]
    for error in errors {
      #expect(error.description.hasPrefix("/a/b.wav: "))
      #expect(!error.description.contains("\n"))
    }
    #expect(Set(errors.map(\.description)).count == errors.count)
  }
}
