import Audio
import Foundation
import Instruments
import TestSupport
import Testing

private let notes = [
  SampledNote(
    name: "C#3", clip: AudioClip(mono: [0, 0.5, -0.5, 1, -1, 0.25], sampleRate: 44_100), root: 49, keys: 48...50,
    velocities: 1...63, cents: 7.4, loop: 2..<5, release: 0.25),
  SampledNote(
    name: "C#3", clip: AudioClip(mono: [0.125, 0.25, 0.5], sampleRate: 44_100), root: 49, keys: 48...50,
    velocities: 64...127, layer: 1, take: 1, cents: -12.6),
]
private let drum = SampledNote(
  name: "open-hat", clip: AudioClip(mono: [0.5, -0.5], sampleRate: 44_100), root: 46, keys: 46...46, chokeGroup: 1)

@Suite("Samples of an instrument")
struct InstrumentSampleTests {
  @Test("A sample's own chunk has the loop of a held note")
  func loopInFile() throws {
    let directory = try TemporaryDirectory()
    let folder = InstrumentFolder(
      directory.file("felt"), name: "felt", notes: notes, formats: [.sfz], isKit: false, description: "felt")
    _ = try folder.write(list: [])
    let first = try #require(try RIFFWalker(directory.file("felt/Samples/Cs3_v1_t1.wav")))
    let second = try #require(try RIFFWalker(directory.file("felt/Samples/Cs3_v2_t2.wav")))
    func words(_ bytes: [UInt8]?) -> [UInt32] {
      stride(from: 0, to: (bytes?.count ?? 0) - 3, by: 4).map { at in
        (0..<4).reduce(0) { $0 | UInt32(bytes?[at + $1] ?? 0) << UInt32(8 * $1) }
      }
    }
    let chunk = words(first["smpl"])
    #expect(chunk.count == 15 && chunk[3] == 49 && chunk[7] == 1 && chunk[11] == 2 && chunk[12] == 4)
    #expect(words(second["smpl"])[7] == 0)
    #expect(try folder.contents().map(\.name) == ["Samples/Cs3_v1_t1.wav", "Samples/Cs3_v2_t2.wav", "felt.sfz"])
  }
}

@Suite("An instrument as text")
struct InstrumentTextTests {
  @Test("SFZ: keys, velocities, tuning against the deviation, loops with their last frame, turns")
  func sfz() {
    let text = SFZText.text(notes, name: "felt", sampleFolder: "Samples/")
    let regions = text.components(separatedBy: "<region>").dropFirst().map {
      Set($0.split(separator: "\n").map(String.init))
    }
    #expect(regions.count == 2 && text.contains("default_path=Samples/"))
    #expect(
      regions[0].isSuperset(of: [
        "sample=Cs3_v1_t1.wav", "pitch_keycenter=49", "lokey=48", "hikey=50", "lovel=1", "hivel=63", "tune=-7",
        "loop_mode=loop_continuous", "loop_start=2", "loop_end=4", "seq_length=2", "seq_position=1",
      ]))
    #expect(regions[1].isSuperset(of: ["tune=13", "loop_mode=no_loop", "seq_position=2"]))
    let kit = SFZText.text([drum], name: "kit", sampleFolder: "")
    #expect(kit.contains("loop_mode=one_shot") && kit.contains("group=1\noff_by=1") && !kit.contains("seq_length"))
  }

  @Test("Hydrogen: all that its schema wants of an instrument, in its order")
  func hydrogenSchema() {
    let text = HydrogenKitText.text([drum], name: "kit")
    // drumkit.xsd of Hydrogen 1.2, without what may be left out.
    let wanted = [
      "id", "name", "volume", "isMuted", "isSoloed", "pan", "pitchOffset", "randomPitchFactor", "gain", "applyVelocity",
      "filterActive", "filterCutoff", "filterResonance", "Attack", "Decay", "Sustain", "Release", "muteGroup",
      "midiOutChannel", "midiOutNote", "isStopNote", "sampleSelectionAlgo", "isHihat", "lower_cc", "higher_cc",
      "instrumentComponent",
    ]
    let instrument = text.components(separatedBy: "<instrument>").last ?? ""
    let places = wanted.map { instrument.range(of: "<\($0)>")?.lowerBound }
    #expect(!places.contains(nil))
    #expect(zip(places, places.dropFirst()).allSatisfy { ($0 ?? text.endIndex) < ($1 ?? text.startIndex) })
    let head = ["name", "author", "info", "license", "image", "imageLicense", "componentList"].map {
      text.range(of: "<\($0)>")?.lowerBound
    }
    #expect(
      !head.contains(nil) && zip(head, head.dropFirst()).allSatisfy { ($0 ?? text.endIndex) < ($1 ?? text.startIndex) })
  }

  @Test("DecentSampler and Hydrogen: names become no markup")
  func markup() {
    let name = "a <b> & \"c\" -- d"
    let preset = DecentSamplerText.text(notes, name: name, sampleFolder: "Samples/")
    #expect(preset.contains("path=\"Samples/Cs3_v1_t1.wav\"") && preset.contains("tuning=\"-0.0740\""))
    #expect(preset.contains("loopStart=\"2\" loopEnd=\"4\"") && !preset.contains("<b>") && !preset.contains("-- d"))
    let kit = HydrogenKitText.text([drum], name: name)
    #expect(kit.contains("<filename>open-hat_v1_t1.wav</filename>") && kit.contains("<midiOutNote>46</midiOutNote>"))
    #expect(kit.contains("<muteGroup>1</muteGroup>") && !kit.contains("<b>"))
  }
}

