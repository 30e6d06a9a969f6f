import Audio
import Foundation
import Synthesis

/// A recording for the small model to change: 0.8 s of a chord at its 8 kHz that sounds at both ends, as floats, so that
/// nothing is lost on the way.
struct ChordRecording {
  let url: URL
  let samples: [Float]

  init(beside model: SmallModel) throws {
    url = model.folder.appendingPathComponent("source.wav")
    samples = (0..<6400).map { sample in
      let time = 2 * Double.pi * Double(sample) / 8000
      return Float(0.15 * (cos(220 * time) + cos(330 * time) + cos(550 * time)))
    }
    try write(samples)
  }

  /// Puts other samples in the recording's place.
  func write(_ samples: [Float]) throws {
    try AudioFile.write(AudioClip(mono: samples, sampleRate: 8000), to: url, sampleFormat: .float32)
  }

  /// An edit of the recording.
  func edit(_ change: (inout EditRequest) -> Void) throws -> EditRequest {
    var edit = EditRequest()
    edit.source = try ControlFile(path: url.path)
    change(&edit)
    return edit
  }
}
