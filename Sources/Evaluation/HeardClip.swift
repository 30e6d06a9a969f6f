import Audio
import Music
import Novelty
import Spectra

/// A clip and all that is heard in it.
struct HeardClip: Sendable {
  let samples: [Float]
  let frames: MelFrames
  let fingerprint: SoundFingerprint
  let statistics: [Double]
  let track: ControlTrack
  let tempo: Double?

  /// What listening takes, made once.
  struct Listener: Sendable {
    let spectrogram: MelSpectrogram
    let analysis = ControlAnalysis()
    let tempo: TempoEstimator

    init(_ mel: MelConfiguration) {
      spectrogram = MelSpectrogram(mel)
      tempo = TempoEstimator(framesPerSecond: mel.framesPerSecond)
    }
  }

  init(_ samples: [Float], _ listener: Listener) {
    let mel = listener.spectrogram.configuration
    self.samples = samples
    frames = listener.spectrogram.analyze(samples)
    fingerprint = SoundFingerprint(frames, mel: mel)
    statistics = FrechetFeatures.statistics(of: frames)
    tempo = listener.tempo.tempo(of: frames)
    var sound = AudioClip(mono: samples, sampleRate: mel.sampleRate)
    if mel.sampleRate != ControlAnalysis.sampleRate {
      sound = Resampler.resample(sound, to: ControlAnalysis.sampleRate)
    }
    track = listener.analysis.analyze(sound.samples)
  }
}
