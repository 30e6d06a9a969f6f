// The chunks of AIFF files (Apple, "Audio Interchange File Format", 1.3).
extension Chunk {
  /// All that an AIFF says of its sound. Its tag is one of ID3, as DJ programs write it; the chunk that Adobe has for XMP is one
  /// that libsndfile takes for the name of a program.
  static func aiff(_ facts: SoundFacts, frameCount: Int) -> Sides {
    var sides = Sides()
    let ends = facts.isLoop ? [SoundFacts.Cue(frame: 0, label: "loop"), .init(frame: frameCount, label: "end")] : []
    let points = ends + facts.cues
    if !points.isEmpty { sides.behind.append(marks(points)) }
    if facts.note != nil || facts.isLoop { sides.before.append(instrument(facts)) }
    var tag = ID3Tag(before: [])
    tag.add(facts)
    if !tag.isEmpty { sides.before.append(Chunk("ID3 ", tag.encoded)) }
    return sides
  }

  private static func marks(_ cues: [SoundFacts.Cue]) -> Chunk {
    Chunk("MARK", bigEndian: true) { writer in
      writer.add(UInt16(clamping: cues.count))
      for (index, cue) in cues.enumerated() {
        writer.add(UInt16(clamping: index + 1))
        writer.add(UInt32(clamping: cue.frame))
        // A Pascal string, whose length and characters together are an even number.
        let label = Array(cue.label.utf8.prefix(254))
        writer.add(UInt8(label.count))
        writer.add(bytes: label)
        if label.count % 2 == 0 { writer.add(UInt8(0)) }
      }
    }
  }

  private static func instrument(_ facts: SoundFacts) -> Chunk {
    Chunk("INST", bigEndian: true) { writer in
      writer.add(UInt8(facts.note?.key ?? 60))
      writer.add(Int8(-(facts.note?.cents ?? 0).rounded()))
      for bound: UInt8 in [0, 127, 1, 127] { writer.add(bound) }
      writer.add(Int16(0))  // gain
      let sustain: [UInt16] = facts.isLoop ? [1, 1, 2] : [0, 0, 0]  // forward, from the first mark to the second
      for number in sustain + [0, 0, 0] { writer.add(number) }
    }
  }
}
