public import Music
public import Spectra
import Tensors
public import Text

/// A folder of captioned samples as the network learns them: frames and text embeddings, made once and read
/// from memory-mapped files ever after. See `Dataset+Preparation.swift` for how it comes about.
public final class Dataset: Sendable {
  /// The clips that could be decoded, ordered by name; all indices are into this list.
  public let clips: [CaptionedClip]
  /// How the frames were made, and what they have beside mel bands.
  public let mel: MelConfiguration
  public let parts: FrameParts
  /// One line for each thing that the owner of the folder would want to know, such as files that cannot be decoded.
  public let warnings: [String]
  /// The clips to learn from.
  public let trainingIndices: [Int]
  /// The clips to judge by, never learned from.
  public let heldOutIndices: [Int]

  /// Where the values of a frame stand.
  public var layout: FrameLayout { FrameLayout(mel, parts: parts) }

  private let frames: [FeatureRows]
  /// One for each caption of a clip.
  private let texts: [[FeatureRows]]
  /// Control tracks as `ControlSource.rows` writes them.
  private let tracks: [FeatureRows]

  init(
    clips: [CaptionedClip], mel: MelConfiguration, parts: FrameParts, warnings: [String], split: HeldOutSplit,
    frames: [FeatureRows], texts: [[FeatureRows]], tracks: [FeatureRows]
  ) {
    self.clips = clips
    (self.mel, self.parts) = (mel, parts)
    self.warnings = warnings
    self.trainingIndices = split.training
    self.heldOutIndices = split.heldOut
    self.frames = frames
    self.texts = texts
    self.tracks = tracks
  }

  /// The number of frames of a clip.
  public func frameCount(_ clip: Int) -> Int { frames[clip].rowCount }

  /// The stable hash of a clip's frames.
  func framesHash(_ clip: Int) -> UInt64 { frames[clip].hash }

  /// Seconds of audio in the clips to learn from.
  public var trainingSeconds: Double {
    Double(trainingIndices.reduce(0) { $0 + frameCount($1) }) / mel.framesPerSecond
  }

  /// Copies `count` frames of a clip from frame `start` on to `[frame, value]` in −1…1, as `layout` says; frames beyond the
  /// clip's end are silence. Safe to call from several threads.
  public func copyFrames(
    _ clip: Int, from start: Int, count: Int, into destination: UnsafeMutablePointer<Float>
  ) {
    precondition(start >= 0 && count >= 0, "frames from \(start), \(count) of them")
    let rows = frames[clip]
    let available = min(count, max(0, rows.rowCount - start))
    if available > 0 { rows.copy(from: start, count: available, into: destination) }
    layout.fillSilence(destination + available * rows.width, count: count - available)
  }

  /// The frames of a clip, up to a number of them.
  public func soundFrames(_ clip: Int, limit: Int = .max) -> SoundFrames {
    let (count, layout) = (min(frameCount(clip), limit), layout)
    var values = [Float](repeating: 0, count: count * layout.valueCount)
    values.withUnsafeMutableBufferPointer { values in
      if let base = values.baseAddress { copyFrames(clip, from: 0, count: count, into: base) }
    }
    return SoundFrames(layout: layout, values: values)
  }

  /// What can be said of `count` frames of a clip from frame `start` on; beyond the clip's end nothing sounds.
  public func controls(_ clip: Int, from start: Int, count: Int) -> ControlTrack {
    let rows = tracks[clip]
    var header = [Float](repeating: 0, count: rows.width)
    header.withUnsafeMutableBufferPointer { if let to = $0.baseAddress { rows.copy(from: 0, count: 1, into: to) } }
    var values = [Float](repeating: 0, count: count * rows.width)
    let available = min(count, max(0, rows.rowCount - 1 - start))
    values.withUnsafeMutableBufferPointer { values in
      if let to = values.baseAddress, available > 0 { rows.copy(from: 1 + start, count: available, into: to) }
    }
    return ControlTrack(
      values: values, groups: ControlTrack.Groups(rawValue: UInt8(header[0])), framesPerSecond: mel.framesPerSecond)
  }

  /// Whether some clip has another caption than the first.
  var hasDifferentCaptions: Bool {
    let first = clips[0].caption
    return !clips.allSatisfy { $0.captions.allSatisfy { $0 == first } }
  }

  /// The sentence embeddings of a clip's captions, each `[textWidth]`, rounded to half precision.
  func sentences(_ clip: Int) -> [Tensor] { texts[clip].map(Self.sentence) }

  private static func sentence(_ rows: FeatureRows) -> Tensor {
    var sentence = Tensor([rows.width])
    sentence.withUnsafeMutable { rows.copy(from: 0, count: 1, into: $0) }
    return sentence
  }

  /// The embedding of a clip's caption, rounded to half precision.
  /// - Parameter wording: which of its captions.
  public func text(_ clip: Int, wording: Int = 0) -> TextEmbedding {
    let rows = texts[clip][wording]
    var tokens = Tensor([rows.rowCount - 1, rows.width])
    tokens.withUnsafeMutable { rows.copy(from: 1, count: rows.rowCount - 1, into: $0) }
    return TextEmbedding(tokens: tokens, sentence: Self.sentence(rows))
  }

  /// The caption of an example: any of its clip's, as chance has it.
  package func text(of example: TrainingExample) -> TextEmbedding {
    var draw = example.random.stream(.caption)
    return text(example.clip, wording: draw.integer(below: texts[example.clip].count))
  }
}
