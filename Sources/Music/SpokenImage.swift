/// What a prompt says of where its sound lies between left and right, and how wide it is: "panned left", "hard right", "on the
/// left", "in the centre", "wide stereo image", "a wide synth pad", "narrow", "in mono".
///
/// Conservative: what may be ordinary words ("right hand piano", "wide open reverb", "a mono synth", "nothing left") is not
/// read; `remarks` says what seems to be meant so all the same.
public struct SpokenImage: Equatable, Sendable {
  /// −1 (left) … 1 (right), and in words.
  public private(set) var pan: Double?
  public private(set) var panWords: String?
  /// 0 … 2, where 1 is as it comes, and in words.
  public private(set) var width: Double?
  public private(set) var widthWords: String?
  /// Whether one channel is asked for.
  public private(set) var isMono = false
  /// The prompt without the words that say so; all of it where they are all there is.
  public private(set) var text: String
  /// What seems to say something and is not heard, or is said twice, and differently.
  public private(set) var remarks: [String] = []

  /// "Left" and "right": 15 dB between the channels, from which on a sound seems to come from one loudspeaker alone.
  package static let usual = 0.7
  /// What stands before them.
  package static let degrees: [String: Double] = [
    "slightly": 0.35, "slight": 0.35, "half": 0.5, "mid": 0.5, "far": 1, "hard": 1, "full": 1, "fully": 1,
    "completely": 1, "extreme": 1,
  ]
  package static let (narrow, wide) = (0.5, 1.5)

  public var isEmpty: Bool { pan == nil && width == nil && !isMono }

  public init(_ prompt: String) {
    text = prompt
    let words = PromptWords(prompt)
    guard words.words.contains(where: { Self.hints.contains($0.lowercased) }) else { return }
    let found = words.readings { words.image(at: $0) }
    let (pans, widths) = (found.compactMap(\.value.pan), found.compactMap(\.value.width))
    let isTwoSided = Set(pans.map { $0 == 0 ? 0 : $0 < 0 ? -1 : 1 }).count > 1
    let heard = found.filter { !(isTwoSided && $0.value.pan != nil) }
    if isTwoSided {
      remarks.append("the prompt names more than one place: none is taken, as a clip has one")
    } else if let pan = pans.first {
      (self.pan, panWords) = (pan, Self.words(ofPan: pan))
    }
    let saysMono = found.contains { $0.value.isMono }
    if saysMono, pan != nil {
      (width, widthWords) = (0, "mono")
    } else if saysMono {
      isMono = true
    } else if let width = widths.first {
      (self.width, widthWords) = (width, width > 1 ? "wide" : "narrow")
    }
    if saysMono || widths.contains(where: { ($0 > 1) != (widths[0] > 1) }), let first = widths.first {
      let said = first > 1 ? "wide" : "narrow"
      let other = saysMono ? "mono" : first > 1 ? "narrow" : "wide"
      remarks.append("the prompt says \(said) and \(other): \(saysMono ? "mono" : said) is taken")
    }
    text = words.without(heard.map { ($0.words, $0.value.leading) }) ?? prompt
    remarks += words.unheardPans(found.map(\.words))
  }

  /// What has to stand in a prompt of which anything is to be read.
  private static let hints: Set<String> = [
    "left", "right", "centre", "center", "centred", "centered", "wide", "narrow", "mono", "pan", "panned", "panning",
  ]

  /// "panned left", "panned hard right", "in the centre".
  package static func words(ofPan pan: Double) -> String {
    guard pan != 0 else { return "in the centre" }
    let degree = abs(pan) == 1 ? "hard " : abs(pan) < usual ? "slightly " : ""
    return "panned \(degree)\(pan < 0 ? "left" : "right")"
  }
}
