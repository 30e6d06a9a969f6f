import Foundation
import Music
import Spectra
import Synthesis
import TestSupport
import Testing

@Suite("Notes that begin where they were asked for")
struct OnsetPlacementTests {
  private let mel = MelConfiguration.standard

  /// A note that begins at a time, over a softer one that sounds throughout.
  private func frames(onset: Double) -> MelFrames {
    let samples = (0..<66_150).map { index -> Float in
      let time = Double(index) / 44_100
      let note = time < onset ? 0 : 0.4 * sin(2 * .pi * 523.25 * (time - onset))
      return Float(note + 0.02 * sin(2 * .pi * 1318.5 * time))
    }
    return MelSpectrogram(mel).analyze(samples)
  }

  /// Frames whose levels rise a frame early, as those of a network that hedges.
  private func hedged(_ frames: MelFrames) -> MelFrames {
    var early = frames
    for frame in 0..<frames.frameCount - 1 {
      for band in 0..<frames.bandCount { early[frame, band] = max(frames[frame, band], frames[frame + 1, band]) }
    }
    return early
  }

  /// Decibels by which the loudest band is above a real note's, in the frame before it begins.
  private func excess(_ frames: MelFrames, over real: MelFrames, onset: Double) -> Float {
    let frame = Int(onset * mel.framesPerSecond)
    let band = (0..<real.bandCount).max { real[frame + 3, $0] < real[frame + 3, $1] } ?? 0
    return 50 * (frames[frame, band] - real[frame, band])
  }

  @Test("A level that rises a frame early rises with the note", arguments: [0.5, 0.503, 0.507, 0.512])
  func places(onset: Double) {
    let real = frames(onset: onset)
    let early = hedged(real)
    let placed = OnsetPlacement(mel).placed(early, onsets: [onset])
    let (before, after) = (excess(early, over: real, onset: onset), excess(placed, over: real, onset: onset))
    #expect(before > 4 && abs(after) < 0.6 * before && after < 5, "\(before) dB, then \(after) dB")
    // Nothing changes where nothing begins.
    let frame = Int(onset * mel.framesPerSecond)
    let width = mel.bandCount
    #expect(placed.values[..<((frame - 3) * width)] == early.values[..<((frame - 3) * width)])
    #expect(placed.values[((frame + 6) * width)...] == early.values[((frame + 6) * width)...])
    #expect(OnsetPlacement(mel).placed(early, onsets: []) == early)
  }

  @Test("Beginnings outside the clip, and many at once, are no harm")
  func bounds() {
    let real = frames(onset: 0.5)
    let placement = OnsetPlacement(mel)
    #expect(placement.placed(real, onsets: [9, 100]) == real)
    let many = placement.placed(real, onsets: [0, 0.001, 0.5, 0.505, 1.49, 1.5])
    #expect(many.frameCount == real.frameCount && many.values.allSatisfy { (-1...1.2).contains($0) })
  }

  @Test("A request keeps whether its notes are placed, and is written as before where they are not")
  func stored() throws {
    var request = GenerationRequest(prompt: "piano", controls: ControlRequest())
    let plain = try JSONEncoder().encode(request)
    #expect(String(decoding: plain, as: UTF8.self).contains("placesOnsets") == false)
    request.controls?.placesOnsets = true
    let read = try JSONDecoder().decode(GenerationRequest.self, from: JSONEncoder().encode(request))
    #expect(read == request && RequestField.rows(of: read).contains { $0.name == "place-onsets" && $0.value == "true" })
  }

  @Test("What rises early is held until its note, and what goes on stays")
  func gated() {
    // A soft tone goes on; a louder one swells for 30 ms before its note at half a second.
    let samples = (0..<44_100).map { index -> Float in
      let time = Double(index) / 44_100
      let swell = min(1, max(0, (time - 0.47) / 0.03))
      return Float(0.3 * swell * sin(2 * .pi * 900 * time) + 0.05 * sin(2 * .pi * 5000 * time))
    }
    let gated = OnsetGate(sampleRate: 44_100).gated(samples, onsets: [0.5, 0.504, 2])
    func level(_ samples: [Float], _ range: Range<Int>) -> Float {
      10 * log10(samples[range].reduce(0) { $0 + $1 * $1 } / Float(range.count))
    }
    let before = 21_300..<21_900
    #expect(level(samples, before) > -19 && level(gated, before) < -27, "\(level(gated, before)) dB")
    #expect(abs(level(gated, before) - level(samples, 10_000..<20_000)) < 2)
    #expect(abs(level(gated, 22_400..<24_000) - level(samples, 22_400..<24_000)) < 0.2)
    for range in [0..<19_000, 23_000..<44_100] {
      #expect(zip(gated[range], samples[range]).allSatisfy { abs($0 - $1) < 1e-5 })
    }
    #expect(OnsetGate(sampleRate: 44_100).gated(samples, onsets: []) == samples)
    #expect(OnsetGate(sampleRate: 44_100).gated([], onsets: [0, 1]) == [])
  }
}
