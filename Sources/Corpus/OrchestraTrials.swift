package import Audio
import Foundation

/// Plays one kind of sound or one synthesizer with numbers as given, dry: what tests listen to and the contact sheet shows.
package final class OrchestraTrials {
  private let renderer: CsoundRenderer

  /// - Throws: `csoundMissing` or `csoundFailed`.
  package init() throws(CorpusError) {
    renderer = try CsoundRenderer()
  }

  package static var soundNames: [String] { Orchestra.sounds.map(\.name) }
  package static var synthNames: [String] { Orchestra.synths.map(\.name) }

  /// Synthesizers with a parameter of this name whose words are low and high ones.
  package static func synths(with parameter: String) -> [String] {
    Orchestra.synths.filter { family in
      family.parameters.contains { $0.name == parameter && $0.low != nil && $0.high != nil }
    }.map(\.name)
  }

  /// Kinds of sound with a parameter that goes from a dark word to a bright one, and that parameter.
  package static var coloured: [(sound: String, parameter: String)] {
    let (dark, bright) = (
      ["dark", "dull", "muffled", "soft", "mellow"], ["bright", "sharp", "hard", "harsh", "crisp"]
    )
    return Orchestra.sounds.flatMap { kind in
      kind.parameters.filter { parameter in
        parameter.low?.contains(where: dark.contains) == true
          && parameter.high?.contains(where: bright.contains) == true
      }.map { (kind.name, $0.name) }
    }
  }

  /// One sound of a kind, or its shortest series, as the instrument makes it.
  /// - Parameters:
  ///   - position: the place of every parameter in its range, 0 to 1.
  ///   - positions: places of single ones, by name.
  /// - Precondition: there is such a kind.
  /// - Throws: `csoundFailed`.
  package func sound(
    _ name: String, at position: Double = 0.5, positions: [String: Double] = [:], pan: Double = 0.5, seed: Int = 1
  ) throws(CorpusError) -> AudioClip {
    guard let kind = Orchestra.sounds.first(where: { $0.name == name }) else {
      preconditionFailure("No sound is called \(name)")
    }
    let values = kind.parameters.map { Self.value($0, at: positions[$0.name] ?? position) }
    let seconds = (kind.seconds[0] + kind.seconds[1]) / 2
    let count = kind.times?.least ?? 1
    let every = kind.times.map { ($0.every[0] + $0.every[1]) / 2 } ?? 0
    let pans = kind.place == .sweep ? [0.1, 0.9] : [pan, pan]
    let events = (0..<count).map { index in
      CsoundScore.Event(
        instrument: kind.instrument, startSeconds: Double(index) * every, durationSeconds: seconds,
        values: pans + values)
    }
    return try play(events, seconds: Double(count - 1) * every + seconds + 0.02, seed: seed)
  }

  /// A note held for `seconds`, with half a second after it.
  /// - Parameter positions: places of parameters in their ranges, by name; the others are in the middle.
  /// - Precondition: there is such a synthesizer.
  /// - Throws: `csoundFailed`.
  package func note(
    _ name: String, key: Int? = nil, seconds: Double = 1, positions: [String: Double] = [:], seed: Int = 1
  ) throws(CorpusError) -> AudioClip {
    guard let family = Orchestra.synths.first(where: { $0.name == name }) else {
      preconditionFailure("No synthesizer is called \(name)")
    }
    let key = key ?? (family.range[0] + family.range[1]) / 2
    let values = family.parameters.map { parameter in
      Self.value(parameter, at: positions[parameter.name] ?? 0.5) * (parameter.perBeat == true ? 2 : 1)
    }
    let whole = seconds + 0.5
    let hertz = 440 * exp2(Double(key - 69) / 12)
    let event = CsoundScore.Event(
      instrument: family.instrument, startSeconds: 0, durationSeconds: whole,
      values: [hertz, 0.8, 0.5, seconds] + values)
    return try play([event], seconds: whole, seed: seed)
  }

  private static func value(_ parameter: SoundParameter, at position: Double) -> Double {
    guard let choices = parameter.choices else { return parameter.at(position).value }
    return choices[min(Int(position * Double(choices.count)), choices.count - 1)].value
  }

  private func play(_ events: [CsoundScore.Event], seconds: Double, seed: Int) throws(CorpusError) -> AudioClip {
    let score = CsoundScore(
      seed: seed, seconds: seconds, events: events, finish: [Double](repeating: 0, count: Finish.fields.count))
    return AudioClip(channels: try renderer.render(score), sampleRate: CsoundRenderer.sampleRate)
  }
}
