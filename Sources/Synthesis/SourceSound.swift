import Audio
import Denoising
import Foundation
import Spectra
import Tensors

/// An existing sound on its way into a clip: as samples, for what is kept of it, and as the network sees it.
struct SourceSound: Sendable {
  /// As many as the clip has, and as long; what the source lacks is silent.
  let channels: [[Float]]
  /// `[patch, patchWidth]`, scaled as the model's statistics say.
  let patches: Tensor
  /// Samples that come back as they are, in order; none where the whole sound may change.
  let kept: [Range<Int>]
  /// Patches that lie wholly in what is kept.
  let keptPatches: [Bool]
  let strength: Double
  /// Whether the clip goes on from it.
  let continues: Bool
  /// What its samples were multiplied by for the network; 1 where they were not.
  let gain: Float
  /// In LUFS, over as much of it as the clip has; nil where nothing is loud enough to tell.
  let loudness: Double?
  /// What was done to the recording, for people.
  let remarks: [String]

  /// Whether the recording comes back as it is.
  var isReturned: Bool { kept.isEmpty && strength == 0 }

  /// - Parameters:
  ///   - channelCount: of the clip; the network is shown all that its frames hold.
  ///   - keepsLevel: whether the network is shown the recording as it is, also one above full scale.
  /// - Throws: `ControlError` when the file cannot be used, or is longer than a clip that goes on from it.
  init(
    _ edit: EditRequest, file: ControlFile, sampleCount: Int, patchCount: Int, configuration: ModelConfiguration,
    channelCount: Int, keepsLevel: Bool
  ) throws(ControlError) {
    try file.check(as: .sound)
    let mel = configuration.mel
    let start = edit.loopStart ?? 0
    // A little more tells a recording to continue that is too long, and how a loop might go on.
    let more = edit.loopStart == nil ? 1 / Double(mel.sampleRate) : RecordedLoop.margin
    let recording = try Recording(
      file, first: start + Double(sampleCount) / Double(mel.sampleRate) + more, sampleRate: mel.sampleRate,
      channelCount: max(channelCount, configuration.layout.parts.channelCount), keepsLevel: keepsLevel)
    let clip = recording.clip
    remarks = recording.remarks
    if edit.continues, clip.frameCount >= sampleCount { throw .nothingToContinue(path: file.path) }
    let sound: AudioClip
    if edit.loopStart != nil {
      sound = try Self.loop(clip, from: start, sampleCount: sampleCount, path: file.path)
    } else {
      sound = clip.prefix(sampleCount).padded(to: sampleCount)
    }
    channels = sound.mixed(channelCount: channelCount).channels
    (strength, continues) = (edit.loopStart == nil ? edit.strength : 0, edit.continues)
    let gain = keepsLevel ? 1 : Self.gain(toUsualLevelOf: sound)
    self.gain = gain
    let loudness = sound.loudness.integrated
    self.loudness = loudness.isFinite ? loudness : nil
    kept = Self.kept(edit, available: min(clip.frameCount, sampleCount), mel: mel)

    patches = Self.patches(of: gain == 1 ? sound : sound.scaled(by: gain), patchCount, configuration)
    let span = configuration.denoiser.patchLength * mel.hopLength
    // A frame sees half a window on either side.
    let margin = mel.fftLength / 2
    keptPatches = (0..<patchCount).map { [kept] patch in
      let (first, last) = (patch * span - margin, (patch + 1) * span - mel.hopLength + margin)
      return kept.contains { $0.lowerBound <= max(0, first) && last <= $0.upperBound }
    }
  }

  /// A sound as the network sees it, with silence behind it.
  private static func patches(
    of sound: AudioClip, _ patchCount: Int, _ configuration: ModelConfiguration
  ) -> Tensor {
    let (layout, sizes) = (configuration.layout, configuration.denoiser)
    let analysis = SoundAnalysis(configuration.mel, parts: layout.parts)
    let wanted = patchCount * sizes.patchWidth
    var values = Array(
      analysis.analyze(sound.mixed(channelCount: layout.parts.channelCount).channels).values.prefix(wanted))
    let missing = (wanted - values.count) / layout.valueCount
    values += SoundFrames(frameCount: missing, layout: layout).values
    var patches = Tensor([patchCount, sizes.patchWidth], values)
    patches.withUnsafeMutable { configuration.scale.normalize($0, count: wanted, layout: layout) }
    return patches
  }

  /// The loop that is cut out of a recording.
  private static func loop(
    _ clip: AudioClip, from seconds: Double, sampleCount: Int, path: String
  ) throws(ControlError) -> AudioClip {
    let start = Int((seconds * Double(clip.sampleRate)).rounded())
    guard clip.frameCount + clip.sampleRate / missingShare >= start + sampleCount else {
      throw .loopTooLong(path: path, seconds: clip.duration)
    }
    let loop = RecordedLoop(channels: clip.channels, from: start, count: sampleCount, sampleRate: clip.sampleRate)
    return AudioClip(channels: loop.channels, sampleRate: clip.sampleRate)
  }

  /// A 500th of a second may be missing at a recording's end: lengths in seconds are rounded.
  private static let missingShare = 500

  /// The samples that are not to change.
  private static func kept(_ edit: EditRequest, available: Int, mel: MelConfiguration) -> [Range<Int>] {
    if edit.continues { return [0..<available] }
    guard !edit.repainted.isEmpty else { return [] }
    func sample(_ seconds: Double) -> Int { min(available, max(0, Int((seconds * Double(mel.sampleRate)).rounded()))) }
    var kept: [Range<Int>] = []
    var next = 0
    for span in edit.repainted.sorted(by: { $0.start < $1.start }) {
      if sample(span.start) > next { kept.append(next..<sample(span.start)) }
      next = max(next, sample(span.end))
    }
    if next < available { kept.append(next..<available) }
    return kept
  }

  /// The made patches with those put back that are kept: as the walk from noise to data is a straight line to what is
  /// predicted, the sampler ends on them, and what is made fits to them at every step.
  func kept(in made: Tensor) -> Tensor {
    guard keptPatches.contains(true) else { return made }
    let width = patches.shape[1]
    var result = made
    patches.withUnsafe { from in
      result.withUnsafeMutable { to in
        for (patch, isKept) in keptPatches.enumerated() where isKept {
          (to + patch * width).update(from: from + patch * width, count: width)
        }
      }
    }
    return result
  }
}
