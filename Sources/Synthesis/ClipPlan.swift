import Audio
import Denoising
import Diffusion
import Foundation
public import Music
import Spectra
import Tensors

/// All that a clip needs before its first step: how long it is, what it has to do, and what it begins with.
public struct ClipPlan: Sendable {
  public let request: GenerationRequest
  /// What the vocoder makes.
  public let sampleCount: Int
  /// The clip's samples, where its sound has a length of its own: it is cut there, or followed by silence; nil where it is
  /// as long as what is made.
  let clipSampleCount: Int?
  /// The first frame of the tail; nil without one.
  let tailFrame: Int?
  /// Mel frames that the vocoder gets, and patches that the denoiser makes.
  let frameCount: Int
  let patchCount: Int
  /// Frames of the patches, one for each of the denoiser's.
  public internal(set) var track: ControlTrack?
  let source: SourceSound?
  /// When notes begin that have to begin exactly then, in seconds.
  let onsets: [Double]
  let isLoop: Bool
  /// One, or two where the model makes two or the request asks for a place, and none wants one.
  private(set) var channelCount: Int
  /// What is asked of both channels; nil for nothing.
  private(set) var image: StereoImage?
  /// What it is to be as loud as, from moment to moment; nil for nothing.
  let levelSource: AudioClip?
  /// What was done to recordings, for people.
  let remarks: [String]
  private let configuration: ModelConfiguration

  /// - Parameters:
  ///   - sampleCount: what is to be made.
  ///   - clipSampleCount: the clip's, if they are others.
  ///   - name: the model's.
  /// - Throws: `ControlError` when a chord is not understood, or a file cannot be used.
  init(
    _ request: GenerationRequest, sampleCount: Int, clipSampleCount: Int? = nil, configuration: ModelConfiguration,
    name: String
  ) throws(ControlError) {
    let (mel, patchLength) = (configuration.mel, configuration.denoiser.patchLength)
    self.request = request
    self.sampleCount = sampleCount
    self.clipSampleCount = clipSampleCount
    let tailStart = Double(sampleCount) - (request.tail ?? 0) * Double(mel.sampleRate)
    // The frames around its beginning see already what comes there.
    tailFrame = request.tail == nil ? nil : max(0, (Int(tailStart) - mel.fftLength / 2) / mel.hopLength)
    self.configuration = configuration
    image = request.image
    channelCount = request.mono == true ? 1 : image == nil ? configuration.layout.parts.channelCount : 2
    isLoop = request.edit?.isLoop ?? false
    if isLoop {
      // Whole patches go round; the frames are put on the loop's own grid afterwards.
      frameCount = mel.circularFrameCount(sampleCount: sampleCount)
      patchCount = max(1, Int((Double(sampleCount) / Double(mel.hopLength * patchLength)).rounded()))
    } else {
      frameCount = mel.frameCount(sampleCount: sampleCount)
      patchCount = (frameCount + patchLength - 1) / patchLength
    }
    let patchFrames = patchCount * patchLength
    let framesPerSecond =
      isLoop ? Double(patchFrames * mel.sampleRate) / Double(sampleCount) : mel.framesPerSecond
    var remarks: [String] = []
    if let controls = request.controls, !controls.isEmpty, !configuration.takesControls {
      throw .unsupported(model: name)
    }
    let heard = try request.controls?.track(
      frameCount: patchFrames, framesPerSecond: framesPerSecond, remarks: &remarks)
    let varied = heard.map { request.variation?.renoted($0) ?? $0 }
    track = request.tail == nil ? varied : varied?.dyingAway(from: Int(tailStart) / mel.hopLength)
    // A loop goes round, and a recording has its own.
    let isPlain = !isLoop && request.edit?.source == nil
    onsets = isPlain ? try request.controls?.onsets() ?? [] : []
    if let edit = request.edit, let file = edit.source {
      source = try SourceSound(
        edit, file: file, sampleCount: sampleCount, patchCount: patchCount, configuration: configuration,
        channelCount: channelCount, keepsLevel: request.isOfFirstRevision)
    } else {
      source = nil
    }
    levelSource = try Self.levelSource(of: request, sampleRate: mel.sampleRate)
    remarks += source?.remarks ?? []
    if let tempo = request.controls?.tempo, request.controls?.firstBeat != nil, let file = request.edit?.source {
      remarks.append("the clip goes on at \(tempo) bpm, as \(file.path) does")
    }
    self.remarks = remarks
  }