@Suite("An instrument as a SoundFont")
struct SoundFontTests {
  /// The chunks of a list: their names and contents.
  private func chunks(_ bytes: ArraySlice<UInt8>) -> [(name: String, body: ArraySlice<UInt8>)] {
    var (chunks, place): ([(String, ArraySlice<UInt8>)], Int) = ([], bytes.startIndex)
    while place + 8 <= bytes.endIndex {
      let size = (0..<4).reduce(0) { $0 | Int(bytes[place + 4 + $1]) << (8 * $1) }
      chunks.append((String(decoding: bytes[place..<place + 4], as: UTF8.self), bytes[place + 8..<place + 8 + size]))
      place += 8 + size + size % 2
    }
    #expect(place == bytes.endIndex, "chunks end where their list does")
    return chunks
  }

  private func word(_ bytes: ArraySlice<UInt8>, _ index: Int) -> Int {
    Int(bytes[bytes.startIndex + index]) | Int(bytes[bytes.startIndex + index + 1]) << 8
  }

  private func long(_ bytes: ArraySlice<UInt8>, _ index: Int) -> Int {
    word(bytes, index) | word(bytes, index + 2) << 16
  }

  @Test("Chunks, lists and records are those of the specification; samples lie where their headers say")
  func layout() throws {
    let file = SoundFont(notes, name: "felt", isKit: false).bytes()
    let whole = try #require(chunks(file[...]).first)
    #expect(whole.name == "RIFF" && String(decoding: whole.body.prefix(4), as: UTF8.self) == "sfbk")
    let lists = chunks(whole.body.dropFirst(4))
    #expect(lists.map { String(decoding: $0.body.prefix(4), as: UTF8.self) } == ["INFO", "sdta", "pdta"])
    let sound = Dictionary(uniqueKeysWithValues: chunks(lists[1].body.dropFirst(4)).map { ($0.name, $0.body) })
    let hydra = Dictionary(uniqueKeysWithValues: chunks(lists[2].body.dropFirst(4)).map { ($0.name, $0.body) })
    // The first take alone.
    let samples = try #require(sound["smpl"])
    #expect(samples.count == 2 * (6 + 46) && sound["sm24"]?.count == 6 + 46)
    let headers = try #require(hydra["shdr"])
    #expect(headers.count == 2 * 46)
    let fields = headers.dropFirst(20)
    #expect((0..<5).map { long(fields, 4 * $0) } == [0, 6, 2, 5, 44_100])
    #expect(fields[fields.startIndex + 20] == 49 && Int8(bitPattern: fields[fields.startIndex + 21]) == -7)
    let zone = try #require(hydra["igen"])
    let generators = stride(from: 0, to: zone.count, by: 4).map { (word(zone, $0), word(zone, $0 + 2)) }
    #expect(generators[0] == (43, 48 | 50 << 8) && generators[1] == (44, 1 | 63 << 8))
    #expect(generators.contains { $0 == (54, 1) } && generators.contains { $0 == (58, 49) })
    // The last of a zone names its sample; behind it stands the end.
    #expect(generators[generators.count - 2] == (53, 0) && generators[generators.count - 1] == (0, 0))
    #expect(hydra["phdr"]?.count == 2 * 38 && hydra["ibag"]?.count == 2 * 4 && hydra["inst"]?.count == 2 * 22)
  }

