import Testing

/// A folder of samples: what is meant, by the names of its files.
struct NamePack: Sendable, CustomTestStringConvertible {
  let title: String
  let captions: KeyValuePairs<String, String>
  var testDescription: String { title }

  init(_ title: String, _ captions: KeyValuePairs<String, String>) { (self.title, self.captions) = (title, captions) }
}

extension NamePack {
  static let all = [
    NamePack(
      "a maker's prefix before every name",
      [
        "EE_Hat_Cl_Dirty.flac": "dirty closed hi-hat", "EE_Hat_Op.flac": "open hi-hat",
        "EE_Kick_Hard.flac": "hard kick drum", "EE_Snare_Rim_02.flac": "rimshot",
        "EE_Snare_Verb.flac": "reverberant snare drum",
        "EE_Crash_Long.flac": "long crash cymbal",
      ]),
    NamePack(
      "prefixes with a number, numbers behind",
      [
        "VEH2 Kick Hard 01.wav": "hard kick drum", "VEH2 Kick Hard 02.wav": "hard kick drum",
        "VEH2 Clap 11.wav": "hand clap", "VEH2 Open Hat 007.wav": "open hi-hat", "VEH2 FX Uplifter 3.wav": "riser",
        "VEH2 Perc Shaker 12.wav": "shaker",
      ]),
    NamePack(
      "small letters and underscores",
      [
        "bd_boom.flac": "kick drum boom", "bd_808.flac": "808 kick drum", "sn_zome.flac": "snare drum, zome",
        "hat_psych.wav": "hi-hat, psych", "perc_door.flac": "door", "ambi_glass_hum.flac": "glass ambience hum",
        "bass_drop_c.flac": "bass, drop", "elec_blip2.flac": "electronic blip", "vinyl_hiss.flac": "vinyl hiss",
        "drum_heavy_kick.flac": "heavy kick drum", "drum_cowbell.wav": "cowbell",
        "arovane_beat_a.flac": "arovane drum beat",
      ]),
    NamePack(
      "camel case",
      [
        "BassDrum1.wav": "kick drum", "HatClosed2.wav": "closed hi-hat", "HatOpen.wav": "open hi-hat",
        "SnareRimshot.wav": "rimshot", "TomLow.wav": "low tom", "TomFloor.wav": "floor tom",
        "RideBell.wav": "ride bell",
        "CrashLeft.wav": "crash cymbal", "CowBell.wav": "cowbell",
      ]),
    NamePack(
      "drum kits in folders",
      [
        "RockKit/Kick-Hard.wav": "hard rock kick drum", "RockKit/Kick-Softest.wav": "soft rock kick drum",
        "RockKit/HatPedal-Med.wav": "mid rock pedal hi-hat", "RockKit/Crash-Hard.wav": "hard rock crash cymbal",
        "JazzKit/Snare-Brush.wav": "jazz brushed snare drum", "JazzKit/Ride-Tip.wav": "jazz ride cymbal tip",
      ]),
    NamePack(
      "folders say what sounds",
      [
        "Kicks/909/BD01.wav": "909 kick drum", "Kicks/Dusty/01.wav": "dusty kick drum", "Snares/12.wav": "snare drum",
        "Hats/Closed/CH_03.wav": "closed hi-hat", "Vocals/Female/Ooh_01.wav": "female vocal, ooh",
        "Drum Loops/Funk_96.wav": "funk drum loop", "One Shots/Percussion/Shakers/x 4.wav": "shaker one-shot",
        "Guitars/lead_01.wav": "guitar lead",
      ]),
    NamePack(
      "a drum machine's two letters",
      [
        "TR808/BD.wav": "808 kick drum", "TR808/SD.wav": "808 snare drum", "TR808/CP.wav": "808 hand clap",
        "TR808/CH.wav": "808 closed hi-hat", "TR808/OH.wav": "808 open hi-hat", "TR808/RS.wav": "808 rimshot",
        "TR808/CB.wav": "808 cowbell", "TR808/MA.wav": "808 maracas", "TR808/LT.wav": "808 low tom",
        "TR808/HC.wav": "808 hand clap", "TR808/CY.wav": "808 cymbal",
      ]),
    NamePack(
      "loops with tempo and key",
      [
        "Pad_Am_120bpm.wav": "pad in A minor", "CPA_DrumLoop_174_Heavy.wav": "heavy drum loop",
        "CPA_Bassline_Fmin_128.wav": "bass line in F minor",
        "CPA_Synth Arp C#m 90 BPM.wav": "synth arpeggio in C# minor",
        "CPA_Gtr_Loop_Ebmaj_100.wav": "guitar loop in Eb major", "loop_drone_g_97.flac": "drone loop in G",
        "CPA_Vox_Chop_D minor_140bpm.wav": "vocal chop in D minor", "CPA_Top Loop 124bpm.wav": "drum loop without kick",
      ]),
    NamePack(
      "pitched notes",
      [
        "Piano/Piano C#3.wav": "piano, C#3", "Piano/Piano A2.wav": "piano, A2", "Piano/Piano Bb4.wav": "piano, Bb4",
        "Vln_Pizz_G3.wav": "pizzicato violin, G3", "Rhodes_F#2_soft.wav": "soft electric piano, F#2",
        "Kick A2.wav": "kick drum",
      ]),
    NamePack(
      "joined without a mark",
      [
        "kickdrum.wav": "kick drum", "hihat.wav": "hi-hat", "openhat.wav": "open hi-hat",
        "closedhat01.wav": "closed hi-hat",
        "snareroll.wav": "snare drum roll", "darkpad.wav": "dark pad", "drumloop.wav": "drum loop",
        "synthbrass.wav": "synth brass",
        "fingersnap.wav": "finger snap", "melonimpact.wav": "melon impact",
      ]),
    NamePack(
      "orchestra and band",
      [
        "Str_Ens_Legato_Soft.wav": "legato soft strings, ens", "FHorn_Stacc_ff.wav": "staccato loud french horn",
        "Orch Hit 3.wav": "orchestra hit", "EGtr_Dist_Chug.wav": "distorted electric guitar, chug",
        "AcGtr_Strum_Up.wav": "up acoustic guitar strum", "Choir_Aah_Female.wav": "female choir, aah",
        "Glock_Hit.wav": "glockenspiel hit", "Timp_Roll_Long.wav": "long timpani roll",
      ]),
    NamePack(
      "the Universal Category System",
      [
        "WEAPSwrd_Slash Fast_JD_MyLib.wav": "sword, slash fast",
        "AMBForst_Night Crickets_JD_MyLib.wav": "forest ambience, night crickets",
        "METLImpt_Pipe Drop on Concrete_JD_MyLib_04.wav": "metal impact, pipe drop on concrete",
        "DSGNBoom_Deep_JD_MyLib.wav": "designed boom, deep", "FEETHmn_Gravel_JD_MyLib.wav": "human footsteps, gravel",
        "UIClick_Soft_JD_MyLib.wav": "interface click, soft", "WINDGust_Trees_JD_MyLib.wav": "gusting wind, trees",
        "FOODMisc_Crunchy Apple_JD_MyLib.wav": "food, crunchy apple",
      ]),
    NamePack(
      "sounds of games",
      [
        "sounds/explosion_big_02.wav": "big explosion", "sounds/footstep_grass_1.wav": "footsteps, grass",
        "sounds/doorOpen_1.ogg": "open door", "sounds/laserSmall_000.ogg": "small laser",
        "sounds/ui/click3.ogg": "interface click",
        "sounds/sword-unsheathe.wav": "sword, unsheathe", "sounds/coin.wav": "coin",
      ]),
    NamePack(
      "phrases of English",
      [
        "Heavy rain on a tin roof.wav": "heavy rain on a tin roof", "Birds in the forest 03.wav": "birds in the forest",
        "Old car passing by with horn.mp3": "car passing by with horn",
      ]),
    NamePack(
      "chords, and folders of speech and music",
      [
        "Strums/Guitar Csharp minor7b5_02.flac": "guitar strum, C#minor7b5",
        "Strums/Guitar Aminor_03.flac": "guitar strum in A minor",
        "Pads/Pad Dm7.wav": "pad, Dm7", "voices/British/Grenade.ogg": "voice, british grenade",
        "Music/Beach.ogg": "music, beach", "Music/call_of_the_winding_path.ogg": "music, call of the winding path",
      ]),
    NamePack(
      "two marks before every name, tempos first",
      [
        "SO_AM_85_guitar_melody_sunny_Cmaj.wav": "guitar melody in C major, sunny",
        "SO_AM_90_piano_loop_rainy_Ebm.wav": "piano loop in Eb minor, rainy", "SO_AM_kick_thump.wav": "kick drum thud",
        "SO_AM_snare_crisp.wav": "crisp snare drum",
        "SO_AM_95_bass_loop_round_F#min.wav": "bass loop in F# minor, round",
      ]),
    NamePack(
      "letters among tonics are tonics, and among takes they are takes",
      [
        "Pads/Pad C.wav": "pad in C", "Pads/Pad F#.wav": "pad in F#", "Pads/Pad A.wav": "pad in A",
        "Pads/Pad Bb.wav": "pad in Bb", "Leads/Lead A.wav": "lead", "Leads/Lead B.wav": "lead",
        "Leads/Lead C.wav": "lead",
      ]),
    NamePack(
      "what was downloaded, with who uploaded it",
      [
        "12345__john__kick-drum-dry.wav": "dry kick drum", "67890__mary__rain-on-window.flac": "rain on window",
        "24680__bob__bell-c4.wav": "bell, C4",
      ]),
    NamePack(
      "other languages' drums",
      ["kit/grosse caisse 1.wav": "kick drum", "kit/スネア 01.wav": "snare drum", "kit/Becken.wav": "cymbal"]),
    NamePack(
      "words that nobody knows stay",
      ["zwoelf/Quietsche.wav": "zwoelf quietsche", "zwoelf/murmel 2.wav": "zwoelf murmel", "zwoelf/Flöte.wav": "flute"]),
  ]
}
