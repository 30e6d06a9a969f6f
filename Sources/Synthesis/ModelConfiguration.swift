public import Denoising
import Foundation
import Music
public import Spectra
import Storage

/// What `config.json` of a model says: how its sound becomes numbers, how its network is built, what it learned from.
public struct ModelConfiguration: Codable, Sendable, Equatable {
  /// The version of this layout, and of what the weights mean; a reader refuses others.
  public var format = currentFormat
  /// How audio becomes mel frames, and back.
  public var mel = MelConfiguration.standard
  /// What frames have beside mel bands; nil for nothing.
  public var frame: FrameParts?
  /// The sizes of the network, whose frames have the values of `layout`.
  public var denoiser = DenoiserConfiguration()
  /// The scale that the network sees mel values on.
  public var scale = ValueScale(mean: 0, deviation: 1)
  /// What the text encoder was.
  public var textEncoder = "all-MiniLM-L6-v2"
  /// What it learned from, and how far.
  public var training: TrainingRecord?
  /// The name of the model that its training began with; nil when it began with random weights.
  public var origin: String?
  /// `ModelSource.weightsHash` of that model; nil in models of older versions.
  public var originHash: String?
  /// Whether its training repeated what that model can do, so that it knows its words too; nil for no.
  public var remembersOrigin: Bool?
  /// The model to whose weights a voice is added; nil for a model with weights of its own.
  public var base: Base?
  /// Of a voice that learned a taste, and no folder of sounds: how; nil for others.
  public var preference: PreferenceRecord?
  /// Whether it has learned where sounds end, from clips with silence behind them; nil for no.
  public var endsSounds: Bool?

  /// 2: the network takes sentence embeddings at unit variance.
  public static let currentFormat = 2

  /// The model that a voice is a difference from.
  public struct Base: Codable, Sendable, Equatable {
    /// The name of its folder.
    public var name: String
    /// `ModelBundle.weightsHash(of:)`.
    public var weights: String

    public init(name: String, weights: String) { (self.name, self.weights) = (name, weights) }

    /// What in it names no model, in a few words; nil if nothing. It may come from anyone.
    package var problem: String? {
      guard ModelLibrary.isPlainName(name), name.utf8.count <= 255, !name.holdsPromptControls else {
        return "the name of its base is none of a model"
      }
      let isHash = weights.count == 16 && weights.allSatisfy(\.isHexDigit)
      return isHash ? nil : "the weights of its base are no hash of 16 digits"
    }
  }

  public init() {}

  /// What frames have beside mel bands.
  public var parts: FrameParts { frame ?? .mel }
  /// Where the values of its frames stand.
  public var layout: FrameLayout { FrameLayout(mel, parts: parts) }

  /// Whether its frames are these.
  package func hears(_ mel: MelConfiguration, _ parts: FrameParts) -> Bool { self.mel == mel && self.parts == parts }

  /// What keeps its frames from being those of its network, in one line; nil if nothing does.
  var frameProblem: String? {
    if let problem = frame?.problem(in: mel) { return problem }
    guard layout.valueCount == denoiser.frameWidth else {
      return frame == nil
        ? "the mel and the network differ in their number of bands"
        : "frames have \(layout.valueCount) values, and the network's \(denoiser.frameWidth)"
    }
    return nil
  }

  /// The weights beside it: the model's own, or the difference that a voice is.
  func weightsURL(in folder: URL) -> URL {
    base == nil ? ModelBundle.weightsURL(in: folder) : ModelSource.Voice.url(in: folder)
  }

  /// Writes `config.json` into a folder.
  func write(in folder: URL) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let text = try encoder.encode(self) + [UInt8(ascii: "\n")]
    try DurableFile.write(text, to: folder.appendingPathComponent("config.json"))
  }

  /// Whether clips can be asked for chords, beats and the like.
  public var takesControls: Bool { ControlTrack.featureCounts.contains(denoiser.controlCount) }
}

/// How a voice learned what somebody likes.
public struct PreferenceRecord: Codable, Sendable, Equatable {
  /// The picks that the taste had learned from.
  public var picks: Int
  /// Clips that the model made for the taste to judge, and steps of the optimizer.
  public var clips: Int
  public var steps: Int

