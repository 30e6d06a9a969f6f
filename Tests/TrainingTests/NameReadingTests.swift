import Foundation
import Testing
import Training

/// Names as makers of samples write them, and the captions that a person would write.
@Suite("Names of samples are understood") struct NameReadingTests {
  static let table = try? NameTable.installed()

  private static func reader(_ names: [String]) throws -> NameReader {
    NameReader(names, table: try #require(table))
  }

  @Test("Captions", arguments: NamePack.all)
  func captions(pack: NamePack) throws {
    let reader = try Self.reader(pack.captions.map(\.key))
    for (name, caption) in pack.captions {
      let reading = reader.reading(of: name)
      #expect(reading.caption == caption, "\(name)")
      #expect(!reading.saysNothing, "\(name)")
    }
  }

  @Test("There are eighty names at least, by many makers")
  func enough() { #expect(NamePack.all.reduce(0) { $0 + $1.captions.count } >= 80) }

  @Test("Categories, tempos, keys and notes become labels")
  func labels() throws {
    let names = [
      "CPA_Drum_Loop_174_Heavy.wav", "CPA_Pad_Am_120bpm.wav", "loop_drone_g_97.wav", "Piano C#3.wav",
      "Break 165.wav", "140 BPM/Bass_Fm_3.wav", "Synth Pad 92.5bpm.wav",
    ]
    let reader = try Self.reader(names)
    let readings = names.map(reader.reading)
    #expect(readings.map(\.tempo) == [174, 120, 97, nil, 165, 140, 92.5])
    #expect(readings.map(\.key) == [nil, "A minor", "G", nil, nil, "F minor", nil])
    #expect(readings.map(\.note) == [nil, nil, nil, "C#3", nil, nil, nil])
    #expect(readings.map(\.category) == ["drums", "pad", "drone", "keys", nil, "bass", "pad"])
  }

  @Test("A number that only counts is no tempo, nor is one beside a stroke")
  func counters() throws {
    let names = (95...104).map { "Drum Loop \($0).wav" } + ["Kick 120.wav", "Loop 0120.wav"]
    let reader = try Self.reader(names)
    #expect(names.allSatisfy { reader.reading(of: $0).tempo == nil })
    #expect(try Self.reader(["Drum Loop 99.wav", "Drum Loop 128.wav"]).reading(of: "Drum Loop 99.wav").tempo == 99)
  }

  @Test("A word that all recordings of one thing share is no maker's mark, and stays")
  func subjects() throws {
    let names = ["Nightingale_01.wav", "Nightingale_near_02.wav", "Nightingale_far.wav", "Nightingale_evening.wav"]
    let reader = try Self.reader(names)
    #expect(names.map { reader.reading(of: $0).caption }.allSatisfy { $0.contains("nightingale") })
    // The same word before sounds of all kinds is one.
    let pack = ["Nightingale_Kick.wav", "Nightingale_Snare.wav", "Nightingale_Pad_Am.wav", "Nightingale_Bass.wav"]
    let marked = try Self.reader(pack)
    #expect(pack.map { marked.reading(of: $0).caption } == ["kick drum", "snare drum", "pad in A minor", "bass"])
    #expect(marked.reading(of: pack[0]).leftOut == ["Nightingale"])
  }

  @Test("Two letters are believed only among others of their kind")
  func weakTerms() throws {
    let alone = try Self.reader(["CP_melting.wav", "oh_dear.wav", "ma_vie.wav"])
    #expect(alone.reading(of: "oh_dear.wav").category == nil && alone.reading(of: "ma_vie.wav").category == nil)
    let among = try Self.reader(["oh.wav", "bd.wav", "snare.wav"])
    #expect(among.reading(of: "oh.wav").caption == "open hi-hat")
  }

  @Test("Names that say nothing say so, and keep what is there")
  func nothing() throws {
    let reader = try Self.reader(["0001.wav", "12/34.wav", "Kick.wav"])
    #expect(["0001.wav", "12/34.wav", "Kick.wav"].map { reader.reading(of: $0).saysNothing } == [true, true, false])
    #expect(reader.reading(of: "0001.wav").caption == "0001")
  }

  @Test("The table can be added to, and says which line is none")
  func ownTable() throws {
    let table = try NameTable(lines: "# mine\nbrumm\tgrowling bass\tsource\tbass\n")
    #expect(NameReader(["Brumm_3.wav"], table: table).reading(of: "Brumm_3.wav").caption == "growling bass")
    #expect(throws: NameTable.MalformedLine(number: 2)) { try NameTable(lines: "a\tb\tsource\tc\nkick drum\n") }
    #expect(throws: NameTable.MalformedLine(number: 1)) { try NameTable(lines: "a\tb\tsauce\tc\n") }
  }

  @Test("Names of anything are read, the same in any order")
  func anything() throws {
    let letters = Array("abcdefgABCDEFG0123456789_- .#♯♭()[]'/\\,;+&%äéß漢カ🎵\u{200F}").map(String.init) + ["\u{301}"]
    var state: UInt64 = 3
    func next(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
    let names = (0..<2000).map { _ in (0..<next(30) + 1).map { _ in letters[next(letters.count)] }.joined() }
    let (reader, other) = (try Self.reader(names), try Self.reader(names.reversed()))
    for name in names {
      let reading = reader.reading(of: name)
      #expect(reading == other.reading(of: name), "\(name.debugDescription)")
      #expect(reading.tempo.map { NameReadingTests.tempos.contains($0) } ?? true)
    }
    let long = String(repeating: "kick", count: 500) + ".wav"
    #expect(try Self.reader([long]).reading(of: long).category == nil)
  }

  private static let tempos = 30.0...300.0

  @Test("Without a table, names are their words")
  func noTable() {
    let reader = NameReader(["Pads/warm_pad-03.wav"], table: .empty)
    #expect(reader.reading(of: "Pads/warm_pad-03.wav").caption == "pads warm pad")
  }
}
