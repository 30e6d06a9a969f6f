import Audio
import Foundation
import TestSupport

/// `amplitude · sin(2π f t + phase)`.
func sine(
  _ hertz: Double, sampleRate: Int, frames: Int, amplitude: Double = 0.5, phase: Double = 0
) -> [Float] {
  (0..<frames).map { Float(amplitude * sin(2 * .pi * hertz * Double($0) / Double(sampleRate) + phase)) }
}

/// A clip whose channels are sines of different pitch.
func chord(channels: Int, sampleRate: Int, frames: Int) -> AudioClip {
  let planes = (0..<channels).map { channel in
    sine(220 * Double(channel + 1), sampleRate: sampleRate, frames: frames, phase: 0.3)
  }
  return AudioClip(channels: planes, sampleRate: sampleRate)
}

/// The greatest absolute difference between two clips of one shape; infinite where the shapes differ.
func greatestDifference(_ first: AudioClip, _ second: AudioClip) -> Float {
  guard first.channels.count == second.channels.count, first.frameCount == second.frameCount else { return .infinity }
  return zip(first.channels, second.channels).reduce(0) { greatest, pair in
    zip(pair.0, pair.1).reduce(greatest) { max($0, abs($1.0 - $1.1)) }
  }
}

/// 10 · log10 of signal energy over error energy.
func signalToNoiseDecibels(_ signal: [Float], _ estimate: [Float]) -> Double {
  let energy = signal.reduce(0.0) { $0 + Double($1) * Double($1) }
  let error = zip(signal, estimate).reduce(0.0) { $0 + pow(Double($1.0) - Double($1.1), 2) }
  return 10 * log10(energy / error)
}

/// Whether this libsndfile was built with an MP3 encoder.
let canWriteMP3: Bool = {
  guard let directory = try? TemporaryDirectory() else { return false }
  let clip = AudioClip(mono: [0, 0], sampleRate: 44100)
  return (try? AudioFile.write(clip, to: directory.file("probe.mp3"))) != nil
}()
