import Audio
import Foundation
import TestSupport
import Testing

/// What files of other formats say of their sound, and the mark that all have.
@Suite("Facts in every format")
struct FormatFactTests {
  let directory: TemporaryDirectory
  private let clip = AudioClip(mono: sine(440, sampleRate: 44100, frames: 44_100), sampleRate: 44100)
  static let formats = ["wav", "aiff", "flac", "ogg"] + (canWriteMP3 ? ["mp3"] : [])

  init() throws { directory = try TemporaryDirectory() }

  private var facts: SoundFacts {
    var facts = SoundFacts()
    (facts.isLoop, facts.tempo, facts.beats) = (true, 97.5, 2)
    facts.key = .init(tonic: 6, symbol: "F#m")
    facts.origin = .init(description: "pad", program: "Hiss 1", means: "model \"x\" & <y>")
    facts.source = .compositeWithTrainedAlgorithmicMedia
    return facts
  }

  @Test("The sound and the texts are the same with them and without", arguments: formats, [1, 10, 3000, 48_000])
  func soundStays(format: String, length: Int) throws {
    // AIFF keeps no more, and MP3's encoder no longer ones.
    let comment = String(repeating: "x", count: format == "aiff" ? min(length, 8000) : length)
    let tags = AudioTags(title: "Geräusch", comment: comment)
    let (plain, told) = (directory.file("plain.\(format)"), directory.file("told.\(format)"))
    try AudioFile.write(clip, to: plain, tags: tags)
    try AudioFile.write(clip, to: told, tags: tags, facts: facts)
    #expect(try AudioFile.read(told) == AudioFile.read(plain))
    #expect(try AudioFile.tags(of: told) == AudioFile.tags(of: plain))
    #expect(try AudioFile.digitalSource(of: told) == .compositeWithTrainedAlgorithmicMedia)
    #expect(try AudioFile.digitalSource(of: plain) == nil)
  }

  @Test("The mark is there without any other word", arguments: formats)
  func markAlone(format: String) throws {
    let url = directory.file("clip.\(format)")
    try AudioFile.write(clip, to: url, facts: .generated)
    #expect(try AudioFile.digitalSource(of: url) == .trainedAlgorithmicMedia)
    let bytes = try Data(contentsOf: url)
    let term = Data("http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia".utf8)
    #expect(bytes.range(of: term) != nil)
    #expect(AudioFile.holds(try AudioFile.encode(clip, for: url, facts: .generated), at: url))
  }

  /// Metadata blocks of FLAC: one byte of kind, three of length.
  private func comments(ofFLAC url: URL) throws -> [String] {
    let bytes = [UInt8](try Data(contentsOf: url))
    var place = 4
    while true {
      let (kind, length) = (bytes[place], bytes[place + 1..<place + 4].reduce(0) { $0 * 256 + Int($1) })
      if kind & 0x7F == 4 { return list(Array(bytes[place + 4..<place + 4 + length])) }
      if kind & 0x80 != 0 { return [] }
      place += 4 + length
    }
  }

  private func list(_ bytes: [UInt8]) -> [String] {
    var place = 0
    func number() -> Int {
      defer { place += 4 }
      return bytes[place..<place + 4].reversed().reduce(0) { $0 * 256 + Int($1) }
    }
    func text() -> String {
      let length = number()
      defer { place += length }
      return String(decoding: bytes[place..<place + length], as: UTF8.self)
    }
    _ = text()
    return (0..<number()).map { _ in text() }
  }

  @Test func vorbisComments() throws {
    let address = DigitalSource.compositeWithTrainedAlgorithmicMedia.address
    let wanted = [
      "BPM=97.5", "INITIALKEY=F#m", "KEY=F#m", "LOOPSTART=0", "LOOPLENGTH=44100", "DIGITALSOURCETYPE=\(address)",
    ]
    let flac = directory.file("a.flac")
    try AudioFile.write(clip, to: flac, tags: AudioTags(title: "t"), facts: facts)
    #expect(try comments(ofFLAC: flac).suffix(6) == wanted[...])
    let ogg = directory.file("a.ogg")
    try AudioFile.write(clip, to: ogg, facts: facts)
    let bytes = [UInt8](try Data(contentsOf: ogg))
    let head = try #require(bytes.firstRange(of: [3] + Array("vorbis".utf8)))
    #expect(list(Array(bytes[head.upperBound...])).suffix(6) == wanted[...])
    var modal = facts
    modal.key = .init(tonic: 2, symbol: nil)
    try AudioFile.write(clip, to: flac, facts: modal)
    #expect(try !comments(ofFLAC: flac).contains { $0.contains("KEY") }, "DJ programs know no modes")
  }

