import Foundation
import Music
import Spectra
import Synthesis
import Testing

@Suite("Low notes in tune")
struct PartialTuningTests {
  private let tuning = PartialTuning(sampleRate: 44_100)

  private func hertz(_ key: Int) -> Double { 440 * exp2(Double(key - 69) / 12) }

  /// A sawtooth of a key whose partials are so many cents off, the odd ones down and the even ones up.
  private func note(_ key: Int, cents: Double, vibrato: Double = 0, seconds: Double = 1.5) -> [Float] {
    var phases = [Double](repeating: 0.25, count: 12)
    return (0..<Int(seconds * 44_100)).map { sample in
      let sway = vibrato * sin(2 * Double.pi * 5.5 * Double(sample) / 44_100)
      var sum = 0.0
      for index in phases.indices {
        let order = Double(index + 1)
        let off = (index % 2 == 0 ? -cents : cents) + sway
        phases[index] += hertz(key) * order * exp2(off / 1200) / 44_100
        sum += 0.2 / order * sin(2 * Double.pi * phases[index] + order * order)
      }
      return Float(sum)
    }
  }

  private func track(_ key: Int, seconds: Double = 1.5) -> ControlTrack {
    ControlTrack(key: key, frameCount: Int(seconds * 57.5))
  }

  /// The amplitude and phase at a frequency, seen through a window of so many samples, 0.4 s, from a time on.
  private func tone(
    _ samples: [Float], _ hertz: Double, at start: Double, count: Int = 17_640
  ) -> (amplitude: Double, phase: Double) {
    let first = Int(start * 44_100)
    var (real, imaginary) = (0.0, 0.0)
    for offset in 0..<count {
      let window = 0.5 - 0.5 * cos(2 * Double.pi * Double(offset) / Double(count))
      let angle = 2 * Double.pi * hertz * Double(first + offset) / 44_100
      real += window * Double(samples[first + offset]) * cos(angle)
      imaginary -= window * Double(samples[first + offset]) * sin(angle)
    }
    return (4 * hypot(real, imaginary) / Double(count), atan2(imaginary, real))
  }

  /// How many cents a partial is off.
  private func cents(_ samples: [Float], _ hertz: Double) -> Double {
    let turned = (tone(samples, hertz, at: 0.52).phase - tone(samples, hertz, at: 0.5).phase) / (2 * Double.pi)
    let off = (turned - turned.rounded()) / 0.02
    return 1200 * log2(1 + off / hertz)
  }

  @Test(
    "Partials that are out of tune come back, each by itself", arguments: [28, 31, 33, 36, 40, 45, 52, 64, 76],
    [25.0, 45])
  func tuned(key: Int, off: Double) {
    // No further than what lies between partials lets them be told apart.
    let samples = note(key, cents: off)
    let made = tuning.tuned(samples, to: track(key))
    for order in 1...3 where order == 1 || Double(order) * hertz(key) < 350 {
      let place = Double(order) * hertz(key)
      let (before, after) = (cents(samples, place), cents(made, place))
      #expect(abs(abs(before) - off) < 4, "\(order): \(before)")
      #expect(abs(after) < 5, "\(order): \(before), then \(after)")
      let levels = [tone(made, place, at: 0.5).amplitude, 0.2 / Double(order)]
      #expect(abs(levels[0] / levels[1] - 1) < 0.2, "\(order): \(levels)")
    }
  }

  @Test("Of a note alone overtones come back that are far above those of a line", arguments: [40, 52, 64, 76])
  func alone(key: Int) {
    let made = tuning.tuned(note(key, cents: 25), hertz: hertz(key), partialCount: 6)
    for order in 1...6 {
      let off = cents(made, Double(order) * hertz(key))
      #expect(abs(off) < 5, "\(order): \(off)")
    }
  }

  @Test("Notes that are in tune stay so, and what is far from them stays as it is", arguments: [28, 33, 52, 76])
  func inTune(key: Int) {
    let right = note(key, cents: 2)
    let made = tuning.tuned(right, to: track(key))
    #expect(abs(cents(made, hertz(key))) < 4)
    #expect(abs(tone(made, hertz(key), at: 0.5).amplitude / tone(right, hertz(key), at: 0.5).amplitude - 1) < 0.05)
    // A fifth away, and an octave above all that is tuned.
    for other in [track(key + 7), track(96)] {
      let other = tuning.tuned(right, to: other)
      #expect(abs(cents(other, hertz(key))) < 4)
    }
    #expect(tuning.tuned(note(key, cents: 40), to: track(96)) == note(key, cents: 40))
  }