  @Test("A note of two channels is two linked samples, each on its side")
  func sides() throws {
    let wide = SampledNote(
      name: "D3", clip: AudioClip(channels: [[1, 0.5], [0, -0.5]], sampleRate: 44_100), root: 50, keys: 50...50)
    let file = SoundFont([notes[0], wide], name: "wide", isKit: false).bytes()
    let lists = chunks(try #require(chunks(file[...]).first).body.dropFirst(4))
    let hydra = Dictionary(uniqueKeysWithValues: chunks(lists[2].body.dropFirst(4)).map { ($0.name, $0.body) })
    let headers = try #require(hydra["shdr"])
    #expect(headers.count == 4 * 46)
    let ends = (0..<3).map { headers.dropFirst(46 * $0) }
    // The other side's sample, and the type: one channel, left, right.
    #expect(ends.map { word($0, 42) } == [0, 2, 1] && ends.map { word($0, 44) } == [1, 4, 2])
    #expect(ends.map { long($0, 20) } == [0, 52, 100] && ends.map { long($0, 24) } == [6, 54, 102])
    #expect(String(decoding: ends[1].prefix(9), as: UTF8.self) == "D3_v1_t1L")
    let zone = try #require(hydra["igen"])
    let generators = stride(from: 0, to: zone.count, by: 4).map { (word(zone, $0), word(zone, $0 + 2)) }
    #expect(generators.filter { $0.0 == 17 }.map { Int16(truncatingIfNeeded: $0.1) } == [-500, 500])
    #expect(generators.filter { $0.0 == 53 }.map(\.1) == [0, 1, 2])
    let sound = Dictionary(uniqueKeysWithValues: chunks(lists[1].body.dropFirst(4)).map { ($0.name, $0.body) })
    let samples = try #require(sound["smpl"])
    #expect(Int16(truncatingIfNeeded: word(samples, 2 * 101)) == -16_384)
  }

  @Test("A kit lies in the percussion bank, and its hats cut each other off")
  func kit() throws {
    let file = SoundFont([drum], name: "808", isKit: true).bytes()
    let lists = chunks(try #require(chunks(file[...]).first).body.dropFirst(4))
    let hydra = Dictionary(uniqueKeysWithValues: chunks(lists[2].body.dropFirst(4)).map { ($0.name, $0.body) })
    #expect(word(try #require(hydra["phdr"]), 22) == 128)
    let zone = try #require(hydra["igen"])
    #expect(stride(from: 0, to: zone.count, by: 4).contains { word(zone, $0) == 57 && word(zone, $0 + 2) == 1 })
  }
}

@Suite("An instrument's folder")
struct InstrumentFolderTests {
  @Test("Samples, players and list are written; samples are read again")
  func writes() throws {
    let folder = try TemporaryDirectory()
    let list = InstrumentList(prompt: "felt", model: "first", modelHash: "ab", seed: 3, notes: notes, isKit: false)
    let files = try InstrumentFolder(
      folder.url, name: "felt", notes: notes, formats: [.sfz, .sf2, .decentSampler], isKit: false, description: "felt"
    ).write(list: list.json())
    #expect(files.map(\.lastPathComponent) == ["felt.sfz", "felt.sf2", "felt.dspreset"])
    for sample in list.samples {
      let clip = try AudioFile.read(folder.url.appendingPathComponent(sample.file))
      #expect(clip.frameCount == (sample.take == 1 ? 6 : 3))
    }
    let read = try JSONDecoder().decode(
      InstrumentList.self, from: Data(contentsOf: folder.url.appendingPathComponent("instrument.json")))
    #expect(read == list && read.samples[0].loopEnd == 5)
  }
}
