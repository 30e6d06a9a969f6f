import Music

/// Looks through the tables that composing trusts.
package enum CorpusTables {
  /// Names that one table uses and no other defines.
  package static var unknownNames: [String] {
    var unknown: [String] = []
    let drumStyles = Set(DrumStyle.everything.map(\.name))
    for style in EnsembleStyle.everything {
      unknown += (style.drums?.instruments ?? []).filter { !drumStyles.contains($0) }
      for layer in [style.bass, style.chords, style.lead].compactMap({ $0 }) {
        unknown += layer.instruments.filter { InstrumentCatalogue.byName[$0] == nil }
      }
    }
    return unknown
  }

  /// Patterns with a bar that is not three or four steps to the quarter note: a character too many or too few.
  package static var unevenPatterns: [String] {
    let grooves = DrumStyle.everything.flatMap { style in
      style.grooves.flatMap { $0.map { ($0.steps, style.timeSignature) } }
    }
    let layers = EnsembleStyle.everything.flatMap { style in
      [style.bass, style.chords].compactMap { $0 }.flatMap(\.patterns).map { ($0, style.timeSignature) }
    }
    let words: Set<String> = ["walk", "hold", "arpeggio", "picked", "stabs"]
    return (grooves + layers).filter { text, timeSignature in
      !words.contains(text)
        && text.split(separator: "|").contains { bar in
          let steps = Double(bar.count) / timeSignature.quartersPerBar
          return timeSignature.isCompound ? steps != 4 && steps != 2 : steps != 4 && steps != 3
        }
    }.map(\.0)
  }

  /// Every chord of every progression, over C, by name: reading them all proves the numerals well formed.
  package static var chordNames: Set<String> {
    Set(ProgressionCatalogue.all.flatMap { $0.chords(tonic: PitchClass(0)) }.map { $0.name() })
  }

  /// Instruments of which `InstrumentRange` says by their names that they play less than three quarters of what they do here.
  package static var misplacedInstruments: [String] {
    InstrumentCatalogue.all.filter { instrument in
      guard let known = InstrumentRange.keys(of: instrument.name) else { return true }
      let own =
        instrument.range.lowerBound + (instrument.soundingOffset ?? 0)...instrument.range.upperBound
        + (instrument.soundingOffset ?? 0)
      return 4 * own.count { known.contains($0) } < 3 * own.count
    }.map(\.name)
  }

  /// Instruments whose ranges leave the keyboard, or whose programs General MIDI lacks.
  package static var impossibleInstruments: [String] {
    InstrumentCatalogue.all.filter { instrument in
      !(0...127).contains(instrument.range.lowerBound) || !(0...127).contains(instrument.range.upperBound)
        || instrument.range.count < 15 || instrument.programs.isEmpty
        || !instrument.programs.allSatisfy { (0..<GeneralMIDI.programNames.count).contains($0) }
    }.map(\.name)
  }
}
