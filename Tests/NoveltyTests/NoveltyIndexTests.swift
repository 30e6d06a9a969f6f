import Foundation
import Novelty
import Spectra
import Tensors
import TestSupport
import Testing

@Suite("The novelty index")
struct NoveltyIndexTests {
  static func print(_ hertz: Double) -> SoundFingerprint {
    SoundFingerprint(Tones.spectrogram.analyze(Tones.melody([hertz, 1.5 * hertz], seconds: 1)), mel: .standard)
  }

  static let index = NoveltyIndex(
    dataset: "tones", mel: .standard, training: [110, 220, 440, 880].map(print), heldOut: [130, 300, 700].map(print))

  @Test func nearestAndRatio() {
    let index = Self.index
    #expect(index.clipCount == 4 && index.dataset == "tones")
    let nearest = index.nearest(to: Self.print(440))
    #expect(nearest.clip == 2 && nearest.distance == 0)
    #expect(index.nearest(to: Self.print(445)).clip == 2)
    #expect(index.ratio(of: Self.print(880)) == 0)
  }

  /// Many held-out clips tell alone what is near; with few, or none, the training clips are asked too, but for those that
  /// are the same sound.
  @Test func calibration() {
    let known = [110.0, 220, 440, 880, 880].map(Self.print)
    func median(_ heldOut: [Double]) -> Double {
      NoveltyIndex(dataset: "tones", mel: .standard, training: known, heldOut: heldOut.map(Self.print))
        .medianHeldOutDistance
    }
    let many = (0..<31).map { 130 + 7 * Double($0) }
    func nearest(_ hertz: Double) -> Double { known.map { $0.distance(to: Self.print(hertz)) }.min() ?? 0 }
    #expect(median(many) == many.map(nearest).sorted()[15])
    let among = [110.0, 220, 440].map { hertz in
      known.map { $0.distance(to: Self.print(hertz)) }.filter { $0 > 0 }.min() ?? 0
    }.sorted()
    #expect(median([]) == among[1] && among[1] > 0)
    #expect(median([500, 501]) == ([nearest(500), nearest(501)] + among).sorted()[2])
    let one = NoveltyIndex(dataset: "tone", mel: .standard, training: [known[0]], heldOut: [])
    #expect(one.medianHeldOutDistance > 0 && one.ratio(of: known[1]) > 1)
  }

  @Test func threadsDoNotMatter() {
    let prints = [110, 220, 440, 880].map(Self.print)
    let heldOut = [130, 300, 700].map(Self.print)
    for threads in [1, 3] {
      let made = NoveltyIndex(
        dataset: "tones", mel: .standard, training: prints, heldOut: heldOut, threads: threads)
      #expect(made == Self.index)
    }
  }

  @Test func roundTrip() throws {
    let directory = try TemporaryDirectory()
    let url = directory.file("novelty.index")
    try Self.index.write(to: url)
    let read = try NoveltyIndex(reading: url)
    #expect(read == Self.index)
    #expect(try Data(contentsOf: url).count < 4 * 128 + 1024)
    #expect(try directory.contents() == ["novelty.index"])
  }

  @Test func missingAndForeign() throws {
    let directory = try TemporaryDirectory()
    let url = directory.file("novelty.index")
    #expect(throws: NoveltyError.indexMissing(path: url.path)) { try NoveltyIndex(reading: url) }
    try Safetensors.write([("fingerprints", Tensor([2, 128]))], to: url)
    #expect(throws: NoveltyError.indexUnreadable(path: url.path, reason: "it does not say that it is one")) {
      try NoveltyIndex(reading: url)
    }
    #expect(throws: NoveltyError.self) { try Self.index.write(to: directory.file("nowhere/novelty.index")) }
  }

  /// An index of three gigabytes without a byte on the disk, whose header is in order, and one that its header does not
  /// know: refused by what they say, not read.
  @Test func hugeOnesAreRefusedByTheirHeader() throws {
    let directory = try TemporaryDirectory()
    let url = directory.file("novelty.index")
    try Self.index.write(to: url)
    #expect(truncate(url.path, 3 << 30) == 0)
    #expect(throws: NoveltyError.self) { try NoveltyIndex(reading: url) }
    let rows = 25_165_824
    let header =
      #"{"__metadata__":{"kind":"hiss novelty index","version":"2","medianHeldOutDistance":"1","mel":"{}","hash":"0"},"#
      + #""fingerprints":{"dtype":"U8","shape":[\#(rows),128],"data_offsets":[0,\#(rows * 128)]}}"#
    let start = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Data($0) } + Data(header.utf8)
    try start.write(to: url)
    #expect(truncate(url.path, off_t(start.count + rows * 128)) == 0)
    let reason = "its fingerprints have the shape [\(rows), 128]"
    #expect(throws: NoveltyError.indexUnreadable(path: url.path, reason: reason)) { try NoveltyIndex(reading: url) }
    try FileManager.default.removeItem(at: url)
    #expect(mkfifo(url.path, 0o600) == 0)
    #expect(throws: NoveltyError.self) { try NoveltyIndex(reading: url) }
  }

  /// Whatever part is missing or changed, reading fails with one line that names the file.
  @Test func damage() throws {
    let directory = try TemporaryDirectory()
    let url = directory.file("novelty.index")
    try Self.index.write(to: url)
    let whole = [UInt8](try Data(contentsOf: url))
    var damaged: [[UInt8]] = [
      [], Array(whole.prefix(5)), Array(whole.prefix(200)), Array(whole.dropLast()), whole + [0],
    ]
    for place in [0, 9, 60, whole.count - 1, whole.count - 500] {
      var bytes = whole
      bytes[place] ^= 0x11
      damaged.append(bytes)
    }
    for bytes in damaged {
      let other = try directory.write(bytes, as: "damaged.index")
      let error = #expect(throws: NoveltyError.self, "\(bytes.count) bytes") { try NoveltyIndex(reading: other) }
      guard case .indexUnreadable(let path, let reason)? = error else {
        Issue.record("\(bytes.count) bytes: \(String(describing: error))")
        continue
      }
      #expect(path == other.path && !reason.isEmpty && !reason.contains("\n"))
    }
  }
}
