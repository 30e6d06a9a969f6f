// The chunks of WAV files that say what samplers and sequencers want to know. Their layouts: Microsoft's "Multiple Channel Audio
// Data" and "New Multimedia Data Types" (smpl, inst, cue, adtl), EBU Tech 3285 (bext), Adobe's XMP part 3 (_PMX); of acid there
// is no public text, and libsndfile, ExifTool and others agree on it.
extension Chunk {
  /// All that a WAV says of its sound. Cues stand behind the audio: libsndfile reads no more than 100 kB before it.
  /// - Parameters:
  ///   - frameCount: of the file.
  ///   - history: a line of `bext`'s coding history without its means.
  static func wave(_ facts: SoundFacts, frameCount: Int, sampleRate: Int, history: String) -> Sides {
    var chunks: [Chunk] = []
    if let origin = facts.origin { chunks.append(broadcast(origin, history: history)) }
    if facts.note != nil || facts.isLoop || facts.sustain != nil {
      chunks.append(sampler(facts, frameCount: frameCount, sampleRate: sampleRate))
    }
    if let note = facts.note { chunks.append(instrument(note)) }
    if let acid = acid(facts) { chunks.append(acid) }
    if let xmp = XMPPacket.text(facts) { chunks.append(Chunk("_PMX", Array(xmp.utf8))) }
    if let tag = ID3Tag(musicOf: facts) { chunks.append(Chunk("id3 ", tag.encoded)) }
    return Sides(before: chunks, behind: facts.cues.isEmpty ? [] : [cuePoints(facts.cues), labels(facts.cues)])
  }

  /// The root note, and a loop over all frames, or those that a held key repeats.
  private static func sampler(_ facts: SoundFacts, frameCount: Int, sampleRate: Int) -> Chunk {
    // The fraction goes upwards only, and counts a semitone as 2³². A program that does not read it would play a sound a
    // semitone off whose key is the one below: so a little too low is told as in tune.
    let note = facts.note ?? SoundFacts.Note(key: 60)
    let (key, cents) =
      note.cents < -lowestInTune && note.key > 0 ? (note.key - 1, 100 + note.cents) : (note.key, max(0, note.cents))
    let loop = facts.sustain ?? (facts.isLoop ? 0..<frameCount : nil)
    return Chunk("smpl") { writer in
      writer.add(UInt32(0))  // manufacturer, product: any
      writer.add(UInt32(0))
      writer.add(UInt32((1e9 / Double(sampleRate)).rounded()))
      writer.add(UInt32(key))
      writer.add(UInt32(min(cents / 100 * 4_294_967_296, 4_294_967_295)))
      writer.add(UInt32(0))  // no time code, and its offset
      writer.add(UInt32(0))
      writer.add(UInt32(loop == nil ? 0 : 1))
      writer.add(UInt32(0))  // no more data
      guard let loop else { return }
      writer.add(UInt32(0))  // its number
      writer.add(UInt32(0))  // forward
      writer.add(UInt32(clamping: loop.lowerBound))
      writer.add(UInt32(clamping: loop.upperBound - 1))  // the last frame that plays
      writer.add(UInt32(0))
      writer.add(UInt32(0))  // for ever
    }
  }

  /// Cents that a sound may be too low and still have its own key in `smpl`.
  private static let lowestInTune = 10.0

  /// The root note for programs that do not read `smpl`; its fine tuning is what brings the sound to the key.
  private static func instrument(_ note: SoundFacts.Note) -> Chunk {
    Chunk("inst") { writer in
      writer.add(UInt8(note.key))
      writer.add(Int8(-note.cents.rounded()))
      writer.add(Int8(0))  // gain
      for bound: UInt8 in [0, 127, 1, 127] { writer.add(bound) }  // keys and velocities
    }
  }

  /// What makes a sequencer stretch the file to its tempo, or leave it alone; nil for a loop of which no tempo is known.
  ///
  /// A file whose beginning and end lie on beats follows the tempo. Any other is a one-shot, though its tempo may be known: a
  /// number of beats that is not its length would have it play at another tempo than it says.
  private static func acid(_ facts: SoundFacts) -> Chunk? {
    guard !facts.isLoop || facts.tempo != nil else { return nil }
    let (oneShot, hasRoot, stretches): (UInt32, UInt32, UInt32) = (0x01, 0x02, 0x04)
    let root = facts.note.map { $0.key % 12 } ?? facts.pitchClass ?? facts.key?.tonic
    let beats = facts.tempo == nil ? nil : facts.beats
    return Chunk("acid") { writer in
      writer.add((beats == nil ? oneShot : stretches) | (root == nil ? 0 : hasRoot))
      writer.add(UInt16(0x30 + (root ?? 12)))  // 0x30 … 0x3B for C … B; 0x3C is what files without a root have
      writer.add(UInt16(0x8000))
      writer.add(Float(0))
      writer.add(UInt32(clamping: beats ?? 0))
      writer.add(UInt16(clamping: facts.meter?.denominator ?? 4))
      writer.add(UInt16(clamping: facts.meter?.numerator ?? 4))
      writer.add(Float(facts.tempo ?? 0))
    }
  }

  private static func cuePoints(_ cues: [SoundFacts.Cue]) -> Chunk {
    Chunk("cue ") { writer in
      writer.add(UInt32(clamping: cues.count))
      for (index, cue) in cues.enumerated() {
        writer.add(UInt32(index + 1))
        writer.add(UInt32(clamping: cue.frame))
        writer.add(text: "data")
        writer.add(UInt32(0))
        writer.add(UInt32(0))
        writer.add(UInt32(clamping: cue.frame))
      }
    }
  }

  private static func labels(_ cues: [SoundFacts.Cue]) -> Chunk {
    Chunk("LIST") { writer in
      writer.add(text: "adtl")
      for (index, cue) in cues.enumerated() {
        let label = Chunk("labl") { label in
          label.add(UInt32(index + 1))
          label.add(bytes: Array(cue.label.utf8) + [0])
        }
        writer.add(bytes: label.encoded(bigEndian: false))
      }
    }
  }

  /// `bext`, version 1. It has no date: the same request gives the same bytes, whenever it is made.
  private static func broadcast(_ origin: SoundFacts.Origin, history: String) -> Chunk {
    Chunk("bext") { writer in
      writer.add(ascii: origin.description, in: 256)
      writer.add(ascii: origin.program, in: 32)
      writer.add(ascii: "", in: 32 + 10 + 8)  // reference, date, time
      writer.add(UInt64(0))  // it begins at midnight
      writer.add(UInt16(1))
      writer.add(ascii: "", in: 64 + 190)  // UMID, and what later versions have
      let line = "\(history),T=\(origin.program); \(origin.means)\r\n"
      writer.add(bytes: ByteWriter.ascii(line))
    }
  }
}
