import Audio
import Instruments
import Music
import Testing

@Suite("A kit plays its notes")
struct KitPlayerTests {
  private static func drum(_ key: Int, _ value: Float, count: Int = 4, take: Int = 0, group: Int? = nil) -> SampledNote
  {
    SampledNote(
      name: "d\(key)", clip: AudioClip(mono: [Float](repeating: value, count: count), sampleRate: 100), root: key,
      keys: key...key, take: take, chokeGroup: group)
  }

  @Test("To the sample where they are, as loud as they are struck, takes in turns; what has no sample is left out")
  func places() {
    let player = KitPlayer([Self.drum(36, 1), Self.drum(36, 0.5, take: 1)])
    let events = [0.0, 1, 2].map { NoteEvent(startBeats: $0, durationBeats: 0.1, key: 36, velocity: 127) }
    let clip = player.play(
      events + [NoteEvent(startBeats: 0.5, durationBeats: 0.1, key: 40, velocity: 127)], tempo: 60, frameCount: 202,
      sampleRate: 100)
    var wanted = [Float](repeating: 0, count: 202)
    for (start, value) in [(0, Float(1)), (100, 0.5), (200, 1)] {
      for offset in 0..<4 where start + offset < 202 { wanted[start + offset] = value }
    }
    #expect(clip.samples == wanted)
    let soft = player.play(
      [NoteEvent(startBeats: 0, durationBeats: 1, key: 36, velocity: 64)], tempo: 60, frameCount: 1, sampleRate: 100)
    #expect(abs(soft.samples[0] - 0.254) < 0.001)
  }

  @Test("A kit with a sample of two channels plays on both, and one of one channel lies in the middle")
  func channels() {
    var wide = Self.drum(38, 0)
    wide.clip = AudioClip(channels: [[1, 1], [0, -1]], sampleRate: 100)
    let events = [(36, 0.0), (38, 1)].map {
      NoteEvent(startBeats: $0.1, durationBeats: 0.1, key: $0.0, velocity: 127)
    }
    let clip = KitPlayer([Self.drum(36, 0.5), wide]).play(events, tempo: 60, frameCount: 110, sampleRate: 100)
    #expect(clip.channelCount == 2 && clip.channels.map { $0[0] } == [0.5, 0.5])
    #expect(clip.channels.map { Array($0[100..<103]) } == [[1, 1, 0], [0, -1, 0]])
  }

  @Test("A closed hi-hat cuts an open one off")
  func chokes() {
    let player = KitPlayer([Self.drum(46, 1, count: 100, group: 1), Self.drum(42, 0, count: 1, group: 1)])
    let clip = player.play(
      [
        NoteEvent(startBeats: 0, durationBeats: 1, key: 46, velocity: 127),
        NoteEvent(startBeats: 0.5, durationBeats: 1, key: 42, velocity: 127),
      ], tempo: 60, frameCount: 100, sampleRate: 100)
    #expect(clip.samples[49] == 1 && clip.samples[52...].allSatisfy { $0 == 0 })
  }
}
