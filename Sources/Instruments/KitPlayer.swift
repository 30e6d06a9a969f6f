public import Audio
import Foundation
public import Music

/// Plays a kit's samples, to the sample where their notes are.
public struct KitPlayer: Sendable {
  private let notes: [Int: [SampledNote]]
  /// As many as any sample has.
  private let channelCount: Int
  /// Seconds in which a drum falls silent that another of its group cuts off.
  private static let chokeSeconds = 0.02

  public init(_ notes: [SampledNote]) {
    channelCount = notes.map(\.clip.channelCount).max() ?? 1
    self.notes = Dictionary(grouping: notes, by: \.root)
  }

  /// The sound of some notes; a key without a sample plays nothing. Takes are played in turns, velocity is level: half of
  /// it is 12 dB (as SoundFont players have it).
  /// - Parameter tempo: quarter notes a minute.
  public func play(_ events: [NoteEvent], tempo: Double, frameCount: Int, sampleRate: Int) -> AudioClip {
    var channels = [[Float]](repeating: [Float](repeating: 0, count: frameCount), count: channelCount)
    var turns: [Int: Int] = [:]
    let ordered = events.sorted { ($0.startBeats, $0.key) < ($1.startBeats, $1.key) }
    for (place, event) in ordered.enumerated() {
      guard let takes = notes[event.key] else { continue }
      let note = takes[turns[event.key, default: 0] % takes.count]
      turns[event.key, default: 0] += 1
      func frame(_ beats: Double) -> Int { Int((beats * 60 / tempo * Double(sampleRate)).rounded()) }
      let start = frame(event.startBeats)
      let choked = note.chokeGroup.flatMap { group in
        ordered[(place + 1)...].first { later in
          later.startBeats > event.startBeats && notes[later.key]?.first?.chokeGroup == group
        }
      }
      let level = pow(Float(event.velocity) / 127, 2)
      for (channel, sound) in note.clip.mixed(channelCount: channelCount).channels.enumerated() {
        Self.add(
          sound, level, to: &channels[channel], at: start, until: choked.map { frame($0.startBeats) },
          fade: Int(Self.chokeSeconds * Double(sampleRate)))
      }
    }
    return AudioClip(channels: channels, sampleRate: sampleRate)
  }

  private static func add(
    _ sound: [Float], _ level: Float, to samples: inout [Float], at start: Int, until end: Int?, fade: Int
  ) {
    for (offset, value) in sound.enumerated() {
      let place = start + offset
      guard place < samples.count else { return }
      var gain = level
      if let end, place >= end {
        guard place < end + fade else { return }
        gain *= 1 - Float(place - end) / Float(fade)
      }
      samples[place] += gain * value
    }
  }
}
