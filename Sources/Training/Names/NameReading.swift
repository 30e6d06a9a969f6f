/// What a file's name says of its sound.
public struct NameReading: Sendable, Equatable {
  /// In words; never empty, but for a name without a letter or a digit.
  public var caption: String
  /// Such as kick, pad or ambience; nil where no word of the name or of its folders is known to say what sounds.
  public var category: String?
  /// Quarter notes a minute.
  public var tempo: Double?
  /// "A minor", or a tonic alone.
  public var key: String?
  /// With its octave: "C#3".
  public var note: String?
  /// Words that no table has, as they are: the maker's own.
  public var ownWords: [String]
  /// What was left out as its maker's name or as a counter.
  public var leftOut: [String]
  /// Whether there is no word in it that says anything of the sound.
  public var saysNothing: Bool

  /// Labels for the clip, under the names that manifests use.
  var labels: [String: String] {
    var labels: [String: String] = [:]
    labels["category"] = category
    labels["tempo"] = tempo.map { $0 == $0.rounded() ? String(Int($0)) : String($0) }
    labels["key"] = key
    labels["note"] = note
    return labels
  }
}
