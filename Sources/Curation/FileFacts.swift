import Foundation
import Training

/// All that is known of one file of a folder of samples.
public struct FileFacts: Sendable, Codable {
  /// The path in the folder.
  public var file: String
  public var captions: [String]
  /// Whether its name stands in for a caption.
  public var isNamed: Bool
  public var category: String?
  /// What its name or its labels say: quarter notes a minute, "A minor", "C#3".
  public var tempo: Double?
  public var key: String?
  public var note: String?
  /// Words of its name that no table has, and what was left out of it.
  public var ownWords: [String]?
  public var leftOut: [String]?
  public var saysNothing: Bool
  /// Why it cannot be read.
  public var fault: String?
  public var sound: SoundMeasures?
  public var heard: HeardMusic?
  /// How much a taste likes it, in deviations of the clips that it was learned from; nil where none was asked.
  public var liking: Double?

  init(_ clip: CaptionedClip, _ reading: NameReading?) {
    file = clip.name
    captions = clip.captions
    isNamed = reading != nil
    func label(_ name: String) -> String? { clip.labels[name].flatMap { $0.isEmpty ? nil : $0 } }
    category = reading?.category ?? label("category") ?? label("family")
    tempo = label("tempo").flatMap(Double.init)
    (key, note) = (label("key"), label("note"))
    ownWords = reading.flatMap { $0.ownWords.isEmpty ? nil : $0.ownWords }
    leftOut = reading.flatMap { $0.leftOut.isEmpty ? nil : $0.leftOut }
    saysNothing = reading?.saysNothing ?? false
  }

  public var caption: String { captions.first ?? "" }

  private var ending: String { (file as NSString).pathExtension.lowercased() }
  /// Whether its format may keep every sample.
  var isLossless: Bool { !["ogg", "oga", "opus", "mp3"].contains(ending) }
  /// Whether it can be written again without a loss in its own format.
  var canBeWritten: Bool { ["wav", "wave", "flac", "aif", "aiff"].contains(ending) }

  /// Whether it goes round, or has a beat: what such a clip is cut from goes on.
  var isLoop: Bool {
    let words = Set(caption.lowercased().split { !$0.isLetter }.map(String.init))
    return tempo != nil || !words.isDisjoint(with: ["loop", "beat", "breakbeat", "break", "groove", "drone", "rhythm"])
  }
}