  public init(picks: Int, clips: Int, steps: Int) { (self.picks, self.clips, self.steps) = (picks, clips, steps) }
}

/// How a model came to be.
public struct TrainingRecord: Codable, Sendable, Equatable {
  /// The name of the folder it learned from, and the number of clips there.
  public var dataset: String
  public var clipCount: Int
  /// Steps of the optimizer, and clips seen in them.
  public var steps: Int
  public var clipsSeen: Int
  /// Wall-clock hours.
  public var hours: Double
  /// The loss on clips never learned from, of the weights that are saved.
  public var heldOutLoss: Double?
  /// The same loss on clips that it has learned from.
  public var learnedLoss: Double?
  /// What tells the data set from others; nil in models of older versions.
  public var datasetHash: String?
  /// The share of its clips that were recognised as what was asked, over that of real ones, and their median novelty; nil
  /// where nobody listened.
  public var obedience: Double?
  public var novelty: Double?

  public init(
    dataset: String, clipCount: Int, steps: Int, clipsSeen: Int, hours: Double, heldOutLoss: Double?,
    learnedLoss: Double? = nil, datasetHash: String? = nil, obedience: Double? = nil, novelty: Double? = nil
  ) {
    self.dataset = dataset
    self.clipCount = clipCount
    self.steps = steps
    self.clipsSeen = clipsSeen
    self.hours = hours
    self.heldOutLoss = heldOutLoss
    self.learnedLoss = learnedLoss
    self.datasetHash = datasetHash
    (self.obedience, self.novelty) = (obedience, novelty)
  }
}

extension TrainingRecord {
  /// More than any training has: of numbers, hours and losses.
  private static let most = (count: 1_000_000_000_000, hours: 1e6, loss: 1e12)

  /// What in it no training can have been, in a few words; nil if nothing. It may come from anyone.
  package var problem: String? {
    for (name, count) in [("clipCount", clipCount), ("steps", steps), ("clipsSeen", clipsSeen)]
    where !(0...Self.most.count).contains(count) {
      return "\(name) is \(count), not between 0 and \(Self.most.count)"
    }
    guard (0...Self.most.hours).contains(hours) else {
      return "hours is \(hours), not between 0 and \(Self.most.hours)"
    }
    for (name, loss) in [("heldOutLoss", heldOutLoss), ("learnedLoss", learnedLoss)] {
      guard let loss, !(0...Self.most.loss).contains(loss) else { continue }
      return "\(name) is \(loss), not between 0 and \(Self.most.loss)"
    }
    return nil
  }

  /// Models above this held-out loss are called untrained. A judgement, not a measured border: `Models/first` had 5 % of
  /// its clips recognised a little above 0.125, 20 % at 0.085 and 62 % at 0.067.
  static let audibleLoss = 0.15

  /// A model that is worse by more than this share at what it has not learned knows its clips by heart. A judgement too.
  public static let alarmingGap = 1.25

  /// A model whose clips have a median novelty below this knows its clips by heart: they are more than half of the way to a copy.
  public static let copyingNovelty = 0.6

  /// A line for a model that has not been trained far enough to be called one, or too far on too little; nil otherwise.
  public var warning: String? {
    if let novelty {
      if novelty < Self.copyingNovelty {
        return String(
          format:
            "this model knows its clips by heart (the median novelty of what it makes is %.2f): expect to hear them "
            + "again; train with more samples, or with --noise-augmentation", novelty)
      }
    } else if let heldOutLoss, let learnedLoss, heldOutLoss > Self.alarmingGap * learnedLoss {
      return String(
        format: "this model knows its clips by heart (its loss on others is %.2f times as high): expect to hear them "
          + "again; train with more samples, or with --noise-augmentation", heldOutLoss / learnedLoss)
    }
    guard let heldOutLoss, heldOutLoss > Self.audibleLoss || !heldOutLoss.isFinite else {
      return heldOutLoss == nil && steps < 1000 ? "this model has learned for \(steps) steps only: expect noise" : nil
    }
    return String(
      format:
        "this model is not trained enough (held-out loss %.4f, sound begins below %g): what it makes is closer to "
        + "noise than to the prompt; train on", heldOutLoss, Self.audibleLoss)
  }
}
