import Audio
import Foundation

/// An instrument as a SoundFont 2.04 bank of one preset ("SoundFont Technical Specification", 2.04, Creative 2006), which
/// nearly every player reads. The format has no round robins: it holds the first take of each note.
package struct SoundFont {
  /// Generators (section 8.1.2), by the operators of the specification.
  private enum Operator: UInt16 {
    case pan = 17
    case releaseVolumeEnvelope = 38
    case instrument = 41
    case keyRange = 43
    case velocityRange = 44
    case sampleID = 53
    case sampleModes = 54
    case exclusiveClass = 57
    case overridingRootKey = 58
  }

  /// Frames of silence that have to follow every sample.
  private static let guardFrames = 46

  /// The longest release there is, in seconds.
  private static let endless = 100.0

  /// What is played at once of a note: one channel, all of it or a side. Sides are linked, as samples of type left and right.
  private struct Voice {
    enum Side: UInt16 {
      case whole = 1
      case right = 2
      case left = 4
    }
    let note: SampledNote
    let side: Side
    let samples: [Float]
    /// The voice of the other side; 0 for none.
    var link = 0
  }

  private let voices: [Voice]
  private let name: String
  private let bank: UInt16

  /// - Parameter isKit: whether it is a kit, which lies in bank 128.
  package init(_ notes: [SampledNote], name: String, isKit: Bool) {
    voices = Self.voices(notes.filter { $0.take == 0 })
    (self.name, bank) = (name, isKit ? 128 : 0)
  }

  private static func voices(_ notes: [SampledNote]) -> [Voice] {
    var voices: [Voice] = []
    for note in notes {
      guard note.clip.channelCount > 1 else {
        voices.append(Voice(note: note, side: .whole, samples: note.clip.samples))
        continue
      }
      let (sides, first) = (note.clip.mixed(channelCount: 2).channels, voices.count)
      voices.append(Voice(note: note, side: .left, samples: sides[0], link: first + 1))
      voices.append(Voice(note: note, side: .right, samples: sides[1], link: first))
    }
    return voices
  }

  /// The file.
  package func bytes() -> [UInt8] {
    let (high, low, places) = samples()
    let sound = Self.list("sdta", Self.chunk("smpl", high) + Self.chunk("sm24", low))
    return Self.chunk("RIFF", Array("sfbk".utf8) + information() + sound + hydra(places))
  }

  private func information() -> [UInt8] {
    let version: [UInt8] = [2, 0, 4, 0]
    return Self.list(
      "INFO",
      Self.chunk("ifil", version) + Self.chunk("isng", Self.text("EMU8000")) + Self.chunk("INAM", Self.text(name))
        + Self.chunk("ISFT", Self.text("Hiss")))
  }

  /// All samples in a row: their upper 16 bits, their lowest 8, and the first frame of each.
  private func samples() -> (high: [UInt8], low: [UInt8], places: [Int]) {
    var (high, low, places): ([UInt8], [UInt8], [Int]) = ([], [], [])
    for voice in voices {
      places.append(low.count)
      for value in voice.samples {
        let word = Int32((max(-1, min(1, value)) * 8_388_607).rounded())
        low.append(UInt8(truncatingIfNeeded: word))
        high.append(UInt8(truncatingIfNeeded: word >> 8))
        high.append(UInt8(truncatingIfNeeded: word >> 16))
      }
      low += [UInt8](repeating: 0, count: Self.guardFrames)
      high += [UInt8](repeating: 0, count: 2 * Self.guardFrames)
    }
    return (high, low, places)
  }

  /// The nine lists of what is played how.
  private func hydra(_ places: [Int]) -> [UInt8] {
    let end = UInt16(voices.count)
    let presets = Self.name(name) + Self.words([0, bank, 0]) + [UInt8](repeating: 0, count: 12)
    let lastPreset = Self.name("EOP") + Self.words([0, 0, 1]) + [UInt8](repeating: 0, count: 12)
    let zones = voices.indices.map(generators)
    var bags: [UInt8] = []
    var first = 0
    for zone in zones {
      bags += Self.words([UInt16(first), 0])
      first += zone.count
    }
    let noModulator = [UInt8](repeating: 0, count: 10)
    return Self.list(
      "pdta",
      Self.chunk("phdr", presets + lastPreset) + Self.chunk("pbag", Self.words([0, 0, 1, 0]))
        + Self.chunk("pmod", noModulator)
        + Self.chunk("pgen", Self.words([Operator.instrument.rawValue, 0, 0, 0]))
        + Self.chunk("inst", Self.name(name) + Self.words([0]) + Self.name("EOI") + Self.words([end]))
        + Self.chunk("ibag", bags + Self.words([UInt16(first), 0])) + Self.chunk("imod", noModulator)
        + Self.chunk(
          "igen", zones.joined().flatMap { Self.words([$0.0.rawValue, $0.1]) } + Self.words([0, 0]))
        + Self.chunk("shdr", headers(places)))
  }

  /// Of a voice's zone, in the order that the specification wants: ranges first, the sample last.
  private func generators(of place: Int) -> [(Operator, UInt16)] {
    let (note, side) = (voices[place].note, voices[place].side)
    // What is played to its end does not fade when its key is let go.
    let release = note.isOneShot ? Self.endless : note.release
    func range(_ values: ClosedRange<Int>) -> UInt16 { UInt16(values.lowerBound) | UInt16(values.upperBound) << 8 }
    // In tenths of a percent.
    let pan: [(Operator, UInt16)] =
      side == .whole ? [] : [(.pan, UInt16(bitPattern: side == .left ? -500 : 500))]
    var generators: [(Operator, UInt16)] =
      [(.keyRange, range(note.keys)), (.velocityRange, range(note.velocities))] + pan + [
        (.releaseVolumeEnvelope, UInt16(bitPattern: Int16(max(-12_000, min(8000, 1200 * log2(release)))))),
        (.sampleModes, note.loop == nil ? 0 : 1), (.overridingRootKey, UInt16(note.root)),
      ]
    if let group = note.chokeGroup { generators.append((.exclusiveClass, UInt16(group))) }
    return generators + [(.sampleID, UInt16(place))]
  }

  private func headers(_ places: [Int]) -> [UInt8] {
    var bytes: [UInt8] = []
    for (voice, start) in zip(voices, places) {
      let note = voice.note
      let loop = note.loop ?? 8..<max(9, note.clip.frameCount - 8)
      let side = [.left: "L", .right: "R"][voice.side] ?? ""
      bytes += Self.name(note.stem.prefix(19 - side.count) + side)
      bytes += Self.longs([
        start, start + note.clip.frameCount, start + loop.lowerBound, start + loop.upperBound, note.clip.sampleRate,
      ])
      let correction = Int8(max(-99, min(99, -(note.cents ?? 0).rounded())))
      bytes +=
        [UInt8(note.root), UInt8(bitPattern: correction)] + Self.words([UInt16(voice.link), voice.side.rawValue])
    }
    return bytes + Self.name("EOS") + [UInt8](repeating: 0, count: 26)
  }

  private static func chunk(_ name: String, _ body: [UInt8]) -> [UInt8] {
    Array(name.utf8) + longs([body.count]) + body + (body.count % 2 == 0 ? [] : [0])
  }

  private static func list(_ name: String, _ body: [UInt8]) -> [UInt8] { chunk("LIST", Array(name.utf8) + body) }

  /// A text with one or two zeros behind it, so that its length is even.
  private static func text(_ text: String) -> [UInt8] {
    let ascii = text.unicodeScalars.map { $0.isASCII ? UInt8($0.value) : UInt8(ascii: "?") }.prefix(254)
    return Array(ascii) + (ascii.count % 2 == 0 ? [0, 0] : [0])
  }

  /// A name of 20 bytes, the last of which is 0.
  private static func name(_ text: some StringProtocol) -> [UInt8] {
    let ascii = text.unicodeScalars.map { $0.isASCII ? UInt8($0.value) : UInt8(ascii: "?") }.prefix(19)
    return Array(ascii) + [UInt8](repeating: 0, count: 20 - ascii.count)
  }

  private static func words(_ values: [UInt16]) -> [UInt8] {
    values.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
  }

  private static func longs(_ values: [Int]) -> [UInt8] {
    values.flatMap { value in (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
  }
}