  /// The sound that a variation keeps the level of: the one that it follows, where something else of it varies.
  private static func levelSource(
    of request: GenerationRequest, sampleRate: Int
  ) throws(ControlError) -> AudioClip? {
    guard let variation = request.variation, !variation.varies(.level), let file = request.controls?.follow else {
      return nil
    }
    return try Recording(file, first: request.seconds, sampleRate: sampleRate, keepsLevel: true).clip
  }

  /// The controls as the denoiser takes them, `[patch, controlWidth]`.
  var controls: Tensor? {
    let sizes = configuration.denoiser
    return track.map { Tensor([patchCount, sizes.controlWidth], $0.features(width: sizes.controlCount)) }
  }

  /// The track, where it says which notes sound and in which octaves; nil where it does not, or only as a recording was heard, or where
  /// the network does not see octaves.
  /// The partials of a loop stay as they are: what is shifted would not come round.
  var notes: ControlTrack? {
    guard !request.isOfFirstRevision, request.controls?.follow == nil, source == nil, !isLoop, let track,
      ControlTrack.groups(ofFeatures: configuration.denoiser.controlCount).contains(.register),
      track.groups.isSuperset(of: [.pitch, .register])
    else { return nil }
    return track
  }

  /// Mel frames in a quarter note; nil where no tempo is known.
  var framesPerBeat: Double? {
    request.controls?.tempo.map { configuration.mel.framesPerSecond * 60 / $0 }
  }

  /// Whether this is a loop of which nothing says where it begins.
  package var beginsAnywhere: Bool { isLoop && (track?.isConstant ?? true) }

  /// The times of the steps. What is changed of a source begins on the way that its strength leaves open.
  var times: [Float] {
    var start: Float = 0
    if let source, source.kept.isEmpty {
      start = StrengthScale.start(
        of: source.strength, shift: request.timeShift, isEven: !request.isOfFirstRevision)
    }
    return NoiseSchedule.standard.times(stepCount: request.steps, start: start, shift: request.timeShift)
  }

  /// Whether it begins with noise alone, with nothing of a source in it but what is kept.
  var beginsWithNoise: Bool { times[0] == 0 }

  /// Gives it the channels of a clip between two.
  mutating func lie(_ fraction: Double, between first: ClipPlan, and second: ClipPlan) {
    channelCount = max(first.channelCount, second.channelCount)
    image = StereoImage.between(
      first.image, second.image, fraction: fraction,
      usualWidth: Double(configuration.layout.parts.channelCount - 1))
  }

  /// Patches as far from those of a source as is asked for.
  func nearer(_ made: Tensor) -> Tensor {
    guard let source, let share = request.edit?.share, source.kept.isEmpty else { return made }
    return source.patches.moved(by: Float(share), from: source.patches, to: made)
  }

  /// Where the sampler starts from: noise, with as much of a source in it as the first time says.
  func start(noise: Tensor, at time: Float) -> Tensor {
    guard let source, time > 0 else { return noise }
    return Objective.noised(
      clean: source.patches, noise: noise, times: [time], elementCounts: [noise.count])
  }

  /// The frames that the vocoder gets of the patches, in −1 … 1.
  func frames(_ patches: Tensor) -> SoundFrames {
    let layout = configuration.layout
    var clean = patches
    clean.withUnsafeMutable { configuration.scale.restore($0, count: patches.count, layout: layout) }
    guard !isLoop else { return roundTrip(SoundFrames(layout: layout, values: clean.values)) }
    return SoundFrames(layout: layout, values: Array(clean.values.prefix(frameCount * layout.valueCount)))
  }

  /// The frames of a loop of whole patches, read off at every hop of the loop itself.
  private func roundTrip(_ frames: SoundFrames) -> SoundFrames {
    let (hop, count) = (configuration.mel.hopLength, frames.frameCount)
    let read = (0..<frameCount).flatMap { frame in
      frames.frame(at: Double(frame * hop) * Double(count) / Double(sampleCount), isCircular: true)
    }
    return SoundFrames(layout: frames.layout, values: read)
  }
}
