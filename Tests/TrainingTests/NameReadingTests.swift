import Foundation
import Testing
import Training

/// Names as makers of samples write them, and the captions that a person would write.
@Suite("Names of samples are understood") struct NameReadingTests {
  /// A folder of samples: what is meant, by the names of its files.
  struct Pack: Sendable, CustomTestStringConvertible {
    let title: String
    let captions: KeyValuePairs<String, String>
    var testDescription: String { title }

    init(_ title: String, _ captions: KeyValuePairs<String, String>) { (self.title, self.captions) = (title, captions) }
  }

  static let table = try? NameTable.installed()

  private static func reader(_ names: [String]) throws -> NameReader {
    NameReader(names, table: try #require(table))
  }

  static let packs = [
    Pack(
      "a maker's prefix before every name",
      [
        "EE_Hat_Cl_Dirty.flac": "dirty closed hi-hat", "EE_Hat_Op.flac": "open hi-hat",
        "EE_Kick_Hard.flac": "hard kick drum", "EE_Snare_Rim_02.flac": "rimshot",
        "EE_Snare_Verb.flac": "reverberant snare drum",
        "EE_Crash_Long.flac": "long crash cymbal",
      ]),
    Pack(
      "prefixes with a number, numbers behind",
      [
        "VEH2 Kick Hard 01.wav": "hard kick drum", "VEH2 Kick Hard 02.wav": "hard kick drum",
        "VEH2 Clap 11.wav": "hand clap", "VEH2 Open Hat 007.wav": "open hi-hat", "VEH2 FX Uplifter 3.wav": "riser",
        "VEH2 Perc Shaker 12.wav": "shaker",
      ]),
    Pack(
      "small letters and underscores",
      [
        "bd_boom.flac": "kick drum boom", "bd_808.flac": "808 kick drum", "sn_zome.flac": "snare drum, zome",
        "hat_psych.wav": "hi-hat, psych", "perc_door.flac": "door", "ambi_glass_hum.flac": "glass ambience hum",
        "bass_drop_c.flac": "bass, drop", "elec_blip2.flac": "electronic blip", "vinyl_hiss.flac": "vinyl hiss",
        "drum_heavy_kick.flac": "heavy kick drum", "drum_cowbell.wav": "cowbell",
        "arovane_beat_a.flac": "arovane drum beat",
      ]),
    Pack(
      "camel case",
      [
        "BassDrum1.wav": "kick drum", "HatClosed2.wav": "closed hi-hat", "HatOpen.wav": "open hi-hat",
        "SnareRimshot.wav": "rimshot", "TomLow.wav": "low tom", "TomFloor.wav": "floor tom",
        "RideBell.wav": "ride bell",
        "CrashLeft.wav": "crash cymbal", "CowBell.wav": "cowbell",
      ]),
    Pack(
      "drum kits in folders",
      [
        "RockKit/Kick-Hard.wav": "hard rock kick drum", "RockKit/Kick-Softest.wav": "soft rock kick drum",
        "RockKit/HatPedal-Med.wav": "mid rock pedal hi-hat", "RockKit/Crash-Hard.wav": "hard rock crash cymbal",
        "JazzKit/Snare-Brush.wav": "jazz brushed snare drum", "JazzKit/Ride-Tip.wav": "jazz ride cymbal tip",
      ]),
    Pack(
      "folders say what sounds",
      [
        "Kicks/909/BD01.wav": "909 kick drum", "Kicks/Dusty/01.wav": "dusty kick drum", "Snares/12.wav": "snare drum",
        "Hats/Closed/CH_03.wav": "closed hi-hat", "Vocals/Female/Ooh_01.wav": "female vocal, ooh",
        "Drum Loops/Funk_96.wav": "funk drum loop", "One Shots/Percussion/Shakers/x 4.wav": "shaker one-shot",
        "Guitars/lead_01.wav": "guitar lead",
      ]),
    Pack(
      "a drum machine's two letters",
      [
        "TR808/BD.wav": "808 kick drum", "TR808/SD.wav": "808 snare drum", "TR808/CP.wav": "808 hand clap",
        "TR808/CH.wav": "808 closed hi-hat", "TR808/OH.wav": "808 open hi-hat", "TR808/RS.wav": "808 rimshot",
        "TR808/CB.wav": "808 cowbell", "TR808/MA.wav": "808 maracas", "TR808/LT.wav": "808 low tom",
        "TR808/HC.wav": "808 hand clap", "TR808/CY.wav": "808 cymbal",
      ]),
    Pack(
      "loops with tempo and key",
      [
        "Pad_Am_120bpm.wav": "pad in A minor", "CPA_DrumLoop_174_Heavy.wav": "heavy drum loop",
        "CPA_Bassline_Fmin_128.wav": "bass line in F minor",
        "CPA_Synth Arp C#m 90 BPM.wav": "synth arpeggio in C# minor",
        "CPA_Gtr_Loop_Ebmaj_100.wav": "guitar loop in Eb major", "loop_drone_g_97.flac": "drone loop in G",
        "CPA_Vox_Chop_D minor_140bpm.wav": "vocal chop in D minor", "CPA_Top Loop 124bpm.wav": "drum loop without kick",
      ]),
    Pack(
      "pitched notes",
      [
        "Piano/Piano C#3.wav": "piano, C#3", "Piano/Piano A2.wav": "piano, A2", "Piano/Piano Bb4.wav": "piano, Bb4",
        "Vln_Pizz_G3.wav": "pizzicato violin, G3", "Rhodes_F#2_soft.wav": "soft electric piano, F#2",
        "Kick A2.wav": "kick drum",
      ]),
    Pack(
      "joined without a mark",
      [
        "kickdrum.wav": "kick drum", "hihat.wav": "hi-hat", "openhat.wav": "open hi-hat",
        "closedhat01.wav": "closed hi-hat",
        "snareroll.wav": "snare drum roll", "darkpad.wav": "dark pad", "drumloop.wav": "drum loop",
        "synthbrass.wav": "synth brass",
        "fingersnap.wav": "finger snap", "melonimpact.wav": "melon impact",
      ]),
    Pack(
      "orchestra and band",
      [
        "Str_Ens_Legato_Soft.wav": "legato soft strings, ens", "FHorn_Stacc_ff.wav": "staccato loud french horn",
        "Orch Hit 3.wav": "orchestra hit", "EGtr_Dist_Chug.wav": "distorted electric guitar, chug",
        "AcGtr_Strum_Up.wav": "up acoustic guitar strum", "Choir_Aah_Female.wav": "female choir, aah",
        "Glock_Hit.wav": "glockenspiel hit", "Timp_Roll_Long.wav": "long timpani roll",
      ]),
    Pack(
      "the Universal Category System",
      [
        "WEAPSwrd_Slash Fast_JD_MyLib.wav": "sword, slash fast",
        "AMBForst_Night Crickets_JD_MyLib.wav": "forest ambience, night crickets",
        "METLImpt_Pipe Drop on Concrete_JD_MyLib_04.wav": "metal impact, pipe drop on concrete",
        "DSGNBoom_Deep_JD_MyLib.wav": "designed boom, deep", "FEETHmn_Gravel_JD_MyLib.wav": "human footsteps, gravel",
        "UIClick_Soft_JD_MyLib.wav": "interface click, soft", "WINDGust_Trees_JD_MyLib.wav": "gusting wind, trees",
        "FOODMisc_Crunchy Apple_JD_MyLib.wav": "food, crunchy apple",
      ]),
    Pack(
      "sounds of games",
      [
        "sounds/explosion_big_02.wav": "big explosion", "sounds/footstep_grass_1.wav": "footsteps, grass",
        "sounds/doorOpen_1.ogg": "open door", "sounds/laserSmall_000.ogg": "small laser",
        "sounds/ui/click3.ogg": "interface click",
        "sounds/sword-unsheathe.wav": "sword, unsheathe", "sounds/coin.wav": "coin",
      ]),
    Pack(
      "phrases of English",
      [
        "Heavy rain on a tin roof.wav": "heavy rain on a tin roof", "Birds in the forest 03.wav": "birds in the forest",
        "Old car passing by with horn.mp3": "car passing by with horn",
      ]),
    Pack(
      "chords, and folders of speech and music",
      [
        "Strums/Guitar Csharp minor7b5_02.flac": "guitar strum, C#minor7b5",
        "Strums/Guitar Aminor_03.flac": "guitar strum in A minor",
        "Pads/Pad Dm7.wav": "pad, Dm7", "voices/British/Grenade.ogg": "voice, british grenade",
        "Music/Beach.ogg": "music, beach", "Music/call_of_the_winding_path.ogg": "music, call of the winding path",
      ]),
    Pack(
      "two marks before every name, tempos first",
      [
        "SO_AM_85_guitar_melody_sunny_Cmaj.wav": "guitar melody in C major, sunny",
        "SO_AM_90_piano_loop_rainy_Ebm.wav": "piano loop in Eb minor, rainy", "SO_AM_kick_thump.wav": "kick drum thud",
        "SO_AM_snare_crisp.wav": "crisp snare drum",
        "SO_AM_95_bass_loop_round_F#min.wav": "bass loop in F# minor, round",
      ]),
    Pack(
      "what was downloaded, with who uploaded it",
      [
        "12345__john__kick-drum-dry.wav": "dry kick drum", "67890__mary__rain-on-window.flac": "rain on window",
        "24680__bob__bell-c4.wav": "bell, C4",
      ]),
    Pack(
      "other languages' drums",
      ["kit/grosse caisse 1.wav": "kick drum", "kit/スネア 01.wav": "snare drum", "kit/Becken.wav": "cymbal"]),
    Pack(
      "words that nobody knows stay",
      ["zwoelf/Quietsche.wav": "zwoelf quietsche", "zwoelf/murmel 2.wav": "zwoelf murmel", "zwoelf/Flöte.wav": "flute"]),
  ]

  @Test("Captions", arguments: packs)
  func captions(pack: Pack) throws {
    let reader = try Self.reader(pack.captions.map(\.key))
    for (name, caption) in pack.captions {
      let reading = reader.reading(of: name)
      #expect(reading.caption == caption, "\(name)")
      #expect(!reading.saysNothing, "\(name)")
    }
  }

  @Test("There are eighty names at least, by many makers")
  func enough() { #expect(Self.packs.reduce(0) { $0 + $1.captions.count } >= 80) }

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
