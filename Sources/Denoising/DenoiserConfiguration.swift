/// The sizes of the network, as `config.json` holds them.
public struct DenoiserConfiguration: Codable, Sendable, Equatable {
  /// Values in a frame: the mel's bands.
  public var frameWidth = 192
  /// Frames in a patch, each of which is a token.
  public var patchLength = 6
  /// Frames by which a token also sees, and adds to, its neighbours: without it, clips flutter at the seams of patches.
  public var patchOverlap = 2
  /// The width that a patch is squeezed through on its way in.
  public var bottleneckWidth = 128
  /// The width of the residual stream.
  public var width = 256
  /// Transformer blocks.
  public var depth = 10
  /// Attention heads.
  public var headCount = 4
  /// The feed-forward layers' width, as a multiple of `width`.
  public var expansion = 4
  /// Values of a control track in a frame; 0 for a network that takes none.
  public var controlCount = 32
  /// The width of the refinement of each frame; 0 for a network without one.
  public var refinementWidth = 192
  /// Whether the refinement is told each frame's control values, too.
  public var refinementControls = true
  /// The width of the text encoder's states.
  public var textWidth = 384
  /// The width of what captions are aligned with sounds in; 0 for a network without it.
  public var alignmentWidth = 128
  /// The places over time of which the network is told what captions like one sound like on average (`ExpectedSound`); 0 for
  /// a network that is not told, as those without an alignment.
  public var expectationKnots = 6
  /// The rank of what each block makes of time and caption by itself; 0 for a network whose blocks all hear the same.
  public var modulationRank = 32
  /// Values that say how a clip was varied in training; 0 for a network that is not told.
  public var variationCount = 0
  /// Values that say how much a clip is liked; 0 for a network that is not told.
  public var likingCount = 0
  /// Values that say how far a step goes; 0 for a network that is not told.
  public var leapCount = 0

  public init() {}

  /// What sentence embeddings are multiplied by. Of length 1 as the encoder gives them, they would be small beside the
  /// other inputs, whose variance is 1, and be learned that much later.
  public var sentenceFactor: Float { Float(textWidth).squareRoot() }

  /// Values in a patch.
  public var patchWidth: Int { patchLength * frameWidth }

  /// Control values in a patch.
  public var controlWidth: Int { patchLength * controlCount }

  /// Control values that the refinement is told beside a frame: its own and its neighbours'.
  public var refinementControlWidth: Int { refinementControls ? 3 * controlCount : 0 }

  /// Values that a token reaches into either neighbour, and that it sees and makes in all.
  public var reach: Int { patchOverlap * frameWidth }
  public var tokenWidth: Int { patchWidth + 2 * reach }

  /// What keeps the sizes from making a network, nil if nothing does.
  public var problem: String? {
    for (key, path, range) in Self.sizes where !range.contains(self[keyPath: path]) {
      return "\(key.rawValue) is \(self[keyPath: path]), not within \(range.lowerBound) … \(range.upperBound)"
    }
    if patchOverlap > patchLength {
      return "patchOverlap is \(patchOverlap), not within 0 … \(patchLength), the length of a patch"
    }
    if width % headCount != 0 || (width / headCount) % 32 != 0 {
      return "width \(width) does not divide into \(headCount) heads of a multiple of 32"
    }
    if expectationKnots > 0, alignmentWidth == 0 {
      return "expectationKnots is \(expectationKnots), without an alignment"
    }
    return nil
  }
}

extension DenoiserConfiguration {
  /// As `config.json` names them; the network knows nothing of bands.
  private enum CodingKeys: String, CodingKey {
    case frameWidth = "bandCount"
    case patchLength, patchOverlap, bottleneckWidth, width, depth, headCount, expansion, controlCount, refinementWidth
    case refinementControls, textWidth, alignmentWidth, expectationKnots, modulationRank, variationCount
    case likingCount, leapCount
  }

  /// Every size, by its key in `config.json`, and within what it makes a network.
  private static var sizes: [(key: CodingKeys, path: WritableKeyPath<Self, Int>, range: ClosedRange<Int>)] {
    [
      (.frameWidth, \.frameWidth, 1...4096), (.patchLength, \.patchLength, 1...64),
      (.patchOverlap, \.patchOverlap, 0...64), (.bottleneckWidth, \.bottleneckWidth, 1...8192),
      (.width, \.width, 1...8192), (.depth, \.depth, 1...256), (.headCount, \.headCount, 1...256),
      (.expansion, \.expansion, 1...16), (.controlCount, \.controlCount, 0...1024),
      (.refinementWidth, \.refinementWidth, 0...8192), (.textWidth, \.textWidth, 1...8192),
      (.alignmentWidth, \.alignmentWidth, 0...8192), (.expectationKnots, \.expectationKnots, 0...12),
      (.modulationRank, \.modulationRank, 0...8192),
      (.variationCount, \.variationCount, 0...1024), (.likingCount, \.likingCount, 0...1024),
      (.leapCount, \.leapCount, 0...1024),
    ]
  }

  /// Reads the sizes of a network; older ones lack an `alignmentWidth`, `expectationKnots`, a `modulationRank`, a
  /// `variationCount`, a `likingCount`, a `leapCount` or `refinementControls`.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    for (key, path, _) in Self.sizes {
      let isNewer = [.alignmentWidth, .expectationKnots, .modulationRank, .variationCount, .likingCount, .leapCount]
        .contains(key)
      self[keyPath: path] =
        isNewer ? try values.decodeIfPresent(Int.self, forKey: key) ?? 0 : try values.decode(Int.self, forKey: key)
    }
    refinementControls = try values.decodeIfPresent(Bool.self, forKey: .refinementControls) ?? false
  }
}
