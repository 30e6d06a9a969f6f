import Music

/// A drum machine with its knobs set: which instrument of the orchestras plays a voice, with which numbers.
struct DrumMachine: Sendable, Equatable {
  /// A voice's stroke: the instrument, its numbers from p6 on, how long it lasts at most, and its loudness among the others.
  struct Sound: Sendable, Equatable {
    var instrument: String
    var values: [Double]
    var seconds: Double
    var level = 1.0
    var place = 0.5
  }

  let kit: DrumKit
  private let sounds: [DrumVoice: Sound]

  /// - Precondition: the kit is a machine's.
  init(_ kit: DrumKit, random: inout CorpusRandom) {
    precondition(kit.isMachine, "Nobody builds \(kit) of oscillators")
    self.kit = kit
    let tune = random.uniform(0.88, 1.14)
    let is909 = kit == .tr909
    func drawn(_ low: Double, _ high: Double) -> Double { random.uniform(low, high) }
    // Drawn in one order for any kit.
    let kick = Sound(
      instrument: "MachineKick",
      values: is909
        ? [drawn(46, 58) * tune, drawn(0.28, 0.6), drawn(2.8, 5), drawn(0.5, 1), drawn(0, 0.7)]
        : [drawn(40, 54) * tune, drawn(0.5, 1.6), drawn(1.5, 2.4), drawn(0, 0.3), drawn(0, 0.5)],
      seconds: is909 ? 0.7 : 1.6, level: 1)
    let snare = Sound(
      instrument: "MachineSnare",
      values: [drawn(165, 215) * tune, drawn(0.12, 0.3), drawn(0.3, 1), is909 ? drawn(0.5, 1) : drawn(0.3, 0.8)],
      seconds: 0.4, level: 1.1)
    let clap = Sound(instrument: "MachineClap", values: [drawn(0.12, 0.35), drawn(0, 1)], seconds: 0.45, level: 1.3)
    let (height, metal) = (drawn(0, 1), is909 ? drawn(0.15, 0.5) : drawn(0.6, 1))
    let closed = Sound(
      instrument: "MachineHat", values: [drawn(0.035, 0.09), height, metal], seconds: 0.12, level: 1.8, place: 0.56)
    let open = Sound(
      instrument: "MachineHat", values: [drawn(0.3, 0.7), height, metal], seconds: 0.6, level: 1.8, place: 0.56)
    let (tom, ring, shade) = (drawn(78, 98) * tune, drawn(0.25, 0.6), is909 ? drawn(0.2, 0.6) : drawn(0.6, 1))
    let rim = Sound(
      instrument: "MachineRim", values: [drawn(1600, 2000) * tune, 0.03], seconds: 0.08, level: 0.6, place: 0.44)
    let bell = Sound(
      instrument: "MachineCowbell", values: [tune * drawn(0.94, 1.06), drawn(0.15, 0.4)], seconds: 0.45, level: 0.5,
      place: 0.4)
    let shaker = Sound(
      instrument: "MachineShaker", values: [drawn(0.03, 0.07), drawn(0, 1)], seconds: 0.12, level: 1.6, place: 0.38)
    let crash = Sound(
      instrument: "MachineCymbal", values: [drawn(1, 2), height, 0.1], seconds: 2, level: 1.4, place: 0.6)
    let ride = Sound(
      instrument: "MachineCymbal", values: [drawn(0.4, 0.9), height, 0.8], seconds: 1, level: 1.1, place: 0.62)
    func drum(_ factor: Double, _ place: Double) -> Sound {
      Sound(
        instrument: "MachineTom", values: [tom * factor, ring, shade], seconds: 0.7, level: 0.9, place: place)
    }
    func click(_ factor: Double) -> Sound {
      var sound = rim
      sound.values = [2500 * factor * tune, 0.045]
      return sound
    }
    sounds = [
      .kick: kick, .snare: snare, .clap: clap, .rim: rim, .closedHat: closed, .pedalHat: closed, .openHat: open,
      .crash: crash, .ride: ride, .rideBell: ride, .triangle: ride, .cowbell: bell, .highAgogo: bell, .lowAgogo: bell,
      .cabasa: shaker, .maracas: shaker, .guiro: shaker, .tambourine: shaker, .claves: click(1), .woodblock: click(0.6),
      .lowTom: drum(1, 0.66), .midTom: drum(1.35, 0.55), .highMidTom: drum(1.6, 0.48), .highTom: drum(1.9, 0.38),
      .highTimbale: drum(2.6, 0.4), .lowConga: drum(2.1, 0.6), .openConga: drum(2.6, 0.52), .mutedConga: drum(3, 0.45),
      .lowBongo: drum(3.4, 0.45), .highBongo: drum(4.2, 0.4),
    ]
  }

  /// The notes of a drum track as strokes; an open cymbal ends where the pair is struck again.
  func events(of notes: [NoteEvent], secondsPerBeat: Double, seconds: Double) -> [CsoundScore.Event] {
    let pair: Set<Int> = [DrumVoice.closedHat.rawValue, DrumVoice.pedalHat.rawValue, DrumVoice.openHat.rawValue]
    let strikes = notes.filter { pair.contains($0.key) }.map { $0.startBeats * secondsPerBeat }.sorted()
    return notes.compactMap { note in
      guard let voice = DrumVoice(rawValue: note.key), let sound = sounds[voice] else { return nil }
      let start = note.startBeats * secondsPerBeat
      var length = min(sound.seconds, seconds - start)
      if voice == .openHat, let next = strikes.first(where: { $0 > start + 0.02 }) {
        length = min(length, next - start)
      }
      guard length > 0.03 else { return nil }
      let loudness = 0.5 * sound.level * (Double(note.velocity) / 127)
      return CsoundScore.Event(
        instrument: sound.instrument, startSeconds: start, durationSeconds: length,
        values: [loudness, sound.place] + sound.values)
    }
  }
}
