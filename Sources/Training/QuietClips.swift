import Audio
import Parallelism
import Spectra

/// Finds clips that teach silence: those without sound, and those whose channels cancel each other when they are mixed.
struct QuietClips {
  /// No band of a clip that is looked at more closely rises above this, in dBFS.
  private static let suspiciousDecibels = -40.0
  /// What stays below this in every channel is silent: −60 dBFS.
  private static let silentPeak: Float = 1e-3
  /// Channels cancel each other when their mix keeps less than this of their energy.
  private static let keptShare = 0.05

  private enum Fault: Equatable { case silent, cancelling }

  /// A line for each kind, with the names of the clips.
  static func warnings(
    _ clips: [CaptionedClip], frames: [FeatureRows], mel: MelConfiguration, parts: FrameParts, threads: Int
  ) -> [String] {
    let level = Float16(1 - 2 * suspiciousDecibels / mel.floorDecibels)
    let layout = FrameLayout(mel, parts: parts)
    let quiet = clips.indices.filter { !frames[$0].isAbove(level, among: layout) }
    let faults = Parallel.map(quiet.count, threads: threads) { fault(of: clips[quiet[$0]]) }
    func names(_ fault: Fault) -> [String] {
      zip(quiet, faults).filter { $0.1 == fault }.map { clips[$0.0].name }
    }
    let (silent, cancelling) = (names(.silent), names(.cancelling))
    var lines: [String] = []
    if !silent.isEmpty {
      lines.append("silent (nothing above −60 dBFS), and learned as silence: \(AudioFolderNotes.list(silent))")
    }
    if !cancelling.isEmpty {
      lines.append(
        "left and right have opposite signs and cancel each other in \(parts.channelCount == 1 ? "mono" : "their mean"), "
          + "which is what is learned (invert one): " + AudioFolderNotes.list(cancelling))
    }
    return lines
  }

  private static func fault(of clip: CaptionedClip) -> Fault? {
    guard let audio = try? AudioFile.read(clip.audio) else { return nil }
    let peak = audio.channels.reduce(0) { peak, channel in channel.reduce(peak) { max($0, abs($1)) } }
    if peak < silentPeak { return .silent }
    let energy = audio.channels.reduce(0) { $0 + Self.energy($1) } / Double(audio.channelCount)
    return audio.channelCount > 1 && Self.energy(audio.samples) < keptShare * energy ? .cancelling : nil
  }

  private static func energy(_ samples: [Float]) -> Double {
    samples.reduce(0) { $0 + Double($1) * Double($1) }
  }
}

extension FeatureRows {
  /// Whether some mel value is above a level.
  fileprivate func isAbove(_ level: Float16, among layout: FrameLayout) -> Bool {
    stride(from: 0, to: stored.count, by: layout.valueCount).contains { start in
      layout.mel.contains { stored[start + $0] > level }
    }
  }
}
