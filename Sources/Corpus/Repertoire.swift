import Music

/// What composing draws from.
///
/// `first` is what part `phrases` has always drawn from, so that its clips stay the same byte for byte. `world` has more
/// metres, styles, figures and kits, and gives instruments more to play.
enum Repertoire: Sendable, Equatable {
  case first, world

  var drumStyles: [DrumStyle] { self == .first ? DrumStyle.all : DrumStyle.everything }
  var ensembleStyles: [EnsembleStyle] { self == .first ? EnsembleStyle.all : EnsembleStyle.everything }
  var forces: [(PhraseKind.Forces, Double)] {
    self == .first ? PhraseKind.forces : [(.solo, 68), (.drums, 17), (.ensemble, 15)]
  }
  var hitKits: [DrumKit] {
    let kits: [DrumKit] = [.standard, .room, .power, .electronic, .tr808]
    return self == .first ? kits : kits + [.tr909, .tr909, .tr808, .jazz]
  }
  var fillKits: [DrumKit] {
    self == .first ? [.standard, .room, .power] : [.standard, .room, .power, .electronic, .tr909, .tr808]
  }

  /// - Precondition: there is such a style.
  func drumStyle(named name: String) -> DrumStyle {
    guard let style = drumStyles.first(where: { $0.name == name }) else { preconditionFailure("No drum style \(name)") }
    return style
  }

  /// What an instrument may play by itself.
  func uses(of instrument: Instrument) -> Instrument.Uses {
    let isGeneral = InstrumentCatalogue.byName[instrument.name] != nil
    return self == .world && isGeneral ? instrument.uses.union(Self.more(for: instrument)) : instrument.uses
  }

  /// What suits an instrument besides, so that words are learned apart from the instruments that they go with most often.
  private static func more(for instrument: Instrument) -> Instrument.Uses {
    guard instrument.soundingOffset != nil else { return [] }
    switch instrument.family {
    case .keys, .organ: return [.everything, .bass]
    case .mallets: return instrument.range.count > 24 ? .everything : []
    case .guitar: return instrument.uses.contains(.chord) ? .everything : [.riff]
    case .bass: return [.arpeggio, .melody, .riff, .bass]
    case .strings: return instrument.uses.contains(.chord) ? .everything : [.riff, .arpeggio]
    case .voice: return [.arpeggio, .riff]
    case .brass: return instrument.uses.contains(.chord) ? .everything : [.riff, .arpeggio]
    case .reed, .wind: return [.riff, .arpeggio]
    case .lead: return .everything
    case .pad: return [.arpeggio]
    case .world: return [.arpeggio, .riff]
    }
  }
}