  @Test("MP3 has frames of ID3v2.3", .enabled(if: canWriteMP3), arguments: [nil, AudioTags(title: "t", comment: "c")])
  func frames(tags: AudioTags?) throws {
    let url = directory.file("a.mp3")
    try AudioFile.write(clip, to: url, tags: tags, facts: facts)
    let bytes = [UInt8](try Data(contentsOf: url))
    #expect(bytes.prefix(6).elementsEqual(Array("ID3".utf8) + [3, 0, 0]))
    let end = 10 + bytes[6..<10].reduce(0) { $0 * 128 + Int($1) }
    var (place, found) = (10, [String: [[UInt8]]]())
    while place < end {
      let size = bytes[place + 4..<place + 8].reduce(0) { $0 * 256 + Int($1) }
      found[String(decoding: bytes[place..<place + 4], as: UTF8.self), default: []].append(
        Array(bytes[place + 10..<place + 10 + size]))
      place += 10 + size
    }
    #expect(place == end && bytes[end] == 0xFF, "the audio follows at once")
    #expect(found["TBPM"] == [[0] + Array("98".utf8)] && found["TKEY"] == [[0] + Array("F#m".utf8)])
    #expect(found["TXXX"]?.contains([0] + Array("BPM\u{0}97.5".utf8)) == true)
    #expect(found["PRIV"]?.first?.starts(with: Array("XMP\u{0}<?xpacket".utf8)) == true)
    if tags != nil { #expect(found["TIT2"] != nil && found["COMM"] != nil) }
  }

  @Test func aiff() throws {
    let url = directory.file("a.aiff")
    var facts = facts
    facts.note = .init(key: 57, cents: 10)
    facts.cues = [.init(frame: 258, label: "2")]
    try AudioFile.write(clip, to: url, facts: facts)
    let file = try #require(try RIFFWalker(url))
    let loop = [0, 1, 0, 0, 0, 0, 4] + Array("loop".utf8) + [0]
    let end = [0, 2, 0, 0, 0xAC, 0x44, 3] + Array("end".utf8)
    #expect(file["MARK"] == [0, 3] + loop + end + [0, 3, 0, 0, 1, 2, 1] + Array("2".utf8))
    #expect(
      file["INST"] == [57, UInt8(bitPattern: -10), 0, 127, 1, 127, 0, 0] + [0, 1, 0, 1, 0, 2] + [0, 0, 0, 0, 0, 0])
    #expect(file["ID3 "]?.starts(with: Array("ID3".utf8) + [3, 0, 0]) == true)
    #expect(file.names == ["COMM", "INST", "ID3 ", "SSND", "MARK"])
  }

  @Test("The packet of XMP is sound XML, whatever the model is called")
  func packet() throws {
    let url = directory.file("a.wav")
    try AudioFile.write(clip, to: url, facts: facts)
    let packet = String(decoding: try #require(try RIFFWalker(url)?["_PMX"]), as: UTF8.self)
    for part in [
      "Iptc4xmpExt:DigitalSourceType=\"\(DigitalSource.compositeWithTrainedAlgorithmicMedia.address)\"",
      "Iptc4xmpExt:AISystemVersionUsed=\"model &quot;x&quot; &amp; &lt;y>\"", "xmpDM:tempo=\"97.5\"",
      "xmpDM:key=\"F#\"", "xmpDM:scaleType=\"Minor\"", "xmpDM:loop=\"True\"", "xmpDM:numberOfBeats=\"2\"",
    ] {
      #expect(packet.contains(part), "\(part)")
    }
  }

  @Test("Marks of other programs are read: as an element, in an ID3 tag of version 4")
  func foreign() throws {
    let element = "<x><a:DigitalSourceType>http://x/TrainedAlgorithmicMedia</a:DigitalSourceType></x>"
    var wave = try AudioFile.encode(clip, for: directory.file("a.wav"))
    let chunk = Array("_PMX".utf8) + [UInt8](words: [UInt32(element.utf8.count)]) + Array(element.utf8)
    wave.append(contentsOf: chunk + (element.utf8.count % 2 == 1 ? [0] : []))
    let url = try directory.write(wave, as: "foreign.wav")
    #expect(try AudioFile.digitalSource(of: url) == .trainedAlgorithmicMedia)
    let text = [3] + Array("DigitalSourceType\u{0}trainedAlgorithmicMedia\u{0}".utf8)
    let frame = Array("TXXX".utf8) + [0, 0, 0, UInt8(text.count), 0, 0] + text
    let tag = Array("ID3".utf8) + [4, 0, 0, 0, 0, 0, UInt8(frame.count)] + frame
    #expect(try AudioFile.digitalSource(of: directory.write(tag, as: "a.mp3")) == .trainedAlgorithmicMedia)
    // What lies about its length is no mark, and no crash.
    for cut in 1..<tag.count {
      _ = try AudioFile.digitalSource(of: directory.write(Array(tag.prefix(cut)), as: "b.mp3"))
    }
    for format in ["flac", "ogg"] {
      let bytes = try AudioFile.encode(clip, for: directory.file("a.\(format)"), facts: .generated)
      for cut in stride(from: 1, to: 400, by: 1) {
        _ = try AudioFile.digitalSource(of: directory.write(Array(bytes.prefix(cut)), as: "c.\(format)"))
      }
    }
  }
}