  @Test("A vibrato stays: how far it sways, and how fast")
  func vibrato() {
    let (samples, place) = (note(48, cents: 20, vibrato: 40), hertz(48))
    let made = tuning.tuned(samples, to: track(48))
    func sway(_ samples: [Float]) -> [Double] {
      // The frequency every 20 ms, from phases 10 ms apart.
      stride(from: 0.4, to: 0.9, by: 0.02).map { time in
        func phase(_ time: Double) -> Double {
          tone(samples, place, at: time, count: 1340).phase
        }
        let turned = (phase(time + 0.01) - phase(time)) / (2 * Double.pi)
        return (turned - turned.rounded()) / 0.01
      }
    }
    let (before, after) = (sway(samples), sway(made))
    func range(_ values: [Double]) -> Double { (values.max() ?? 0) - (values.min() ?? 0) }
    #expect(abs(range(after) / range(before) - 1) < 0.15)
    let means = [before, after].map { $0.reduce(0, +) / Double($0.count) }
    #expect(means[0] < -1 && abs(means[1]) < 0.5, "\(means)")
  }

  @Test("Notes of a line are tuned, though each is still heard when the next begins; notes side by side are not")
  func line() {
    let keys = [28, 31, 33]
    func midi(_ events: [NoteEvent]) -> ControlTrack {
      ControlTrack(midi: MIDIFile(tracks: [MIDIFile.Track(notes: events)]), frameCount: 258)
    }
    // At 120 beats a minute, three beats a note.
    let events = keys.enumerated().map { index, key in
      NoteEvent(startBeats: 3 * Double(index), durationBeats: 3, key: key, velocity: 100, channel: 0)
    }
    let samples = keys.flatMap { note($0, cents: 40) }
    let made = tuning.tuned(samples, to: midi(events))
    for (index, key) in keys.enumerated() {
      let part = Array(made[index * 66_150..<(index + 1) * 66_150])
      #expect(abs(cents(part, hertz(key))) < 6, "\(key): \(cents(part, hertz(key)))")
    }
    let together = keys.map { NoteEvent(startBeats: 0, durationBeats: 3, key: $0, velocity: 100, channel: 0) }
    let chord = tuning.tuned(samples, to: midi(together))
    #expect(Array(chord[..<66_150]) == Array(samples[..<66_150]))
  }

  @Test("What has no octave says nothing, and threads change no bit")
  func alone() {
    let samples = note(33, cents: 40)
    let chord = ControlTrack(note: PitchClass(33), frameCount: 86)
    #expect(tuning.tuned(samples, to: chord) == samples)
    #expect(tuning.tuned(samples, to: ControlTrack(frameCount: 86)) == samples)
    #expect(tuning.tuned(samples, to: track(33), threads: 1) == tuning.tuned(samples, to: track(33), threads: 3))
    let silence = [Float](repeating: 0, count: 20_000)
    #expect(tuning.tuned(silence, to: track(33)) == silence)
    #expect(tuning.tuned([], to: track(33)).isEmpty)
  }

  @Test("Nothing is struck in a tail: levels there only fall, but for their flutter")
  func ringing() {
    var decay = MelFrames(frameCount: 100, bandCount: 4)
    for frame in 0..<100 {
      for band in 0..<4 { decay[frame, band] = 0.5 - 0.01 * Float(frame) + (frame % 3 == 0 ? 0.02 : 0) }
      // A stroke.
      if frame >= 70 { decay[frame, 1] = 0.6 }
    }
    let rung = Ringing.ringing(decay, from: 60)
    for frame in 0..<60 { #expect((0..<4).allSatisfy { rung[frame, $0] == decay[frame, $0] }) }
    for frame in 60..<100 { #expect([0, 2, 3].allSatisfy { rung[frame, $0] == decay[frame, $0] }) }
    #expect((70..<100).allSatisfy { rung[$0, 1] < 0 })
  }

  @Test("Peaks that are raised so are below full scale again, and others as they were")
  func peaks() {
    func peak(_ samples: [Float]) -> Float { samples.reduce(0) { max($0, abs($1)) } }
    let samples = note(33, cents: 45)
    let loud = Vocoder.softened(samples.map { $0 / peak(samples) })
    #expect(abs(peak(loud) - 0.977) < 1e-5)
    let tuned = tuning.tuned(loud, to: track(33))
    #expect(peak(tuned) > 0.98)
    #expect(peak(Vocoder.softened(tuned)) < 0.9771)
    let quiet = loud.map { $0 / 2 }
    #expect(Vocoder.softened(quiet) == quiet)
  }
}
